import type { BackupRecord, Restored } from "@strudel-agent/contract/backup"
import { isJsonObject, type JsonObject } from "@strudel-agent/contract/json"
import { hasEnded, RunFailure } from "@strudel-agent/contract/run"
import { RunOperationPath } from "@strudel-agent/contract/run/operation"
import type { Db } from "@strudel-agent/database/client"
import {
  insertRunChanges,
  insertRuns,
  listSessionsAtWork,
  listStoredRunChanges,
  listStoredRuns,
  raiseRunCounts,
  readRunChanges,
  readRuns,
} from "@strudel-agent/database/queries/backup/runs"
import { listStoredMessages, lockSessionCounts } from "@strudel-agent/database/queries/backup/sessions"
import { z } from "zod"
import { answerId } from "../run/answer.ts"
import { iso, keyText, left, type Part, pagesOf, storing } from "./part.ts"

type Row<Read extends (...args: never[]) => Promise<{ rows: unknown[] }>> = Awaited<ReturnType<Read>>["rows"][number]
type Run = BackupRecord<"run">
type RunChange = BackupRecord<"runChange">

const isoOrNull = (moment: Date | null): string | null => moment && iso(moment)

const run = ({ steps, failure, createdAt, begunAt, endedAt, ...row }: Row<typeof readRuns>): Run => ({
  ...row,
  steps: Array.isArray(steps) ? steps.filter(isJsonObject) : [],
  failure: RunFailure.nullable().catch(null).parse(failure),
  createdAt: iso(createdAt),
  begunAt: isoOrNull(begunAt),
  endedAt: isoOrNull(endedAt),
})

const runKey = ({ sessionId, number }: { sessionId: string; number: number }): string => keyText(sessionId, number)

const sessionIdsOf = (records: { sessionId: string }[]): string[] => [
  ...new Set(records.map(({ sessionId }) => sessionId)),
]

/** The messages that runs answer, and their answers, by their places. */
async function messagesOf(tx: Db, records: Run[]) {
  const places = records.flatMap(({ sessionId, askedIndex, messageIndex }) =>
    [askedIndex, messageIndex ?? askedIndex].map((index) => ({ sessionId, messageIndex: index })),
  )
  const rows = await listStoredMessages(tx, places)
  return new Map(rows.map((row) => [keyText(row.sessionId, row.messageIndex), row]))
}

/**
 * Refuses runs that are open, and those whose session is not there, has a run that is open, or does not have what they
 * answer and their very answer: a session that went on otherwise has had other runs.
 */
async function refuseRuns(tx: Db, records: Run[], dryRun: boolean): Promise<Map<string, Restored>> {
  const ids = sessionIdsOf(records)
  const there = new Set(dryRun ? [] : (await lockSessionCounts(tx, ids)).map(({ id }) => id))
  const messages = dryRun ? new Map<string, never>() : await messagesOf(tx, records)
  const atWork = new Set(await listSessionsAtWork(tx, ids))
  const refusalOf = (record: Run): Restored | undefined => {
    const { sessionId, number, state, askedIndex, messageIndex } = record
    if (!hasEnded(state)) return left("it had not ended")
    if (dryRun) return undefined
    if (!there.has(sessionId)) return left("its session is not there")
    if (atWork.has(sessionId)) return left("an answer is being written in its session")
    const createdAt = new Date(record.createdAt)
    const asked = messages.get(keyText(sessionId, askedIndex))
    if (!asked || asked.createdAt > createdAt) return left("what it answers is not there")
    if (messageIndex === null) return undefined
    const answer = messages.get(keyText(sessionId, messageIndex))
    return answer?.clientId === answerId({ sessionId, number, createdAt }) ? undefined : left("its answer is not there")
  }
  return new Map(
    records.flatMap((record): [string, Restored][] => {
      const refusal = refusalOf(record)
      return refusal ? [[runKey(record), refusal]] : []
    }),
  )
}

export const runs: Part<Run> = {
  read: pagesOf({ place: z.object({ sessionId: z.guid(), number: z.number().int() }), read: readRuns, toRecord: run }),
  restore: storing<Run>({
    keyOf: runKey,
    listStored: async (tx, records) => (await listStoredRuns(tx, records)).map(run),
    refuse: refuseRuns,
    async insert(tx, records) {
      await insertRuns(tx, records)
      const last = new Map<string, number>()
      for (const { sessionId, number } of records) last.set(sessionId, Math.max(number, last.get(sessionId) ?? 0))
      await raiseRunCounts(
        tx,
        [...last].map(([id, count]) => ({ id, count })),
      )
    },
  }),
}

const storedOperation = z.object({ path: RunOperationPath, input: z.custom<JsonObject>(isJsonObject) })

const change = ({ operation, createdAt, decidedAt, ...row }: Row<typeof readRunChanges>): RunChange => ({
  ...row,
  operation: storedOperation.parse(operation),
  createdAt: iso(createdAt),
  decidedAt: isoOrNull(decidedAt),
})

const changeKey = (key: { sessionId: string; number: number; callId: string }): string =>
  keyText(key.sessionId, key.number, key.callId)

export const runChanges: Part<RunChange> = {
  read: pagesOf({
    place: z.object({ sessionId: z.guid(), number: z.number().int(), callId: z.string() }),
    read: readRunChanges,
    toRecord: change,
  }),
  restore: storing<RunChange>({
    keyOf: changeKey,
    listStored: async (tx, records) => (await listStoredRunChanges(tx, records)).map(change),
    async refuse(tx, records, dryRun) {
      if (dryRun) return new Map()
      const stored = new Map((await listStoredRuns(tx, records)).map((row) => [runKey(row), row]))
      const homeless = records.filter((record) => {
        const { createdAt, endedAt } = stored.get(runKey(record)) ?? {}
        const moment = new Date(record.createdAt)
        return !createdAt || !endedAt || moment < createdAt || moment > endedAt
      })
      return new Map(homeless.map((record) => [changeKey(record), left("the run that made it is not there")]))
    },
    insert: insertRunChanges,
  }),
}
