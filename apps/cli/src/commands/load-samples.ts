import type { Command } from "commander"
import type { Run } from "../run.ts"

export function addLoadSamples(program: Command, run: Run): void {
  program
    .command("load-samples")
    .description("fill an empty library with sample projects and sessions; do nothing where it is not empty")
    .argument("<dir>", "a folder with projects/ and sessions/index.json")
    .option("--dry-run", "say what would be loaded, and do nothing")
    .option("--json", "print one JSON object")
    .action(async (dir: string, options: { json?: boolean; dryRun?: boolean }) =>
      (await import("../library/load-samples.ts")).loadSamples(run.for(options), run.path(dir), options),
    )
}
