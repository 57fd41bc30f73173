import { limits } from "@strudel-agent/contract/limits"
import type { MessageList } from "@strudel-agent/contract/message"
import type { Db } from "@strudel-agent/database/client"
import { hasCodeChange } from "@strudel-agent/database/queries/message"
import { type WrittenMessages, writeMessagePage } from "@strudel-agent/database/queries/message/page"
import type { Form } from "@strudel-agent/database/queries/sql/written-rows"
import { noSession } from "@strudel-agent/library/session"
import { shareReads } from "./shared-reads.ts"

/** The ends of a range of messages, and from which it is read. */
function rangeOf({ cursor, direction, ...input }: MessageList) {
  const before = input.before ?? (direction === "backward" ? undefined : (cursor ?? undefined))
  const after = input.after ?? (direction === "backward" ? (cursor ?? undefined) : undefined)
  return { before, after, from: after === undefined ? "end" : "start" } as const
}

/** Whether there are more messages that changed code in the direction of reading. */
async function hasMoreCode(db: Db, input: MessageList, { first, last }: WrittenMessages): Promise<boolean> {
  if (first === null || last === null) return false
  const { before, from } = rangeOf(input)
  const rest = from === "end" ? { before: first } : { after: last, before }
  return hasCodeChange(db, { sessionId: input.sessionId, ...rest })
}

function hasMoreMessages(input: MessageList, { messageCount, first, last }: WrittenMessages): boolean {
  const { before, from } = rangeOf(input)
  if (from === "end") return first !== null && first > 0
  return last !== null && last < Math.min(messageCount, before ?? messageCount) - 1
}

/** A page of messages as a JSON list, whether all say their moments in UTC, and whether there are more in the direction of reading. */
export interface MessageRows {
  list: string
  isInUtc: boolean
  hasMore: boolean
}

/** Reads a page of a session's messages. */
export const readMessages = shareReads(async (db: Db, input: MessageList, form: Form): Promise<MessageRows> => {
  const { sessionId, limit, changedCode } = input
  const range = { sessionId, limit, ...rangeOf(input), maxBytes: limits.pageBytes, changedCode }
  const page = await writeMessagePage(db, range, form)
  if (!page) throw noSession()
  const hasMore = changedCode ? await hasMoreCode(db, input, page) : hasMoreMessages(input, page)
  return { list: `[${page.text}]`, isInUtc: page.isInUtc, hasMore }
})
