import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import {
  type BackupCounts,
  type BackupKind,
  BackupRestore,
  backupKinds,
  type Restored,
} from "@strudel-agent/contract/backup"
import { limits } from "@strudel-agent/contract/limits"
import { fieldsOf, inWords as problemsOf } from "@strudel-agent/contract/refused-fields"
import type { Run } from "../run.ts"
import { type FileRecord, type Held, noCounts, readBackup } from "./backup-file.ts"
import { inWords, totalOf } from "./backup-words.ts"
import { nameOfRecord, RestoreReport, restoredInLines } from "./restore-report.ts"

export interface RestoreOptions {
  dryRun?: boolean
  verbose?: boolean
}

/** Bytes of the records of a call, of which one may have more. */
const bytesPerCall = 2 * 1024 * 1024

interface Batch {
  kind: BackupKind
  records: FileRecord["record"][]
}

/** Records by the call: of one kind each, as many as a call takes. */
async function* inBatches(records: AsyncIterable<FileRecord>): AsyncGenerator<Batch> {
  let batch: Batch | undefined
  let bytes = 0
  for await (const { kind, record, bytes: size } of records) {
    const isFull = batch && (batch.records.length >= limits.backup || bytes + size > bytesPerCall)
    if (batch && (batch.kind !== kind || isFull)) {
      yield batch
      batch = undefined
    }
    if (!batch) {
      batch = { kind, records: [] }
      bytes = 0
    }
    batch.records.push(record)
    bytes += size
  }
  if (batch) yield batch
}

/** Sends a batch; where a record of it is refused, its halves, so that this one alone is left. */
async function send(client: Client, { kind, records }: Batch, dryRun: boolean): Promise<Restored[]> {
  if (records.length === 0) return []
  const input = BackupRestore.safeParse({ kind, records, dryRun })
  let why = input.success ? "" : problemsOf(fieldsOf(input.error))
  if (input.success) {
    try {
      return (await client.backup.restore.mutate(input.data)).records
    } catch (error) {
      const reason = reasonOf(error)
      if (!(error instanceof Error) || (reason !== "BAD_INPUT" && reason !== "BODY_TOO_LARGE")) throw error
      why = error.message
    }
  }
  if (records.length === 1) return [{ outcome: "left", why }]
  const half = Math.ceil(records.length / 2)
  const first = await send(client, { kind, records: records.slice(0, half) }, dryRun)
  return [...first, ...(await send(client, { kind, records: records.slice(half) }, dryRun))]
}

/** A session of which a record was not stored takes none of its later messages. */
class StoppedSession {
  #id: unknown
  #outcome: Restored | undefined

  /** The outcome of the messages at the beginning of a batch that need not be sent. */
  before({ kind, records }: Batch): Restored[] {
    const outcome = this.#outcome
    if (kind !== "message" || !outcome) return []
    const other = records.findIndex(({ sessionId }) => sessionId !== this.#id)
    return records.slice(0, other < 0 ? records.length : other).map(() => outcome)
  }

  note({ kind, records }: Batch, outcomes: Restored[]): void {
    const last = outcomes.at(-1)
    const isStopped = kind === "message" && (last?.outcome === "kept" || last?.outcome === "left")
    this.#id = isStopped ? records.at(-1)?.sessionId : undefined
    this.#outcome = isStopped ? last : undefined
  }
}

/** Reads a backup through, so that nothing of one that is damaged is stored. */
async function verify(path: string, signal: AbortSignal | undefined): Promise<Held> {
  const held: Held = { counts: noCounts(), sha256: "" }
  for await (const _ of readBackup(path, held)) if (signal?.aborted) break
  return held
}

const isEmpty = (counts: BackupCounts): boolean => totalOf(counts) === 0

/** Puts what a backup holds into the library, beside what is there, and reports what became of it. */
export async function restoreLibrary(run: Run, file: string, options: RestoreOptions): Promise<void> {
  const { dryRun = false, verbose = false } = options
  const path = run.path(file)
  const signal = run.interruptible()
  const held = await verify(path, signal)
  const client = await run.connect()
  const found = await client.backup.counts.query()
  const beside = isEmpty(found)
    ? "which is empty"
    : `which holds ${inWords(found)}: what is there stays as it is, and what is not is added`
  run.note(
    `${dryRun ? "This would restore" : "Restoring"} ${inWords(held.counts)} of ${path} into ${run.env.url}, ${beside}.`,
  )
  const report = new RestoreReport({ verbose })
  const progress = await run.progress()
  let error: unknown
  let interrupted = false
  try {
    const stopped = new StoppedSession()
    const total = totalOf(held.counts)
    for await (const batch of inBatches(readBackup(path, { counts: noCounts(), sha256: "" }))) {
      if (signal?.aborted) {
        interrupted = true
        break
      }
      const known = stopped.before(batch)
      const rest = { kind: batch.kind, records: batch.records.slice(known.length) }
      const outcomes = [...known, ...(await send(client, rest, dryRun))]
      stopped.note(batch, outcomes)
      outcomes.forEach((outcome, place) => {
        report.add(batch.kind, () => nameOfRecord(batch.kind, batch.records[place] ?? {}), outcome)
      })
      progress.show(report.total, total, batch.kind)
    }
  } catch (thrown) {
    error = thrown
  } finally {
    progress.clear()
  }
  run.report({
    json: () => ({ file: path, dryRun, interrupted, sha256: held.sha256, ...report.asJson() }),
    lines: () => restoredInLines(report, backupKinds, dryRun),
    complete: report.isComplete,
    interrupted,
    error,
  })
}
