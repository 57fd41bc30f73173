import type { Command } from "commander"

export interface Described {
  /** The words that call it, such as `clips edit`; empty for the program itself. */
  path: string[]
  command: Command
}

/** A command and all below it, each before its own. */
export const walk = (command: Command, path: string[] = []): Described[] => [
  { path, command },
  ...command.commands.flatMap((each) => walk(each, [...path, each.name()])),
]

/** The options of a command that begin with two hyphens, as they are typed. */
export const longOptions = (command: Command): string[] => [
  ...command.options.flatMap(({ long }) => (long ? [long] : [])),
  "--help",
]
