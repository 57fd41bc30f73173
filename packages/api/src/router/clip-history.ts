import { listClipHistory, listVersionsOfMessage } from "@strudel-agent/database/queries/clip-version"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { ClipHistoryPage, ClipVersionList, ClipVersionsOfMessage, MessageKey } from "../schema/clip.ts"
import { namesOfSession } from "../session-name.ts"
import { reader } from "../trpc.ts"
import { changeBetween } from "../version-change.ts"

/** How clips came to be: from which messages, and what each version changed. */
export const clipHistoryRouter = {
  /** A clip's versions without their code, the newest first: what each changed and where it came from. */
  history: reader
    .input(ClipVersionList)
    .output(ClipHistoryPage)
    .query(async ({ ctx, input }) => {
      const { cursor, limit, ...key } = input
      const [before] = decodeCursor(places.version, cursor) ?? []
      const rows = await listClipHistory(ctx.database.db, key, { before, limit: limit + 1 })
      if (rows.length === 0 && before === undefined) throw new ApiError("CLIP_NOT_FOUND", "There is no such clip.")
      // The row beyond the page is what its last version changed.
      const entries = rows.map((row, place) => {
        const { code, metadata, session, ...entry } = row
        const former = rows[place + 1]
        return {
          ...entry,
          change: former && place < limit ? changeBetween(former, row) : null,
          sessionName: session ? namesOfSession(session).displayName : null,
        }
      })
      return toPage(entries, limit, ({ version }) => [version])
    }),

  /** The versions of clips that came from a message; none for a message that is not there. */
  versionsOfMessage: reader
    .input(MessageKey)
    .output(ClipVersionsOfMessage)
    .query(async ({ ctx, input }) => ({ items: await listVersionsOfMessage(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
