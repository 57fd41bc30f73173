import { codeEndings } from "@strudel-agent/project-folder/code-file"
import type { Command } from "commander"
import type { Run } from "../run.ts"
import { slugArgument } from "./arguments.ts"

export interface ImportOptions {
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
    .action(async (paths: string[], options: ImportOptions) =>
      (await import("../folder/import-paths.ts")).importPaths(run.for(options), paths, options),
    )
}
