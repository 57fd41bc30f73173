import type { Client, Outputs } from "@strudel-agent/client/client"
import {
  functionsInsteadOf,
  isKnownSound,
  scalesInsteadOf,
  soundsInsteadOf,
  unknownNameOf,
  withNearestName,
} from "@strudel-agent/reference/unknown-name"
import type { Finding, Heard } from "./fields.ts"

type Analysis = Outputs["clip"]["analyze"]
type Problem = Extract<Analysis, { ok: false }>["error"]

/** Characters of a message that are looked at, and that are told. */
const characters = { searched: 2000, shown: 500 }
/** Characters of a name that may be meant for another, and unknown sounds for which near ones are looked for. */
const most = { name: 64, sounds: 10 }

const shortened = (message: string): string =>
  message.length <= characters.shown ? message : `${message.slice(0, characters.shown)}…`

const withInstead = (finding: Finding, instead: string[]): Finding =>
  instead.length > 0 ? { ...finding, instead } : finding

/** A problem of code, with what exists where it uses what does not. */
function findingOf(found: Problem): Finding {
  const { message, line } = withNearestName(found)
  const name = unknownNameOf(message.slice(0, characters.searched))
  const finding = { problem: shortened(message), ...(line ? { line } : {}) }
  return name === null || name.length > most.name ? finding : withInstead(finding, functionsInsteadOf(name))
}

const unknownScale = /Scale name (?:\S+ )?(.+?) is incomplete/
/** Warnings that only tell of what is left out here and heard elsewhere say nothing that is to be mended. */
const asIntended = new Set(["visual", "ignored"])

function warningOf({ message, place }: Analysis["warnings"][number]): Finding {
  const scale = unknownScale.exec(message.slice(0, characters.searched))?.[1]
  const finding = { problem: shortened(message), ...(place ? { line: place.line } : {}) }
  return scale === undefined ? finding : withInstead(finding, scalesInsteadOf(scale))
}

/** A sound that neither the code brings nor this build knows. */
function unknownSounds({ sounds, samples }: Analysis): Finding[] {
  if (samples.length > 0) return []
  const unknown = sounds.filter(({ kind, bank, s }) => kind === "sample" && bank === null && !isKnownSound(s))
  return unknown.map(({ s }, index) =>
    withInstead(
      { problem: `"${s}" is not built in: it is heard only where the network has it` },
      index < most.sounds ? soundsInsteadOf(s) : [],
    ),
  )
}

const beatsPerCycle = 4

/** What an analysis says to an agent: whether it plays, and what is to be mended. */
export function heardOf(analysis: Analysis): Heard {
  const sounds = analysis.sounds.map(({ name }) => name)
  const meant = analysis.warnings.filter(
    ({ kind, name }) => !asIntended.has(kind) && !(kind === "unknownSound" && name !== null),
  )
  const warnings = [...meant.map(warningOf), ...unknownSounds(analysis)]
  if (!analysis.ok) return { plays: false, sounds, errors: [findingOf(analysis.error)], warnings }
  const bpm = Math.round(analysis.cps * 60 * beatsPerCycle * 100) / 100
  return { plays: analysis.events > 0 || analysis.definitionsOnly, bpm, sounds, errors: [], warnings }
}

/** Listens to code. */
export async function hear(
  client: Client,
  code: string,
  options: { cycles?: number; signal?: AbortSignal | undefined } = {},
) {
  const { cycles, signal } = options
  const input = cycles === undefined ? { code } : { code, cycles }
  return heardOf(await client.clip.analyze.mutate(input, signal ? { signal } : {}))
}

/** A sentence is ended where more follows. */
const ended = (words: string): string => (/[.?!]$/.test(words) ? words : `${words}.`)

export const findingInWords = ({ problem, line, instead }: Finding): string => {
  const place = line ? `line ${line}: ` : ""
  return instead?.length ? `${place}${ended(problem)} Instead: ${instead.join(", ")}` : `${place}${problem}`
}

/** What was heard, in a few lines. */
export function heardInWords({ plays, bpm, sounds, errors, warnings }: Heard): string {
  const lines = [
    plays
      ? `It plays${bpm ? ` at ${bpm} bpm` : ""}${sounds.length > 0 ? `: ${sounds.join(", ")}` : ""}.`
      : "It does not play.",
    ...errors.map((finding) => `Error: ${findingInWords(finding)}`),
    ...warnings.map((finding) => `Note: ${findingInWords(finding)}`),
  ]
  return lines.join("\n")
}
