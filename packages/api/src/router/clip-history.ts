import { ClipHistoryPage, ClipVersionList, ClipVersionsOfMessage } from "@strudel-agent/contract/clip"
import { limits } from "@strudel-agent/contract/limits"
import { MessageHomes, MessageKey } from "@strudel-agent/contract/message/home"
import { listClipHistory, listVersionsOfMessage } from "@strudel-agent/database/queries/clip/version"
import { noClip } from "@strudel-agent/library/clip"
import { soundChange } from "@strudel-agent/library/clip-audio"
import { historyOf } from "@strudel-agent/library/history"
import { findMessageHomes } from "@strudel-agent/library/message-homes"
import { changeBetween } from "@strudel-agent/library/version-change"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { reader } from "../trpc.ts"

/** How clips came to be: from which messages, and what each version changed. */
export const clipHistoryRouter = {
  /** A clip's versions without their code, the newest first: what each changed and where it came from. */
  history: reader
    .input(ClipVersionList)
    .output(ClipHistoryPage)
    .query(async ({ ctx, input }) => {
      const { cursor, limit, ...key } = input
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.historyBytes }
      const list = await listClipHistory(ctx.database.db, page)
      if (list.found === 0 && before === undefined) throw noClip()
      const history = await historyOf(list, limit, (former, row, timeout) =>
        changeBetween({ ...former, text: former.code }, { ...row, text: row.code }, timeout),
      )
      // The rows of the page are the first of the list.
      const rows = history.rows.map((row, place) => ({
        ...row,
        sound: soundChange(list.rows[place + 1]?.audio, list.rows[place]?.audio),
      }))
      return toBoundedPage({ ...history, rows }, limit, ({ version }) => [version])
    }),

  /** The versions of clips that came from a message; none for a message that is not there. */
  versionsOfMessage: reader
    .input(MessageKey)
    .output(ClipVersionsOfMessage)
    .query(async ({ ctx, input }) => ({ items: await listVersionsOfMessage(ctx.database.db, input) })),

  /** Where the library has the codes of a message; nothing for a message that is not there. */
  homesOfMessage: reader
    .input(MessageKey)
    .output(MessageHomes)
    .query(({ ctx, input }) => findMessageHomes(ctx.database.db, input)),
} satisfies TRPCRouterRecord
