import type { Limit, Problem } from "@strudel-agent/sandbox/protocol"

type Clamped = Extract<Limit, { kind: "clamped" }>

const clampedInWords = ({ control, asked, used }: Clamped): string =>
  used === null ? `without ${control}` : `${control} ${used}${asked === null ? "" : ` instead of ${asked}`}`

/** The first of some items, how many more there are, and an "and" before the last. */
export function listInWords(items: string[], most: number): string {
  const shown = items.slice(0, most)
  const more = items.length - shown.length
  return (more > 0 ? [...shown, `${more} more`] : shown).join(", ").replace(/, (?=[^,]*$)/, " and ")
}

/** What of clips is not played as their code asks for it, a sentence or more for each. */
export function limitsInWords(all: Limit[], nameOf: (key: string) => string): string {
  const limits = all.filter((limit) => limit.kind !== "unsupported")
  const sentences = [...new Set(limits.map(({ key }) => key))].flatMap((key) => {
    const own = limits.filter((limit) => limit.key === key)
    const clamped = own.filter((limit) => limit.kind === "clamped").map(clampedInWords)
    const has = (kind: Limit["kind"]) => own.some((limit) => limit.kind === kind)
    const name = `“${nameOf(key)}”`
    return [
      clamped.length > 0 && `${name} plays within limits: ${listInWords(clamped, 3)}.`,
      has("dropped") && `${name} plays more at once than there is room for: some of its events are left out.`,
      has("reset") && `What ${name} played was no number any more: its effects were begun anew.`,
    ].filter((sentence) => sentence !== false)
  })
  const effects = new Set(all.flatMap((limit) => (limit.kind === "unsupported" ? limit.effects : [])))
  return [...(effects.size > 0 ? [effectsInWords([...effects])] : []), ...sentences].join(" ")
}

const quoted = (names: string[]): string =>
  listInWords(
    names.map((name) => `“${name}”`),
    4,
  )

const effectsInWords = (names: string[]): string =>
  `${quoted(names)} ${names.length === 1 ? "is" : "are"} left out: over plain http browsers run no sound processors. Over https, or at localhost, all is heard.`

/** Which sounds are not there. */
export function soundsInWords(missing: string[], replaced: string[]): string {
  const sentences = [
    missing.length > 0 && `${quoted(missing)} ${missing.length === 1 ? "is" : "are"} missing and silent.`,
    replaced.length > 0 && `${quoted(replaced)} ${replaced.length === 1 ? "is" : "are"} replaced by built-in sounds.`,
  ]
  return sentences.filter(Boolean).join(" ")
}

/** A problem in a few words, with its line. */
export const problemInWords = ({ message, line }: Pick<Problem, "message" | "line">): string =>
  `${message.replace(/\.$/, "")}${line === null ? "" : ` (line ${line})`}`

/** The same as a sentence of its own. */
export function problemAsSentence(problem: Pick<Problem, "message" | "line">): string {
  const words = problemInWords(problem)
  return /[?!]$/.test(words) ? words : `${words}.`
}
