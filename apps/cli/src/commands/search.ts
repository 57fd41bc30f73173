import { itemKinds } from "@strudel-agent/contract/item"
import { type Command, InvalidArgumentError } from "commander"
import type { Run } from "../run.ts"
import { countArgument, listArgument, slugArgument } from "./arguments.ts"

const kinds = ["message", ...itemKinds, "session", "project"] as const
type Kind = (typeof kinds)[number]

export interface SearchOptions {
  limit: number
  json?: boolean
  project?: string
  kind?: Kind[]
}

const usualLimit = 20
function kindsArgument(text: string): Kind[] {
  return listArgument(text).map((word) => {
    const kind = kinds.find((each) => each === word)
    if (kind) return kind
    throw new InvalidArgumentError(`Kinds are ${kinds.join(", ")}, with commas between.`)
  })
}

export function addSearch(program: Command, run: Run): void {
  program
    .command("search")
    .description("find messages, clips, songs, playlists, sessions and projects, the best first")
    .argument("<text...>", 'words, "quoted phrases", and filters: in:house tag:acid bpm:120..130 kind:clip')
    .option("--kind <kinds>", "of these kinds alone, such as clip,message", kindsArgument)
    .option("--project <id>", "of this project", slugArgument)
    .option("--limit <number>", "how many at most", countArgument, usualLimit)
    .option("--json", "print one JSON object")
    .action(async (text: string[], options: SearchOptions) =>
      (await import("../library/search-library.ts")).searchLibrary(run.for(options), text.join(" "), options),
    )
}
