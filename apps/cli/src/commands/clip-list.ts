import type { ClipSort } from "@strudel-agent/contract/clip"
import { clipSorts, type SoundWord, soundNames } from "@strudel-agent/contract/clip/sound-words"
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

function soundArgument(text: string): SoundWord[] {
  const asked = listArgument(text)
  const words = soundNames.filter((name) => asked.includes(name))
  if (words.length > 0 && words.length === asked.length) return words
  throw new InvalidArgumentError(`It is some of ${soundNames.join(", ")}.`)
}

export function addClipList(clips: Command, run: Run): void {
  listing(clips, "list the clips, the last changed first")
    .option("--project <id>", "of this project", slugArgument)
    .option("--q <text>", "a part of the name or of the code")
    .option("--tag <tag>", "with this tag")
    .option("--sound <words>", `all of these, such as loud,bright: ${soundNames.join(", ")}`, soundArgument)
    .addOption(new Option("--sort <order>", "in this order").choices(clipSorts))
    .action(async (options: ClipListOptions) =>
      (await import("../things/lists.ts")).listClips(run.for(options), options),
    )
}
