import type { Command } from "commander"
import { Option } from "commander"
import type { Run } from "../run.ts"
import type { ReferenceOptions } from "../things/print-reference.ts"
import { countArgument } from "./arguments.ts"
import { answering, examples } from "./group.ts"

const kinds = ["function", "control", "signal", "notation", "sound", "bank", "scale", "chord"]

export function addReference(program: Command, run: Run): void {
  answering(
    program,
    "reference",
    "look up functions, sounds, scales and signs of the language, by name or by what they do",
  )
    .argument("[words...]", "a name, or what something is to do")
    .addOption(new Option("--kind <kind>", "of this kind alone").choices(kinds))
    .option("--limit <number>", "how many at most", countArgument, 12)
    .addHelpText("after", examples("reference jux", "reference stutter", "reference --kind bank --limit 100"))
    .action(async (words: string[], options: ReferenceOptions & { json?: boolean }) =>
      (await import("../things/print-reference.ts")).printReference(run.for(options), words, options),
    )
}
