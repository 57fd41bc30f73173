import type { Command } from "commander"
import type { Run } from "../run.ts"
import { slugArgument } from "./arguments.ts"
import { listing } from "./group.ts"

export interface ClipListOptions {
  limit: number
  json?: boolean
  project?: string
  q?: string
  tag?: string
}

export function addClipList(clips: Command, run: Run): void {
  listing(clips, "list the clips, the last changed first")
    .option("--project <id>", "of this project", slugArgument)
    .option("--q <text>", "a part of the name or of the code")
    .option("--tag <tag>", "with this tag")
    .action(async (options: ClipListOptions) =>
      (await import("../things/lists.ts")).listClips(run.for(options), options),
    )
}
