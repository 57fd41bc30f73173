import { chords, dictionaries } from "./chords.ts"
import type { Entry, EntryKind } from "./entry.ts"
import { isValue } from "./forms.ts"
import { notation } from "./notation.ts"
import { scales } from "./scales.ts"
import { banks, drums, type SoundRow, soundfonts, synths } from "./sounds.ts"
import { chance } from "./words/chance.ts"
import { choice } from "./words/choice.ts"
import { combine } from "./words/combine.ts"
import { effects } from "./words/effects.ts"
import { envelopes } from "./words/envelopes.ts"
import { filters } from "./words/filters.ts"
import { numbers } from "./words/numbers.ts"
import { devices, outside } from "./words/outside.ts"
import { looks, page, visuals } from "./words/page.ts"
import type { Row, Section } from "./words/row.ts"
import { signals } from "./words/signals.ts"
import { sources } from "./words/sources.ts"
import { steps } from "./words/steps.ts"
import { synthesis } from "./words/synthesis.ts"
import { time } from "./words/time.ts"
import { tonal } from "./words/tonal.ts"

const functions = [time, combine, chance, choice, numbers, tonal, steps, page, visuals, looks, devices]
const controls = [sources, filters, envelopes, effects, synthesis, outside]

const phrases = (text: string | undefined): string[] => (text ? text.split(",").map((phrase) => phrase.trim()) : [])

/** The parameters of a row by their names alone. */
const parametersOf = (takes: string): string =>
  takes.startsWith("[") ? takes : takes.replace(/: [^,[\]]*(?=, [.\w]|$)/g, "").replace(/: \[.*$/, "")

const kindOf = (section: Section): EntryKind =>
  section === signals ? "signal" : controls.includes(section) ? "control" : "function"

function entryOf(section: Section, [names, takes, does, example, purposes]: Row): Entry {
  const [name = "", ...aliases] = names.split(" ")
  const kind = kindOf(section)
  return {
    name,
    kind,
    topic: section.topic,
    aliases,
    signature: isValue({ name, kind, takes }) ? name : `${name}(${parametersOf(takes)})`,
    takes,
    does,
    example: section.base === undefined ? example : `${section.base}.${name}(${example})`,
    purposes: phrases(purposes),
  }
}

const signOf = ([name, signature, does, example, purposes]: Row): Entry => ({
  ...{ name, kind: "notation", topic: "mini notation", aliases: [], signature, takes: "", does, example },
  purposes: phrases(purposes),
})

const soundOf =
  (topic: string, play: (name: string) => string) =>
  ([names, does, purposes]: SoundRow): Entry => {
    const [name = "", ...aliases] = names.split(" ")
    const signature = `s("${name}")`
    return {
      ...{ name, kind: "sound", topic, aliases, signature, takes: "", does, example: play(name) },
      purposes: phrases(purposes),
    }
  }

const withPitch = (name: string) => `note("c3 eb3 g3 bb3").s("${name}")`

const soundfontsOf = ([family, names]: (typeof soundfonts)[number]): Entry[] =>
  names.split(" ").map((name) => {
    const does = `${name.slice(3).replaceAll("_", " ")} of the General MIDI set; fetched where the network is on, else an oscillator plays.`
    const signature = `s("${name}")`
    const topic = "soundfonts"
    return {
      ...{ name, kind: "sound", topic, aliases: [], signature, takes: "", does, example: withPitch(name) },
      purposes: phrases(family),
    }
  })

const bankOf = ([name, purposes]: (typeof banks)[number]): Entry => ({
  ...{ name, kind: "bank", topic: "drum machines", aliases: [], signature: `bank("${name}")`, takes: "" },
  does: "A drum machine; fetched where the network is on, else the built-in drums play.",
  example: `s("bd sd [~ bd] sd, hh*8").bank("${name}")`,
  purposes: phrases(purposes),
})

function scaleOf([names, semitones, purposes]: (typeof scales)[number]): Entry {
  const [name = "", ...aliases] = names.split("|")
  const isPlain = /^[a-z -]+$/.test(name)
  const written = isPlain ? `"C:${name.replaceAll(" ", ":")}"` : `pure('C ${name.replaceAll("'", "\\'")}')`
  return {
    ...{ name, kind: "scale", topic: "scales", aliases, signature: `scale(${written})`, takes: "" },
    does: `A scale of ${semitones.split(" ").length} notes, ${semitones} semitones above its root.`,
    example: `n("0 .. 7").scale(${written})`,
    purposes: phrases(purposes),
  }
}

function chordOf([symbol, voicing, purposes]: (typeof chords)[number]): Entry {
  const name = `C${symbol}`
  // A plus sign means nothing in mini notation.
  const written = name.includes("+") ? `pure('${name}')` : `"${name}"`
  return {
    ...{ name, kind: "chord", topic: "chords", aliases: [], signature: `chord(${written})`, takes: "" },
    does: `A chord, such as ${voicing} above its root.`,
    example: `chord(${written}).voicing()`,
    purposes: phrases(purposes),
  }
}

/** All that the language of this build has, in the order in which it is told. */
export const entries: readonly Entry[] = [
  ...[...functions, signals, ...controls].flatMap((section) => section.rows.map((row) => entryOf(section, row))),
  ...notation.map(signOf),
  ...synths.map(soundOf("synths", withPitch)),
  ...drums.map(soundOf("drums", (name) => `s("${name}*4")`)),
  ...soundfonts.flatMap(soundfontsOf),
  ...banks.map(bankOf),
  ...scales.map(scaleOf),
  ...chords.map(chordOf),
]

/** Dictionaries of voicings, for `dict`. */
export const voicingDictionaries = dictionaries
