import { type SequenceKind, sequenceParts } from "@strudel-agent/contract/item"
import type { Command } from "commander"
import type { Run } from "../run.ts"
import type { DeleteOptions, SequenceListOptions, SequenceOptions } from "../things/sequence-actions.ts"
import type { Tagging } from "../things/tag-sequence.ts"
import { countArgument, listInOrderArgument, metadataArgument, slugArgument } from "./arguments.ts"
import { answering, group, listing } from "./group.ts"

interface Json {
  json?: boolean
}

const actions = () => import("../things/sequence-actions.ts")

export function addSequences(program: Command, run: Run, kind: SequenceKind): void {
  const { parts } = sequenceParts[kind]
  const sequences = group(program, `${kind}s`, `list, show, write, compare, tag and restore ${kind}s`)
  const words = `<project>/<id>, or its id alone where one project has it`
  /** The options of what a sequence is made of, with its parts by one name. */
  const optionsOf = (options: SequenceOptions & { clips?: string[]; songs?: string[] }): SequenceOptions => {
    const ids = options[parts]
    return ids === undefined ? options : { ...options, parts: ids }
  }
  listing(sequences, `list the ${kind}s, the last changed first`)
    .option("--project <id>", "of this project", slugArgument)
    .option("--q <text>", "a part of the name")
    .action(async (options: SequenceListOptions) => (await actions()).listSequences(run.for(options), kind, options))
  answering(sequences, "show", `print a ${kind}'s name, its ${parts} and its text`)
    .argument(`<${kind}>`, words)
    .action(async (item: string, options: Json) => (await actions()).showSequence(run.for(options), kind, item))
  answering(sequences, "new", `make a ${kind}`)
    .argument(`<${kind}>`, "<project>/<id>")
    .option("--name <name>", "what it is called; its id unless told")
    .option(`--${parts} <a,b>`, `its ${parts} in order, by their ids, separated by commas`, listInOrderArgument)
    .option("--file <file>", "its text as Markdown; - reads the standard input")
    .option("--metadata <json>", "metadata as a JSON object", metadataArgument)
    .action(async (item: string, options: SequenceOptions) =>
      (await actions()).newSequence(run.for(options), kind, { item, options: optionsOf(options) }),
    )
  answering(sequences, "edit", `edit a ${kind}'s text in $VISUAL or $EDITOR, or change what is told`)
    .argument(`<${kind}>`, words)
    .option("--name <name>", "what it is called then")
    .option(`--${parts} <a,b>`, `its ${parts} in order, by their ids, separated by commas`, listInOrderArgument)
    .option("--file <file>", "take the text of a file; - reads the standard input")
    .action(async (item: string, options: SequenceOptions) =>
      (await actions()).editSequence(run.for(options), kind, { item, options: optionsOf(options) }),
    )
  answering(sequences, "history", `list a ${kind}'s versions, the newest first`)
    .argument(`<${kind}>`, words)
    .option("--limit <number>", "how many at most", countArgument, 50)
    .action(async (item: string, options: Json & { limit: number }) =>
      (await actions()).sequenceHistory(run.for(options), kind, { item, limit: options.limit }),
    )
  answering(sequences, "diff", "show what changed between two versions; what the last change did unless told")
    .argument(`<${kind}>`, words)
    .argument("[from]", "the former version: the one before the other unless told", countArgument)
    .argument("[to]", "the later version: the newest unless told", countArgument)
    .action(async (item: string, from: number | undefined, to: number | undefined, options: Json) =>
      (await import("../things/diff-sequence.ts")).diffSequence(run.for(options), kind, { item, from, to }),
    )
  const tagging = async (options: Json, change: Tagging) =>
    (await import("../things/tag-sequence.ts")).tagSequence(run.for(options), kind, change)
  answering(sequences, "tag", `put tags on a ${kind}`)
    .argument(`<${kind}>`, words)
    .argument("<tag...>")
    .action((item: string, add: string[], options: Json) => tagging(options, { item, add, remove: [] }))
  answering(sequences, "untag", `take tags off a ${kind}`)
    .argument(`<${kind}>`, words)
    .argument("<tag...>")
    .action((item: string, remove: string[], options: Json) => tagging(options, { item, add: [], remove }))
  answering(sequences, "restore", "make a former version the next one")
    .argument(`<${kind}>`, words)
    .argument("<version>", "the version's number", countArgument)
    .option("--leave-out-missing", `restore it without the ${parts} that are gone`)
    .action(async (item: string, version: number, options: Json & { leaveOutMissing?: boolean }) => {
      const { leaveOutMissing = false } = options
      return (await actions()).restoreSequence(run.for(options), kind, { item, version, leaveOutMissing })
    })
  answering(sequences, "delete", `delete ${kind}s with their versions, and say how each is made again`)
    .argument(`<${kind}...>`, words)
    .option("--yes", "do not ask; needed where nobody can be asked")
    .option("--dry-run", "say what would be deleted, and do nothing")
    .action(async (names: string[], options: Json & DeleteOptions) =>
      (await actions()).deleteSequences(run.for(options), kind, { ...options, names }),
    )
}
