import { count } from "@strudel-agent/importer/count"
import { printableLine } from "@strudel-agent/importer/printable"
import type { Written } from "./folder-writer.ts"

export interface WrittenFile extends Written {
  path: string
}

export interface ExportedProject {
  id: string
  folder: string
  files: WrittenFile[]
  /** Why nothing of the project was written. */
  why?: string
}

export interface ExportReport {
  folder: string
  /** Whether the user ended the export before it was through. */
  interrupted: boolean
  projects: ExportedProject[]
}

const outcomes = ["created", "updated", "unchanged", "skipped", "failed"] as const
type Counts = Record<(typeof outcomes)[number], number>

function countOutcomes(files: WrittenFile[]): Counts {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 }
  for (const { outcome } of files) counts[outcome]++
  return counts
}

/** Whether every file of the projects is on the disk as the library has it. */
export function isComplete({ projects, interrupted }: ExportReport): boolean {
  const { skipped, failed } = countOutcomes(projects.flatMap(({ files }) => files))
  return skipped + failed === 0 && !interrupted && projects.every(({ why }) => why === undefined)
}

/** The report for programs. */
export function exportAsJson({ folder, interrupted, projects }: ExportReport) {
  return {
    folder,
    interrupted,
    counts: countOutcomes(projects.flatMap(({ files }) => files)),
    projects: projects.map(({ files, ...rest }) => ({ ...rest, counts: countOutcomes(files), files })),
  }
}

/** The report for people: every file with `verbose`, else those of which there is something to say. */
export function exportInLines({ projects }: ExportReport, verbose: boolean): string[] {
  if (projects.length === 0) return ["The library has no projects."]
  return projects.flatMap(({ id, folder, files, why }) => {
    if (why !== undefined) return [`${id}: nothing written: ${why}`]
    const counts = countOutcomes(files)
    const words = outcomes.flatMap((outcome) => (counts[outcome] > 0 ? [`${counts[outcome]} ${outcome}`] : []))
    const lines = [`${id}: ${count(files.length, "file")} in ${folder}, ${words.join(", ") || "nothing to write"}`]
    for (const file of files) {
      const reason = file.why === undefined ? "" : `: ${printableLine(file.why)}`
      if (verbose || file.why !== undefined)
        lines.push(`  ${file.outcome.padEnd(9)} ${printableLine(file.path)}${reason}`)
    }
    return lines
  })
}
