import type { Outputs } from "@strudel-agent/client/client"
import { itemKinds } from "@strudel-agent/contract/item"
import { count } from "./count.ts"
import type { Ignored } from "./entry.ts"
import { printableLine } from "./printable.ts"
import type { ReportHints, ReportLine } from "./report-line.ts"

type Answered = Outputs["project"]["importFiles"]["files"][number]
export type FileReport = Omit<Answered, "outcome"> & { outcome: Answered["outcome"] | "failed" }

export const outcomes = ["created", "updated", "unchanged", "kept", "skipped", "failed"] as const
const itemTypes = ["project", ...itemKinds] as const satisfies FileReport["itemType"][]
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

/** Things that were ignored, and files of a project that were only kept, which are named without `verbose`. */
const mostIgnored = 20
const mostKept = 50

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

/** "3 created (2 clips, 1 song), 1 kept": the counts of files, and what those that were created are in the library. */
function filesInWords(files: FileReport[]): string {
  const created = files.filter(({ outcome }) => outcome === "created")
  const words = itemTypes.flatMap((type) => {
    const number = created.filter(({ itemType }) => itemType === type).length
    return number === 0 ? [] : [count(number, type)]
  })
  return countsInWords(countOutcomes(files)).replace("created", `created (${words.join(", ")})`)
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

export interface ReportLook {
  /** Whether every file is told of, also those that nothing happened to. */
  verbose: boolean
  hints?: ReportHints | undefined
}

/** The report for people: every file with `verbose`, else those of which there is something to say. */
export function importInLines(report: ImportReport, look: ReportLook): ReportLine[] {
  const { verbose, hints } = look
  const lines = report.projects.flatMap((project) => projectLines(project, look))
  const own = (words: string): ReportLine => ({ level: 0, words })
  lines.push(...report.failed.map(({ path, why }) => ({ ...own(`${printableLine(path)}: ${why}`), outcome: "failed" })))
  const files = allFiles(report)
  if (report.projects.length > 1)
    lines.push(own(`In all: ${count(files.length, "file")}, ${countsInWords(countOutcomes(files))}`))
  const isOne = report.projects.length === 1
  const within = report.projects.flatMap(({ id, ignored: those }) =>
    those.map(({ path, why }) => ({ path: isOne ? path : `${id}/${path}`, why })),
  )
  const ignored = [...report.ignored, ...within]
  const shown = verbose ? report.ignored : ignored.slice(0, mostIgnored)
  lines.push(
    ...shown.map(({ path, why }) => ({ ...own(`${printableLine(path)}: ${printableLine(why)}`), outcome: "ignored" })),
  )
  if (!verbose && ignored.length > mostIgnored)
    lines.push(own(`${count(ignored.length - mostIgnored, "more thing")} ignored${ending(hints?.ignored)}`))
  if (report.pending) lines.push(own(`The server listens to the code in the background: ${report.pending} left.`))
  if (report.dryRun) lines.push(own("This was a dry run: nothing was changed."))
  return lines
}

const ending = (hint: string | undefined): string => (hint === undefined ? "." : `; ${hint}`)

function projectLines(
  { id, renamedFrom, files, ignored }: ProjectReport,
  { verbose, hints }: ReportLook,
): ReportLine[] {
  const from = renamedFrom === undefined ? "" : ` (from the folder "${printableLine(renamedFrom)}")`
  const lines: ReportLine[] = [
    { level: 0, words: `${id}${from}: ${count(files.length, "file")}, ${filesInWords(files)}` },
  ]
  const tell = (outcome: string, words: string) => lines.push({ level: 1, outcome, words })
  let kept = 0
  for (const { path, itemType, itemId, outcome, why, warnings } of files) {
    if (outcome === "kept" && ++kept > mostKept && !verbose) continue
    const isNotable = why !== undefined || outcome === "skipped" || outcome === "failed"
    const isNews = itemType !== null && (outcome === "created" || outcome === "updated")
    const item = isNews ? ` (${itemType} ${itemId})` : ""
    const words = why === undefined ? item : `${item}: ${printableLine(why)}`
    if (verbose || isNotable) tell(outcome, printableLine(path) + words)
    for (const { message } of warnings) {
      if (verbose || outcome !== "unchanged") tell("warning", `${printableLine(path)}: ${printableLine(message)}`)
    }
  }
  if (!verbose && kept > mostKept)
    lines.push({ level: 1, words: `${count(kept - mostKept, "more file")} kept${ending(hints?.kept)}` })
  if (verbose) for (const { path, why } of ignored) tell("ignored", `${printableLine(path)}: ${why}`)
  return lines
}
