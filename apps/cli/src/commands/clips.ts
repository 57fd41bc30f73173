import { limits } from "@strudel-agent/contract/limits"
import type { Command } from "commander"
import type { Run } from "../run.ts"
import { bpmArgument, countArgument, listArgument, metadataArgument } from "./arguments.ts"
import { addClipList } from "./clip-list.ts"
import { answering, examples, group } from "./group.ts"

const clipWords = "<project>/<id>, or its id alone where one project has it"
const reading = () => import("../clips/read-clips.ts")
const writing = () => import("../clips/write-clip.ts")
const many = () => import("../clips/many-clips.ts")

interface Json {
  json?: boolean
}

export function addClips(program: Command, run: Run): void {
  const clips = group(program, "clips", "list, show, write, check and compare clips")
  addClipList(clips, run)
  addReading(clips, run)
  addWriting(clips, run)
  addTagging(clips, run)
}

function addReading(clips: Command, run: Run): void {
  answering(clips, "show", "print a clip's code")
    .argument("<clip>", clipWords)
    .option("--version <number>", "as it was at this version", countArgument)
    .action(async (clip: string, options: Json & { version?: number }) =>
      (await reading()).showClip(run.for(options), clip, options),
    )
  answering(clips, "history", "list a clip's versions, the newest first: what each changed and where it came from")
    .argument("<clip>", clipWords)
    .option("--limit <number>", "how many at most", countArgument, 50)
    .action(async (clip: string, options: Json & { limit: number }) =>
      (await reading()).clipHistory(run.for(options), clip, options),
    )
  answering(clips, "diff", "show what changed between two versions; what the last change did unless told")
    .argument("<clip>", clipWords)
    .argument("[from]", "the former version: the one before the other unless told", countArgument)
    .argument("[to]", "the later version: the newest unless told", countArgument)
    .addHelpText("after", examples("clips diff house/kick", "clips diff house/kick 2 5"))
    .action(async (clip: string, from: number | undefined, to: number | undefined, options: Json) =>
      (await reading()).diffClip(run.for(options), clip, { from, to }),
    )
  answering(
    clips,
    "check",
    "listen to code without storing it: what it plays, or where it fails and what exists instead",
  )
    .argument("[clip]", "a stored clip; - or nothing reads the standard input")
    .option("--file <file>", "the code of a file")
    .option("--cycles <number>", "for how many cycles to listen", countArgument)
    .addHelpText(
      "after",
      `\nThe exit code is 1 where it does not play.\n${examples("clips check house/kick", "clips check --file kick.js", "clips check < kick.js")}`,
    )
    .action(async (clip: string | undefined, options: Json & { file?: string; cycles?: number }) =>
      (await reading()).checkCode(run.for(options), clip, options),
    )
  answering(clips, "similar", "list the clips that sound the most like one, the most alike first")
    .argument("<clip>", clipWords)
    .option("--limit <number>", `how many at most, up to ${limits.similar.max}`, countArgument, limits.similar.default)
    .action(async (clip: string, options: Json & { limit: number }) =>
      (await reading()).similarClips(run.for(options), clip, options),
    )
  answering(clips, "link", "print the address of the page where a clip plays")
    .argument("<clip>", clipWords)
    .action(async (clip: string, options: Json) => (await reading()).linkClip(run.for(options), clip))
}

function addWriting(clips: Command, run: Run): void {
  answering(clips, "new", "store code as a clip; a project that is not there is made")
    .argument("<clip>", "<project>/<id>")
    .option("--file <file>", "the code; the standard input unless told")
    .option("--name <name>", "what it is called; its id unless told")
    .option("--tags <a,b>", "tags, separated by commas", listArgument)
    .option("--bpm <number>", "its tempo in beats per minute", bpmArgument)
    .option("--metadata <json>", "further metadata as a JSON object", metadataArgument)
    .addHelpText(
      "after",
      examples(
        "clips new house/kick --file kick.js",
        `echo 's("bd*4")' | strudel-agent clips new house/kick --tags drums`,
      ).replace("  strudel-agent echo", "  echo"),
    )
    .action(async (clip: string, options: Json & { file?: string; name?: string; tags?: string[]; bpm?: number }) =>
      (await writing()).newClip(run.for(options), clip, options),
    )
  answering(clips, "edit", "edit a clip's code in $VISUAL or $EDITOR, and store it as its next version")
    .argument("<clip>", clipWords)
    .option("--file <file>", "take the code of a file instead; - reads the standard input")
    .option("--expect <version>", "the version that it was made from: another one is a conflict", countArgument)
    .addHelpText(
      "after",
      "\nOn save it tells what the code plays, or where it fails and what exists instead. Where the clip was changed\nmeanwhile, nothing is stored, and what you wrote is kept in a file.",
    )
    .action(async (clip: string, options: Json & { file?: string; expect?: number }) =>
      (await writing()).editClip(run.for(options), clip, options),
    )
  answering(clips, "restore", "make a former version the next one")
    .argument("<clip>", clipWords)
    .argument("<version>", "the version's number", countArgument)
    .action(async (clip: string, version: number, options: Json) =>
      (await writing()).restoreClip(run.for(options), clip, version),
    )
  answering(clips, "rename", "call a clip otherwise; its id stays")
    .argument("<clip>", clipWords)
    .argument("<name>", "what it is called then")
    .action(async (clip: string, name: string, options: Json) =>
      (await writing()).renameClip(run.for(options), clip, name),
    )
}

function addTagging(clips: Command, run: Run): void {
  answering(clips, "tag", "put tags on a clip")
    .argument("<clip>", clipWords)
    .argument("<tag...>")
    .action(async (clip: string, add: string[], options: Json) =>
      (await many()).tagClip(run.for(options), clip, { add, remove: [] }),
    )
  answering(clips, "untag", "take tags off a clip")
    .argument("<clip>", clipWords)
    .argument("<tag...>")
    .action(async (clip: string, remove: string[], options: Json) =>
      (await many()).tagClip(run.for(options), clip, { add: [], remove }),
    )
  answering(clips, "delete", "delete clips with their versions, and say how each is made again")
    .argument("<clip...>", clipWords)
    .option("--yes", "do not ask; needed where nobody can be asked")
    .option("--dry-run", "say what would be deleted, and do nothing")
    .action(async (names: string[], options: Json & { yes?: boolean; dryRun?: boolean }) =>
      (await many()).deleteClips(run.for(options), names, options),
    )
}
