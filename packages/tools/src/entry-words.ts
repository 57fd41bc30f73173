import type { Entry } from "@strudel-agent/reference/entry"

/** How many aliases are worth telling; the families of FM have hundreds. */
const mostAliases = 8

/** An entry of the reference in a few lines. */
export function entryInWords({ name, kind, aliases, signature, takes, does, example }: Entry): string {
  const also = aliases.slice(0, mostAliases).join(", ") + (aliases.length > mostAliases ? ", …" : "")
  return [
    `${name} (${kind}): ${signature}`,
    does,
    ...(takes ? [`takes: ${takes}`] : []),
    ...(also ? [`also: ${also}`] : []),
    `example: ${example}`,
  ].join("\n")
}

/** An entry in one line. */
export const entryInLine = ({ name, kind, signature, does, example }: Entry): string =>
  `${signature} [${kind}${signature.startsWith(name) ? "" : ` ${name}`}] ${does} e.g. ${example.replaceAll("\n", " ")}`
