import type { Command } from "commander"
import { walk } from "./walk.ts"

/** A text as roff prints it: no line of it begins a request, and no backslash an escape. */
const roff = (text: string): string =>
  text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .split("\n")
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join("\n")

const item = (term: string, words: string): string => `.TP\n.B ${roff(term)}\n${roff(words)}`

function describe(name: string, command: Command): string {
  const usage = `${name} ${command.usage()}`.trim()
  const parts = command.registeredArguments.map((argument) => item(argument.name(), argument.description || "as named"))
  const options = command.options.map(({ flags, description }) => item(flags, description))
  return [`.SS ${roff(usage)}`, roff(command.description()), ...parts, ...options].join("\n")
}

/** Every command that does something, as a program reads it. */
export const commandsOf = (program: Command) =>
  walk(program)
    .filter(({ path, command }) => path.length > 0 && command.commands.length === 0)
    .map(({ path, command }) => ({
      command: path.join(" "),
      description: command.description(),
      arguments: command.registeredArguments.map((argument) => ({
        name: argument.name(),
        description: argument.description,
        required: argument.required,
        several: argument.variadic,
      })),
      options: command.options.map(({ flags, description }) => ({ flags, description })),
    }))

/** The program's manual page in roff, made of what its help says. `after` is what the help says at its end. */
export function manualOf(program: Command, { version, after }: { version: string; after: string }): string {
  const name = program.name()
  const described = walk(program).filter(({ path, command }) => path.length > 0 && command.commands.length === 0)
  return `${[
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}"`,
    `.SH NAME\n${roff(`${name} - ${program.description()}`)}`,
    `.SH SYNOPSIS\n.B ${roff(name)}\n${roff("<command> [options]")}`,
    ".SH COMMANDS",
    ...described.map(({ path, command }) => describe([name, ...path].join(" "), command)),
    `.SH NOTES\n.nf\n${roff(after.trim())}\n.fi`,
  ].join("\n")}\n`
}
