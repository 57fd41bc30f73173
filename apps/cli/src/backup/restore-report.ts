import type { BackupKind, Restored, RestoreOutcome } from "@strudel-agent/contract/backup"
import { printableLine } from "@strudel-agent/importer/printable"
import { countOf } from "./backup-words.ts"

/** What became of single records that a report names, at most: a library is larger than memory. */
const mostNamed = 1000
/** Those that are printed unless all are asked for. */
const usuallyNamed = 20

type Outcomes = Record<RestoreOutcome, number>

interface Named extends Restored {
  kind: BackupKind
  name: string
}

const text = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "?")

/** What a record of a file is called. */
export function nameOfRecord(kind: BackupKind, record: Record<string, unknown>): string {
  const { projectId, id, version, path, sessionId, messageIndex, filePath, name, number, callId } = record
  if (kind === "view") return text(name)
  if (kind === "project" || kind === "session") return text(id)
  if (kind === "message") return `${text(sessionId)} ${text(messageIndex)}`
  if (kind === "run") return `${text(sessionId)} ${text(number)}`
  if (kind === "runChange") return `${text(sessionId)} ${text(number)} ${text(callId)}`
  if (kind === "memoryFile") return `${text(sessionId)} ${text(filePath)}`
  if (kind === "file") return `${text(projectId)}/${text(path)}`
  const item = `${text(projectId)}/${text(id)}`
  return version === undefined || kind === "clip" || kind === "song" || kind === "playlist"
    ? item
    : `${item} version ${text(version)}`
}

/** What became of the records of a backup. */
export class RestoreReport {
  readonly counts = new Map<BackupKind, Outcomes>()
  readonly named: Named[] = []
  readonly verbose: boolean
  total = 0
  unnamed = 0

  constructor({ verbose }: { verbose: boolean }) {
    this.verbose = verbose
  }

  add(kind: BackupKind, name: () => string, { outcome, why }: Restored): void {
    const counts = this.counts.get(kind) ?? { added: 0, same: 0, kept: 0, left: 0 }
    counts[outcome]++
    this.counts.set(kind, counts)
    this.total++
    if (why === undefined) return
    if (this.named.length < mostNamed) this.named.push({ kind, name: name(), outcome, why })
    else this.unnamed++
  }

  /** Whether the library has everything that the backup has, as the backup has it. */
  get isComplete(): boolean {
    return [...this.counts.values()].every(({ kept, left }) => kept + left === 0)
  }

  asJson() {
    return { counts: Object.fromEntries(this.counts), told: this.named, more: this.unnamed > 0 }
  }
}

const words: Record<RestoreOutcome, string> = {
  added: "added",
  same: "there already",
  kept: "kept as the library has them",
  left: "left out",
}

/** The report for people. */
export function restoredInLines(report: RestoreReport, kinds: readonly BackupKind[], dryRun: boolean): string[] {
  const lines = kinds.flatMap((kind) => {
    const counts = report.counts.get(kind)
    if (!counts) return []
    const outcomes = (["added", "same", "kept", "left"] as const).flatMap((outcome) =>
      counts[outcome] > 0 ? [`${counts[outcome].toLocaleString("en-US")} ${words[outcome]}`] : [],
    )
    const all = Object.values(counts).reduce((sum, number) => sum + number, 0)
    return [`${dryRun ? "Would restore " : ""}${countOf(kind, all)}: ${outcomes.join(", ")}`]
  })
  const shown = report.verbose ? report.named : report.named.slice(0, usuallyNamed)
  const names = shown.map(({ kind, name, why = "" }) => printableLine(`  ${kind} ${name}: ${why}`))
  const unshown = report.named.length - shown.length + report.unnamed
  const more = unshown > 0 ? [`  and ${unshown.toLocaleString("en-US")} more`] : []
  return lines.length > 0 ? [...lines, ...names, ...more] : ["The backup is empty."]
}
