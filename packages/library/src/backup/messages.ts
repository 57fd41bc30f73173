import { isDeepStrictEqual } from "node:util"
import type { BackupRecord, Restored } from "@strudel-agent/contract/backup"
import {
  insertMessageRows,
  listSessionCounts,
  listStoredMessages,
  lockSessionCounts,
  readMessageRows,
  setMessageCounts,
} from "@strudel-agent/database/queries/backup/sessions"
import { z } from "zod"
import { asObject } from "./metadata.ts"
import { iso, judging, keyText, left, type Part, pagesOf } from "./part.ts"

type Row = Awaited<ReturnType<typeof readMessageRows>>["rows"][number]
type Message = BackupRecord<"message">

const message = ({ data, createdAt, ...row }: Row): Message => ({
  ...row,
  data: asObject(data),
  createdAt: iso(createdAt),
})

const keyOf = ({ sessionId, messageIndex }: Message): string => keyText(sessionId, messageIndex)

/** A session's messages, as far as a call has come with them. */
interface Talk {
  /** The index of the next message. */
  next: number
  /** Why no further message of the backup has its place. */
  stop?: Restored
}

/**
 * Says what becomes of messages, which come in the order of their indexes. They are stored behind those that are there
 * while these are the same; from the first other one on, the session that is there stays as it is.
 */
function judge(records: Message[], talks: Map<string, Talk>, stored: Map<string, Message>): Restored[] {
  return records.map((record): Restored => {
    const talk = talks.get(record.sessionId)
    if (!talk) return left("its session is not there")
    if (talk.stop) return talk.stop
    const there = stored.get(keyOf(record))
    if (there) {
      if (isDeepStrictEqual(there, record)) return { outcome: "same" }
      const why = `the session goes on otherwise from message ${record.messageIndex} on, and stays as it is`
      talk.stop = { outcome: "kept", why }
    } else if (record.messageIndex === talk.next) {
      talk.next++
      return { outcome: "added" }
    } else {
      talk.stop = left(`message ${talk.next}, which comes before it, is not there`)
    }
    return talk.stop
  })
}

/** In a dry run the messages of former calls are not there: a session takes them from where this call begins. */
function expectFormer(records: Message[], talks: Map<string, Talk>): void {
  const begun = new Set<string>()
  for (const { sessionId, messageIndex } of records) {
    if (begun.has(sessionId)) continue
    begun.add(sessionId)
    talks.set(sessionId, { next: Math.max(messageIndex, talks.get(sessionId)?.next ?? 0) })
  }
}

export const messages: Part<Message> = {
  read: pagesOf({
    place: z.object({ sessionId: z.guid(), messageIndex: z.number().int() }),
    read: readMessageRows,
    toRecord: message,
  }),
  restore: (db, records, dryRun) =>
    judging(db, async (tx) => {
      const ids = [...new Set(records.map(({ sessionId }) => sessionId))]
      const counts = await (dryRun ? listSessionCounts(tx, ids) : lockSessionCounts(tx, ids))
      const talks = new Map(counts.map(({ id, messageCount }): [string, Talk] => [id, { next: messageCount }]))
      const stored = new Map((await listStoredMessages(tx, records)).map((row) => [keyOf(message(row)), message(row)]))
      if (dryRun) expectFormer(records, talks)
      const outcomes = judge(records, talks, stored)
      const added = records.filter((_, place) => outcomes[place]?.outcome === "added")
      if (dryRun || added.length === 0) return outcomes
      await insertMessageRows(tx, added)
      const grown = counts.flatMap(({ id, messageCount }) => {
        const next = talks.get(id)?.next ?? messageCount
        return next > messageCount ? [{ id, count: next }] : []
      })
      await setMessageCounts(tx, grown)
      return outcomes
    }),
}
