import type { Command } from "commander"
import { exportProjects, listProjectIds } from "../folder/export-projects.ts"
import { type ExportReport, exportAsJson, exportInLines, isComplete } from "../folder/export-report.ts"
import { FolderWriter } from "../folder/folder-writer.ts"
import type { Run } from "../run.ts"
import { slugArgument } from "./arguments.ts"

interface Options {
  project?: string
  overwrite?: boolean
  json?: boolean
  verbose?: boolean
}

const help = `
Each project is written into DIR/<project>/, also with --project. Files that were imported and not changed in
the library come back byte by byte. What is on the disk already and says the same is left alone; what says
something else is skipped, or written over with --overwrite. Nothing is ever deleted, and nothing is written
through a link.`

export function addExport(program: Command, run: Run): void {
  program
    .command("export")
    .description("write the library's projects as folders")
    .argument("<dir>", "where the project folders are, or will be")
    .option("--project <id>", "this project alone", slugArgument)
    .option("--overwrite", "write over files that say something else")
    .option("--json", "print one JSON object")
    .option("--verbose", "tell of every file, also of those that nothing happened to")
    .addHelpText("after", help)
    .action((dir: string, options: Options) => exportLibrary(run.for(options), dir, options))
}

async function* only(id: string): AsyncGenerator<string> {
  yield id
}

async function exportLibrary(run: Run, dir: string, options: Options): Promise<void> {
  const { project, overwrite = false, verbose = false } = options
  const client = await run.connect()
  if (project !== undefined) await client.project.byId.query({ id: project })
  const folder = run.path(dir)
  const report: ExportReport = { folder, interrupted: false, projects: [] }
  const progress = run.progress()
  let error: unknown
  try {
    const writer = await FolderWriter.open(folder, { overwrite })
    const ids = project === undefined ? listProjectIds(client) : only(project)
    await exportProjects(client, report, { ids, options: { writer, signal: run.interruptible(), progress } })
  } catch (thrown) {
    error = thrown
  } finally {
    progress.clear()
  }
  run.report({
    json: () => exportAsJson(report),
    lines: () => (error === undefined || report.projects.length > 0 ? exportInLines(report, verbose) : []),
    complete: isComplete(report),
    interrupted: report.interrupted,
    error,
  })
}
