import type { ExportOptions } from "../commands/export.ts"
import type { Run } from "../run.ts"
import { exportProjects, listProjectIds } from "./export-projects.ts"
import { type ExportReport, exportAsJson, exportInLines, isComplete } from "./export-report.ts"
import { FolderWriter } from "./folder-writer.ts"

async function* only(id: string): AsyncGenerator<string> {
  yield id
}

/** Writes the projects of the library below a folder, and reports what became of each file. */
export async function exportLibrary(run: Run, dir: string, options: ExportOptions): Promise<void> {
  const { project, overwrite = false, dryRun = false, verbose = false } = options
  const client = await run.connect()
  if (project !== undefined) await client.project.byId.query({ id: project })
  const folder = run.path(dir)
  const report: ExportReport = { folder, interrupted: false, projects: [] }
  const progress = await run.progress()
  if (dryRun) run.note("Nothing is written: this is what would become of each file.")
  let error: unknown
  try {
    const writer = await FolderWriter.open(folder, { overwrite, dryRun })
    const ids = project === undefined ? listProjectIds(client) : only(project)
    await exportProjects(client, report, { ids, options: { writer, signal: run.interruptible(), progress } })
  } catch (thrown) {
    error = thrown
  } finally {
    progress.clear()
  }
  run.report({
    json: () => ({ dryRun, ...exportAsJson(report) }),
    lines: () => (error === undefined || report.projects.length > 0 ? exportInLines(report, verbose) : []),
    complete: isComplete(report),
    interrupted: report.interrupted,
    error,
  })
}
