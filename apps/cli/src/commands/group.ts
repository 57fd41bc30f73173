import type { Command } from "commander"
import { countArgument } from "./arguments.ts"

/** A word with commands below it, such as `clips`. */
export const group = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description)

const usualLimit = 50

/** The command `list` of a group, which is meant where none is named. */
export const listing = (group: Command, description: string): Command =>
  group
    .command("list", { isDefault: true })
    .description(description)
    .option("--limit <number>", "how many at most", countArgument, usualLimit)
    .option("--json", "print one JSON object")

/** A command that answers in JSON where it is asked to. */
export const answering = (group: Command, usage: string, description: string): Command =>
  group.command(usage).description(description).option("--json", "print one JSON object")

/** Lines below a command's help that show how it is called. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  strudel-agent ${line}`).join("\n")}`
