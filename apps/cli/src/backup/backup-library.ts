import { stat } from "node:fs/promises"
import type { Client } from "@strudel-agent/client/client"
import { type BackupKind, backupKinds } from "@strudel-agent/contract/backup"
import { exitCodes } from "../exit-code.ts"
import { Failure, fileProblem } from "../failure.ts"
import { writeWholeFile } from "../folder/whole-file.ts"
import type { Run } from "../run.ts"
import { type Held, noCounts, writeBackup } from "./backup-file.ts"
import { inWords, sizeInWords, totalOf } from "./backup-words.ts"

export interface BackupOptions {
  dryRun?: boolean
  overwrite?: boolean
}

class Interrupted extends Error {}

/** Every record of the library, kind by kind and page by page. */
async function* readLibrary(client: Client, options: { signal: AbortSignal | undefined; onRecord: () => void }) {
  for (const kind of backupKinds) yield* readKind(client, kind, options)
}

async function* readKind(
  client: Client,
  kind: BackupKind,
  { signal, onRecord }: { signal: AbortSignal | undefined; onRecord: () => void },
) {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    if (signal?.aborted) throw new Interrupted()
    const page = await client.backup.read.query({ kind, cursor })
    for (const record of page.records) {
      yield { kind, record }
      onRecord()
    }
    cursor = page.nextCursor
  }
}

/** Writes everything that the library holds into one file, as a whole or not at all. */
export async function backupLibrary(run: Run, file: string, options: BackupOptions): Promise<void> {
  const { dryRun = false, overwrite = false } = options
  const path = run.path(file)
  const client = await run.connect()
  const found = await client.backup.counts.query()
  run.note(`${dryRun ? "This would write" : "Writing"} ${inWords(found)} of ${run.env.url} into ${path}.`)
  const there = await stat(path).catch(() => undefined)
  if (there && !overwrite) throw new Failure(`${path} is there already: --overwrite writes over it.`)
  if (dryRun) return run.print({ json: () => ({ file: path, dryRun, records: found }), text: () => "" })
  const progress = await run.progress()
  const signal = run.interruptible({ quietly: true })
  const held: Held = { counts: noCounts(), sha256: "" }
  const total = totalOf(found)
  let done = 0
  const onRecord = () => {
    if (++done % 100 === 0) progress.show(done, Math.max(done, total), "records")
  }
  try {
    await writeWholeFile(path, writeBackup(readLibrary(client, { signal, onRecord }), held), { overwrite })
  } catch (error) {
    progress.clear()
    if (error instanceof Interrupted) {
      run.exitCode = exitCodes.interrupted
      return run.note(`Interrupted: nothing is written to ${path}.`)
    }
    // What fails on an open file names no path; what fails of a call to the server names no step of the system.
    const isOfFile = error instanceof Error && "syscall" in error
    throw isOfFile ? new Failure(`${path}: ${fileProblem(error)}`) : error
  }
  progress.clear()
  const { size } = await stat(path)
  run.print({
    json: () => ({ file: path, dryRun, bytes: size, sha256: held.sha256, records: held.counts }),
    text: () => `${path}: ${inWords(held.counts)}, ${sizeInWords(size)}\n`,
  })
}
