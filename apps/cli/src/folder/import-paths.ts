import { importProjects } from "@strudel-agent/importer/import-projects"
import { emptyReport, importAsJson, importInLines, isComplete } from "@strudel-agent/importer/import-report"
import { lineAsText } from "@strudel-agent/importer/report-line"
import type { ImportOptions } from "../commands/import.ts"
import type { Run } from "../run.ts"
import { hints } from "../terminal/hints.ts"
import { findProjects } from "./find-projects.ts"

/** Reads projects and files of these paths into the library, and reports what became of each. */
export async function importPaths(run: Run, paths: string[], options: ImportOptions): Promise<void> {
  const { project, dryRun = false, overwrite = false, verbose = false } = options
  const found = await findProjects(
    paths.map((path) => run.path(path)),
    project,
  )
  const client = await run.connect()
  const report = emptyReport(dryRun)
  const progress = await run.progress()
  let error: unknown
  try {
    const signal = run.interruptible()
    await importProjects(client, report, { found, options: { dryRun, overwrite, signal, progress } })
    if (!dryRun && !report.interrupted) report.pending = (await client.clip.analysisProgress.query()).pending
  } catch (thrown) {
    error = thrown
  } finally {
    progress.clear()
  }
  run.report({
    json: () => importAsJson(report),
    lines: () => importInLines(report, { verbose, hints }).map(lineAsText),
    complete: isComplete(report),
    interrupted: report.interrupted,
    error,
  })
}
