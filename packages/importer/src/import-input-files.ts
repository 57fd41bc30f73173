import type { Client } from "@strudel-agent/client/client"
import { codeProject, type FoundInput } from "./find-input-files.ts"
import { endsAll } from "./import-problem.ts"
import type { ImportProgress } from "./import-progress.ts"
import { importProjects } from "./import-projects.ts"
import { emptyReport, type ImportReport, importInLines, isComplete } from "./import-report.ts"
import { linesOf, type ReportLine } from "./report-line.ts"
import { type ConversationsReport, importFile } from "./transcript/import-file.ts"
import { conversationsInLines } from "./transcript/transcript-lines.ts"
import { isComplete as isTalkComplete } from "./transcript/transcript-report.ts"

export interface InputOptions {
  /** Where single files of code go, what conversations are about, and what a project that is given alone becomes. */
  projectId: string | undefined
  /** Whether a single project that was given goes into that project, and not into one of its own name. */
  intoProject: boolean
  /** Lets a file win over an item that was changed in the library. */
  overwrite: boolean
  signal: AbortSignal
  progress: ImportProgress
  /** What is told of a call that failed. */
  tell: (error: unknown) => string
}

/** What became of what a person gave. */
export interface InputReport {
  /** What there is to say, and the same with every file. */
  lines: ReportLine[]
  verbose: ReportLine[]
  complete: boolean
  interrupted: boolean
  /** Why nothing further was tried. */
  problem?: string
  projects: string[]
  sessions: { id: string; name: string }[]
}

/** Stores what was found, projects first; where it ends early, the report tells how far it came. Never rejects. */
export async function importInputFiles(client: Client, found: FoundInput, options: InputOptions): Promise<InputReport> {
  const report = emptyReport(false)
  const conversations: ConversationsReport[] = []
  let error: unknown
  try {
    await storeProjects(client, report, { found, options })
    for (const { fileName, conversations: transcripts } of found.transcripts) {
      if (options.signal.aborted) report.interrupted = true
      if (report.interrupted) break
      const session = { tags: [], ...(options.projectId === undefined ? {} : { projectId: options.projectId }) }
      const { signal, progress } = options
      const file = await importFile(client, transcripts, { session, dryRun: false, branches: false, signal, progress })
      report.interrupted ||= file.interrupted
      conversations.push(file)
      if (file.error === undefined) continue
      if (endsAll(file.error)) throw file.error
      report.failed.push({ path: fileName, why: options.tell(file.error) })
    }
    if (found.projects.length + found.code.length > 0 && !report.interrupted)
      report.pending = (await client.clip.analysisProgress.query()).pending
  } catch (thrown) {
    error = thrown
  }
  return inputReport(report, conversations, { error, options })
}

async function storeProjects(
  client: Client,
  report: ImportReport,
  { found, options }: { found: FoundInput; options: InputOptions },
): Promise<void> {
  const { projectId, intoProject } = options
  const projects = found.projects.map((project) => {
    if (!intoProject || projectId === undefined || found.projects.length > 1) return project
    const { renamedFrom: _, ...rest } = project
    return { ...rest, id: projectId }
  })
  if (found.code.length > 0 && projectId !== undefined) projects.unshift(codeProject(projectId, found.code))
  const { ignored, failed } = found
  await importProjects(client, report, { found: { projects, ignored, failed }, options: { ...options, dryRun: false } })
}

function inputReport(
  report: ImportReport,
  conversations: ConversationsReport[],
  { error, options }: { error: unknown; options: InputOptions },
): InputReport {
  const ofConversations = conversations.flatMap((file) =>
    linesOf(
      conversationsInLines(file, { several: file.conversations.length + file.failed.length > 1, tell: options.tell }),
    ),
  )
  const linesIn = (verbose: boolean) => [...importInLines(report, { verbose }), ...ofConversations]
  const stored = conversations.flatMap((file) => file.conversations)
  const allStored = conversations.every(({ failed }) => failed.length === 0) && stored.every(isTalkComplete)
  return {
    lines: linesIn(false),
    verbose: linesIn(true),
    complete: error === undefined && isComplete(report) && allStored,
    interrupted: report.interrupted,
    ...(error === undefined ? {} : { problem: options.tell(error) }),
    projects: [...new Set(report.projects.flatMap(({ id, files }) => (files.some(isStored) ? [id] : [])))],
    sessions: stored.map(({ session: { id, name } }) => ({ id, name })),
  }
}

const isStored = ({ outcome }: { outcome: string }): boolean => outcome !== "failed"
