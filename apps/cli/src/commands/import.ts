import { importProjects } from "@strudel-agent/importer/import-projects"
import { emptyReport, importAsJson, importInLines, isComplete } from "@strudel-agent/importer/import-report"
import { lineAsText } from "@strudel-agent/importer/report-line"
import { codeEndings } from "@strudel-agent/project-folder/code-file"
import type { Command } from "commander"
import { findProjects } from "../folder/find-projects.ts"
import type { Run } from "../run.ts"
import { hints } from "../terminal/hints.ts"
import { slugArgument } from "./arguments.ts"

interface Options {
  project?: string
  dryRun?: boolean
  overwrite?: boolean
  json?: boolean
  verbose?: boolean
}

const help = `
PATH is one project (a folder with an index.md, or a clips, songs or playlists folder), a folder of projects, or
a folder with a projects/ folder in it. A folder of nothing but files of code (${codeEndings})
is one project that is called like the folder. A single file goes into the project of its folder, or into that of
--project; the patterns file that strudel.cc exports becomes a project with a clip for each pattern. Hidden files
and links are left out; links are never followed.

A file that is not in the library is created there. One that was changed since it was imported updates its
item, unless the item was changed in the library too: then it is skipped, or wins with --overwrite. Importing
twice changes nothing, so an import that was interrupted is continued by running it again.`

export function addImport(program: Command, run: Run): void {
  program
    .command("import")
    .description("read project folders, files of code and patterns of strudel.cc into the library")
    .argument("<path...>", "projects, folders of projects, or files")
    .option("--project <id>", "the id of the one project; of a folder of projects, the one to import", slugArgument)
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--overwrite", "let a file win over an item that was changed in the library")
    .option("--json", "print one JSON object")
    .option("--verbose", "tell of every file, also of those that nothing happened to")
    .addHelpText("after", help)
    .action((paths: string[], options: Options) => importPaths(run.for(options), paths, options))
}

async function importPaths(run: Run, paths: string[], options: Options): Promise<void> {
  const { project, dryRun = false, overwrite = false, verbose = false } = options
  const found = await findProjects(
    paths.map((path) => run.path(path)),
    project,
  )
  const client = await run.connect()
  const report = emptyReport(dryRun)
  const progress = run.progress()
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
