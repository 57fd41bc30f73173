import { listClipHistory, listVersionsOfMessage } from "@strudel-agent/database/queries/clip-version"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { ClipHistoryPage, ClipVersionList, ClipVersionsOfMessage, MessageKey } from "../schema/clip.ts"
import { limits } from "../schema/limits.ts"
import { namesOfSession } from "../session-name.ts"
import { reader } from "../trpc.ts"
import { createComparison } from "../version-change.ts"

/** Milliseconds that the versions of one page are compared for. */
const compareTime = 150

/** How clips came to be: from which messages, and what each version changed. */
export const clipHistoryRouter = {
  /** A clip's versions without their code, the newest first: what each changed and where it came from. */
  history: reader
    .input(ClipVersionList)
    .output(ClipHistoryPage)
    .query(async ({ ctx, input }) => {
      const { cursor, limit, ...key } = input
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { before, limit: limit + 1, maxBytes: limits.historyBytes }
      const { rows, found } = await listClipHistory(ctx.database.db, key, page)
      if (found === 0 && before === undefined) throw new ApiError("CLIP_NOT_FOUND", "There is no such clip.")
      // The row beyond the page is what its last version changed; a page that was cut gives its last row for that.
      const isWhole = found === rows.length && rows.length <= limit
      const shown = isWhole ? rows : rows.slice(0, -1)
      const compare = createComparison(compareTime)
      const entries = []
      for (const [place, row] of shown.entries()) {
        const { code, metadata, session, ...entry } = row
        const former = rows[place + 1]
        const change = former ? await compare(former, row) : null
        entries.push({ ...entry, change, sessionName: session ? namesOfSession(session).displayName : null })
      }
      return toBoundedPage({ rows: entries, found }, limit, ({ version }) => [version])
    }),

  /** The versions of clips that came from a message; none for a message that is not there. */
  versionsOfMessage: reader
    .input(MessageKey)
    .output(ClipVersionsOfMessage)
    .query(async ({ ctx, input }) => ({ items: await listVersionsOfMessage(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
