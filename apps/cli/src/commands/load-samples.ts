import type { Command } from "commander"
import type { Run } from "../run.ts"

export function addLoadSamples(program: Command, run: Run): void {
  program
    .command("load-samples")
    .description("fill an empty library with sample projects and sessions; do nothing where it is not empty")
    .argument("<dir>", "a folder with projects/ and sessions/index.json")
    .action(async (dir: string) => (await import("../library/load-samples.ts")).loadSamples(run, run.path(dir)))
}
