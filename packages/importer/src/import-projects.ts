import type { Client } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import type { FolderProject, Found } from "./find-projects.ts"
import { inOrder, linkedPaths, readBatches, type SentFile } from "./import-batches.ts"
import { endsAll } from "./import-problem.ts"
import type { ImportProgress } from "./import-progress.ts"
import { type FileReport, failedFile, type ImportReport, type ProjectReport } from "./import-report.ts"
import { filesOf } from "./project-files.ts"

export interface ImportOptions {
  dryRun: boolean
  overwrite: boolean
  signal?: AbortSignal | undefined
  progress: ImportProgress
}

/** Paths that a dry run may name. */
const mostFolderPaths = limits.folderPaths

type Answer = FileReport[]

/**
 * Sends files to the library; where the server refuses a call, its halves, so that one file alone fails. Throws where
 * the server is away.
 */
export async function send(call: (files: SentFile[]) => Promise<Answer>, files: SentFile[]): Promise<Answer> {
  try {
    return await call(files)
  } catch (error) {
    const reason = reasonOf(error)
    const [first] = files
    if (!first || !(error instanceof Error) || reason === undefined || endsAll(error)) throw error
    if (files.length === 1) return [failedFile({ path: first.path, why: error.message })]
    const half = Math.ceil(files.length / 2)
    return [...(await send(call, files.slice(0, half))), ...(await send(call, files.slice(half)))]
  }
}

/**
 * Imports projects, noting in `report` what became of each file as it goes: when this throws, because the server went
 * away, or ends early, because the user asked for it, the report tells how far it came.
 */
export async function importProjects(
  client: Client,
  report: ImportReport,
  { found, options }: { found: Found; options: ImportOptions },
): Promise<void> {
  report.ignored.push(...found.ignored)
  report.failed.push(...found.failed)
  for (const project of found.projects) {
    if (options.signal?.aborted) report.interrupted = true
    if (report.interrupted) return
    await importProject(client, report, { project, options })
  }
}

async function importProject(
  client: Client,
  report: ImportReport,
  { project, options }: { project: FolderProject; options: ImportOptions },
): Promise<void> {
  const { entries, ignored, failed } = await filesOf(project)
  const { listing: _, folder, ...told } = project
  const own: ProjectReport = { ...told, folder: folder.path, files: failed.map(failedFile), ignored }
  report.projects.push(own)
  const { dryRun, overwrite, signal, progress } = options
  const folderPaths = dryRun ? linkedPaths(inOrder(entries)).slice(0, mostFolderPaths) : []
  const call = async (files: SentFile[]): Promise<Answer> => {
    const input = { projectId: project.id, files, dryRun, overwrite, folderPaths }
    return (await client.project.importFiles.mutate(input)).files
  }
  progress.show(0, entries.length, project.id)
  for await (const batch of readBatches(inOrder(entries))) {
    if (signal?.aborted) {
      report.interrupted = true
      return
    }
    own.files.push(...batch.failed.map(failedFile))
    if (batch.files.length > 0) own.files.push(...(await send(call, batch.files)))
    progress.show(own.files.length, entries.length, project.id)
  }
}
