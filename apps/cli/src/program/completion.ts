import type { Command } from "commander"
import { longOptions, walk } from "./walk.ts"

export const shells = ["bash", "zsh", "fish"] as const
export type Shell = (typeof shells)[number]

const name = "strudel-agent"
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** The words that may follow each chain of commands, a line of a shell's `case` each. */
function cases(program: Command): string {
  const lines = walk(program).map(({ path, command }) => {
    const words = [...command.commands.map((each) => each.name()), ...longOptions(command)]
    return `    ${quoted(path.join(" "))}) words=${quoted(words.join(" "))} ;;`
  })
  return lines.join("\n")
}

const groupsOf = (program: Command): string =>
  program.commands.flatMap((each) => (each.commands.length > 0 ? [each.name()] : [])).join("|")

const bash = (program: Command): string => `# Completion of ${name} for bash: eval "$(${name} completion bash)"
_strudel_agent() {
  local word="\${COMP_WORDS[COMP_CWORD]}" chain="" words="" at
  for ((at = 1; at < COMP_CWORD && at < 3; at++)); do
    case "\${COMP_WORDS[at]}" in -*) break ;; esac
    if [ "$at" = 2 ]; then case "$chain" in ${groupsOf(program)}) ;; *) break ;; esac; fi
    chain="\${chain:+$chain }\${COMP_WORDS[at]}"
  done
  case "$chain" in
${cases(program)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [ "\${#COMPREPLY[@]}" = 0 ]; then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _strudel_agent ${name}
`

const zsh = (program: Command): string => `#compdef ${name}
# Completion of ${name} for zsh: eval "$(${name} completion zsh)"
_strudel_agent() {
  local chain="" chosen="" at
  for ((at = 2; at < CURRENT && at < 4; at++)); do
    case "\${words[at]}" in -*) break ;; esac
    if [ "$at" = 3 ]; then case "$chain" in ${groupsOf(program)}) ;; *) break ;; esac; fi
    chain="\${chain:+$chain }\${words[at]}"
  done
  case "$chain" in
${cases(program).replaceAll(" words='", " chosen='")}
  esac
  compadd -- \${=chosen} || _files
}
compdef _strudel_agent ${name}
`

function fish(program: Command): string {
  const lines = walk(program).flatMap(({ path, command }) => {
    const [first, second] = path
    const subs = command.commands.map((each) => each.name()).join(" ")
    const seen = [
      first === undefined ? "__fish_use_subcommand" : `__fish_seen_subcommand_from ${first}`,
      ...(second === undefined ? [] : [`__fish_seen_subcommand_from ${second}`]),
    ].join("; and ")
    const unseen = first !== undefined && subs ? `${seen}; and not __fish_seen_subcommand_from ${subs}` : seen
    return [
      ...command.commands.map(
        (each) => `complete -c ${name} -f -n ${quoted(unseen)} -a ${each.name()} -d ${quoted(each.description())}`,
      ),
      ...command.options.map(
        ({ long, description }) =>
          `complete -c ${name} -n ${quoted(seen)} -l ${(long ?? "").slice(2)} -d ${quoted(description)}`,
      ),
    ]
  })
  return `# Completion of ${name} for fish: ${name} completion fish | source\n${lines.join("\n")}\n`
}

const scripts: Record<Shell, (program: Command) => string> = { bash, zsh, fish }

/** The script that completes the program's commands and options in a shell. */
export const completionOf = (program: Command, shell: Shell): string => scripts[shell](program)
