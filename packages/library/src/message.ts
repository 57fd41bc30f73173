import {
  type MessageAppend,
  type MessageAppended,
  type MessageHistory,
  type MessageInput,
  toStoredMessage,
} from "@strudel-agent/contract/message"
import type { Database, Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  type Appending,
  findMessageAt,
  findMessageCount,
  insertMessages,
  listKnownMessages,
  type NewMessage,
} from "@strudel-agent/database/queries/message"
import { lockSession } from "@strudel-agent/database/queries/session"
import { inTransaction, isClient } from "@strudel-agent/database/transaction"
import { LibraryError } from "./failure.ts"
import { noSession } from "./session.ts"

/** A message as it is stored. */
interface Row extends NewMessage {
  /** Whether the sender said when; unless it did, a message sent again is compared without its timestamp. */
  timestamped: boolean
}

const toRow = (message: MessageInput, receivedAt: Date): Row => ({
  data: toStoredMessage(message, receivedAt),
  clientId: message.clientId,
  timestamped: message.timestamp !== undefined,
})

/** A moment that the database holds and that is not to come. */
const inPast = (moment: Date, receivedAt: Date): Date =>
  new Date(Math.min(Math.max(moment.getTime(), 0), receivedAt.getTime()))

/** Messages of a talk that was held before: one that says no time was said when the one before it was. */
function toHistory(messages: MessageInput[], history: MessageHistory, receivedAt: Date): Row[] {
  let moment = history.saidAt === undefined ? receivedAt : inPast(new Date(history.saidAt), receivedAt)
  return messages.map((message) => {
    if (message.timestamp !== undefined) moment = inPast(new Date(message.timestamp), receivedAt)
    return { ...toRow(message, moment), saidAt: moment }
  })
}

const terminated = () =>
  new LibraryError("SESSION_TERMINATED", "This session is terminated. Set its status to active to append to it.")

/**
 * Appends messages to a session exactly once and without gaps, all or none: those whose client id is stored with the same
 * content are answered with the stored index, the others are stored.
 */
export async function appendMessages(
  db: Db,
  { sessionId, messages, history }: MessageAppend,
): Promise<MessageAppended> {
  const receivedAt = new Date()
  const rows = history
    ? toHistory(messages, history, receivedAt)
    : messages.map((message) => toRow(message, receivedAt))
  const appending = { messages: rows, ...(history ? { history } : {}) }
  const first = isClient(db) ? await storeNew(db, sessionId, appending) : undefined
  if (first === undefined) return inTransaction(db, (tx) => appendUnknown(tx, sessionId, appending))
  return appended(
    rows.map((_, i) => first + i),
    first + rows.length,
  )
}

const appended = (indexes: number[], messageCount: number): MessageAppended => ({
  indexes,
  messageCount,
  firstIndex: Math.min(...indexes),
  lastIndex: Math.max(...indexes),
})

/** Stores messages that are all new, and answers the index of the first; undefined where it takes a closer look. */
async function storeNew(db: Database["db"], sessionId: string, appending: Appending<Row>): Promise<number | undefined> {
  try {
    return await insertMessages(db, sessionId, appending, (work) => db.$transaction(work))
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return undefined
  }
}

/** The way of an append that met a stored client id or a session that takes nothing: the session's row is locked. */
async function appendUnknown(
  tx: Db,
  sessionId: string,
  { messages, history }: Appending<Row>,
): Promise<MessageAppended> {
  if (!(await lockSession(tx, sessionId))) throw noSession()
  const identified = messages.flatMap(({ clientId, data, timestamped }) =>
    clientId === undefined ? [] : [{ clientId, data, timestamped }],
  )
  const known = new Map((await listKnownMessages(tx, sessionId, identified)).map((row) => [row.clientId, row]))
  refuseOther(
    [...known.values()].filter(({ same }) => !same).map(({ clientId }) => clientId),
    messages,
  )
  const unknown = messages.filter(({ clientId }) => clientId === undefined || !known.has(clientId))
  const { messageCount = 0 } = (await findMessageCount(tx, sessionId)) ?? {}
  let next = messageCount
  const indexes = messages.map(({ clientId }) => {
    const stored = clientId === undefined ? undefined : known.get(clientId)
    return stored ? stored.messageIndex : next++
  })
  const { firstIndex } = history ?? {}
  if (firstIndex !== undefined && indexes.some((index, place) => index !== firstIndex + place)) {
    throw new LibraryError("SESSION_CHANGED", "The session has other messages where these were to be.")
  }
  // The messages that are known stand before these: only the first of all has its index told.
  const rest = { messages: unknown, ...(history ? { history: {} } : {}) }
  if (unknown.length > 0 && (await insertMessages(tx, sessionId, rest)) === undefined) throw terminated()
  return appended(indexes, next)
}

/** Refuses client ids under which the session has other content. */
function refuseOther(clientIds: string[], messages: Row[]): void {
  if (clientIds.length === 0) return
  const placeOf = (id: string) => `messages.${messages.findIndex(({ clientId }) => clientId === id)}.clientId`
  const fields = Object.fromEntries(clientIds.map((id) => [placeOf(id), "is stored with other content"]))
  throw new LibraryError("MESSAGE_MISMATCH", "Other content is stored under this client id.", { fields })
}

/** How many messages a session has; fails where it is not there. */
export async function countMessages(db: Db, sessionId: string): Promise<number> {
  const session = await findMessageCount(db, sessionId)
  if (!session) throw noSession()
  return session.messageCount
}

/** The first message of a moment or later in a session whose messages are in the order of their times; null for none. */
export async function findMessageOfMoment(db: Db, sessionId: string, at: Date): Promise<number | null> {
  const messageCount = await countMessages(db, sessionId)
  return (await findMessageAt(db, { sessionId, messageCount, at })) ?? null
}
