import type { Restraint } from "@strudel-agent/sandbox/protocol"

const listed = 3

type Clamped = Extract<Restraint, { kind: "clamped" }>

const clampedInWords = ({ control, asked, used }: Clamped): string =>
  used === null ? `without ${control}` : `${control} ${used}${asked === null ? "" : ` instead of ${asked}`}`

function listInWords(items: string[]): string {
  const more = items.length - listed
  const shown = more > 0 ? [...items.slice(0, listed), `${more} more`] : items
  return shown.join(", ").replace(/, (?=[^,]*$)/, " and ")
}

/** What is said of clips that do not get all that their code asks for, a sentence or more for each. */
export function restraintsInWords(restraints: Restraint[], nameOf: (key: string) => string): string {
  const keys = [...new Set(restraints.map(({ key }) => key))]
  const sentences = keys.flatMap((key) => {
    const own = restraints.filter((restraint) => restraint.key === key)
    const clamped = own.filter((restraint) => restraint.kind === "clamped").map(clampedInWords)
    const has = (kind: Restraint["kind"]) => own.some((restraint) => restraint.kind === kind)
    const name = `“${nameOf(key)}”`
    return [
      clamped.length > 0 && `${name} plays within limits: ${listInWords(clamped)}.`,
      has("crowded") && `${name} plays more at once than there is room for: some of its events are left out.`,
      has("restarted") && `What ${name} played was no number any more: its effects were begun anew.`,
    ].filter((sentence) => sentence !== false)
  })
  return sentences.join(" ")
}
