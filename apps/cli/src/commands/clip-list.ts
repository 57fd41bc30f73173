import type { ClipSort } from "@strudel-agent/contract/clip"
import { type SoundWord, soundNames, soundSorts } from "@strudel-agent/contract/clip/sound-words"
import { type Command, InvalidArgumentError, Option } from "commander"
import type { Run } from "../run.ts"
import { listArgument, slugArgument } from "./arguments.ts"
import { listing } from "./group.ts"

export interface ClipListOptions {
  limit: number
  json?: boolean
  project?: string
  q?: string
  tag?: string
  sound?: SoundWord[]
  sort?: ClipSort
}

const sorts: ClipSort[] = ["updated", "created", "oldest", "name", "bpm", ...soundSorts]

function soundArgument(text: string): SoundWord[] {
  const words = listArgument(text)
  if (words.length === 0) throw new InvalidArgumentError(`It is some of ${soundNames.join(", ")}.`)
  return words.map((asked) => {
    const word = soundNames.find((name) => name === asked)
    if (!word) throw new InvalidArgumentError(`It is some of ${soundNames.join(", ")}.`)
    return word
  })
}

export function addClipList(clips: Command, run: Run): void {
  listing(clips, "list the clips, the last changed first")
    .option("--project <id>", "of this project", slugArgument)
    .option("--q <text>", "a part of the name or of the code")
    .option("--tag <tag>", "with this tag")
    .option("--sound <words>", `all of these, such as loud,bright: ${soundNames.join(", ")}`, soundArgument)
    .addOption(new Option("--sort <order>", "in this order").choices(sorts))
    .action(async (options: ClipListOptions) =>
      (await import("../things/lists.ts")).listClips(run.for(options), options),
    )
}
