import type { Command } from "commander"
import type { Run } from "../run.ts"
import { slugArgument } from "./arguments.ts"

export interface ExportOptions {
  project?: string
  overwrite?: boolean
  dryRun?: boolean
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
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--overwrite", "write over files that say something else")
    .option("--json", "print one JSON object")
    .option("--verbose", "tell of every file, also of those that nothing happened to")
    .addHelpText("after", help)
    .action(async (dir: string, options: ExportOptions) =>
      (await import("../folder/export-library.ts")).exportLibrary(run.for(options), dir, options),
    )
}
