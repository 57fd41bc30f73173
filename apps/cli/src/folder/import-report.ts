import type { Outputs } from "@strudel-agent/client/client"
import { printableLine } from "../terminal/printable.ts"
import { count } from "../terminal/words.ts"
import type { Ignored } from "./entry.ts"

type Answered = Outputs["project"]["importFiles"]["files"][number]
export type FileReport = Omit<Answered, "outcome"> & { outcome: Answered["outcome"] | "failed" }

export const outcomes = ["created", "updated", "unchanged", "kept", "skipped", "failed"] as const
export type Counts = Record<(typeof outcomes)[number], number>

export interface ProjectReport {
  id: string
  folder: string
  renamedFrom?: string
  files: FileReport[]
  ignored: Ignored[]
}

export interface ImportReport {
  dryRun: boolean
  /** Whether the user ended the import before it was through. */
  interrupted: boolean
  projects: ProjectReport[]
  /** What lies beside the projects, and which of that could not be read. */
  ignored: Ignored[]
  failed: Ignored[]
  /** Clips and versions that the server has yet to listen to, at most 10,000; null where that is not known. */
  pending: number | null
}

export const emptyReport = (dryRun: boolean): ImportReport => ({
  dryRun,
  interrupted: false,
  projects: [],
  ignored: [],
  failed: [],
  pending: null,
})

/** Everything that was to be taken, of all projects. */
const allFiles = ({ projects, failed }: ImportReport): FileReport[] => [
  ...failed.map(failedFile),
  ...projects.flatMap(({ files }) => files),
]

/** Whether everything was taken that was to be taken. */
export function isComplete(report: ImportReport): boolean {
  const { skipped, failed } = countOutcomes(allFiles(report))
  return skipped + failed === 0 && !report.interrupted
}

export const failedFile = ({ path, why }: Ignored): FileReport => ({
  path,
  itemType: null,
  itemId: null,
  outcome: "failed",
  why,
  warnings: [],
})

export function countOutcomes(files: { outcome: keyof Counts }[]): Counts {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, kept: 0, skipped: 0, failed: 0 }
  for (const { outcome } of files) counts[outcome]++
  return counts
}

/** "3 created, 1 kept"; "nothing" where there is nothing. */
export const countsInWords = (counts: Counts): string =>
  outcomes.flatMap((outcome) => (counts[outcome] > 0 ? [`${counts[outcome]} ${outcome}`] : [])).join(", ") || "nothing"

/** The report for programs. */
export function importAsJson(report: ImportReport) {
  const projects = report.projects.map(({ files, ...rest }) => ({ ...rest, counts: countOutcomes(files), files }))
  const { dryRun, interrupted, ignored, failed, pending } = report
  return { dryRun, interrupted, counts: countOutcomes(allFiles(report)), projects, ignored, failed, pending }
}

/** The report for people: every file with `verbose`, else those of which there is something to say. */
export function importInLines(report: ImportReport, verbose: boolean): string[] {
  const lines = report.projects.flatMap((project) => projectLines(project, verbose))
  lines.push(...report.failed.map(({ path, why }) => `failed     ${printableLine(path)}: ${why}`))
  const files = allFiles(report)
  if (report.projects.length > 1)
    lines.push(`In all: ${count(files.length, "file")}, ${countsInWords(countOutcomes(files))}`)
  const ignored = [...report.ignored, ...report.projects.flatMap((project) => project.ignored)]
  if (verbose) lines.push(...report.ignored.map(({ path, why }) => `ignored    ${printableLine(path)}: ${why}`))
  else if (ignored.length > 0) lines.push(`${count(ignored.length, "thing")} ignored; --verbose says what and why.`)
  if (report.pending) lines.push(`The server listens to the code in the background: ${report.pending} left.`)
  if (report.dryRun) lines.push("This was a dry run: nothing was changed.")
  return lines
}

function projectLines({ id, renamedFrom, files, ignored }: ProjectReport, verbose: boolean): string[] {
  const from = renamedFrom === undefined ? "" : ` (from the folder "${printableLine(renamedFrom)}")`
  const lines = [`${id}${from}: ${count(files.length, "file")}, ${countsInWords(countOutcomes(files))}`]
  for (const { path, outcome, why, warnings } of files) {
    const isNotable = why !== undefined || outcome === "skipped" || outcome === "failed"
    const words = why === undefined ? "" : `: ${printableLine(why)}`
    if (verbose || isNotable) lines.push(`  ${outcome.padEnd(9)} ${printableLine(path)}${words}`)
    for (const { message } of warnings) {
      if (verbose || outcome !== "unchanged")
        lines.push(`  ${"warning".padEnd(9)} ${printableLine(path)}: ${printableLine(message)}`)
    }
  }
  if (verbose)
    for (const { path, why } of ignored) lines.push(`  ${"ignored".padEnd(9)} ${printableLine(path)}: ${why}`)
  return lines
}
