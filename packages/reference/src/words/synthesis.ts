import type { Row, Section } from "./row.ts"

const operators = ["", "2", "3", "4", "5", "6", "7", "8"]

/** A word for each of the eight operators, the first of which goes without its number, too. */
const family = (...stems: string[]): string =>
  operators
    .flatMap((number) => stems.map((stem) => `${stem}${number}`))
    .concat(stems.map((stem) => `${stem}1`))
    .join(" ")

const eight = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const matrix = eight.flatMap((from) => eight.flatMap((to) => [`fmi${from}${to}`, `fm${from}${to}`])).join(" ")

/** The envelope and the LFO of the wavetable's position (wt) and of its bending (warp). */
const wavetable: Row[] = (["wt", "warp"] as const).flatMap((prefix): Row[] => {
  const what = prefix === "wt" ? "the position in the wavetable" : "the bending of the wavetable"
  return [
    [
      `${prefix}attack ${prefix}att`,
      "seconds: number",
      `How long the envelope of ${what} rises.`,
      ".1",
      "wavetable envelope",
    ],
    [
      `${prefix}decay ${prefix}dec`,
      "seconds: number",
      `How long the envelope of ${what} falls.`,
      ".1",
      "wavetable envelope",
    ],
    [
      `${prefix}sustain ${prefix}sus`,
      "level: 0..1",
      `The level that the envelope of ${what} holds.`,
      ".5",
      "wavetable envelope",
    ],
    [
      `${prefix}release ${prefix}rel`,
      "seconds: number",
      `How long the envelope of ${what} falls after the end.`,
      ".1",
      "wavetable envelope",
    ],
    [`${prefix}env`, "amount: number", `How far the envelope moves ${what}.`, ".5", "wavetable envelope"],
    [`${prefix}rate`, "hertz: number", `How fast an LFO moves ${what}.`, "2", "wavetable lfo"],
    [`${prefix}sync`, "cycles: number", `How often a cycle an LFO moves ${what}.`, "2", "wavetable lfo"],
    [`${prefix}depth`, "amount: number", `How far the LFO moves ${what}.`, ".5", "wavetable lfo"],
    [`${prefix}shape`, "shape: number", `The wave of the LFO of ${what}.`, "1", "wavetable lfo"],
    [`${prefix}dc`, "offset: number", `How the LFO of ${what} is shifted.`, "0", "wavetable lfo"],
    [`${prefix}skew`, "amount: 0..1", `How the LFO of ${what} leans.`, ".3", "wavetable lfo"],
  ]
})

export const synthesis: Section = {
  topic: "synthesis",
  base: 'note("c3 eb3 g3 bb3").s("sine")',
  rows: [
    [
      family("fm", "fmi"),
      "amount: number",
      "How much an oscillator's frequency is modulated: the brightness of FM; a number names the operator.",
      "4",
      "fm synthesis, bell, metallic, bright, dx7, electric piano",
    ],
    [
      family("fmh"),
      "ratio: number",
      "The ratio of the modulator's frequency to the note's; whole numbers sound in tune.",
      "2",
      "fm harmonicity, bell",
    ],
    [family("fmattack", "fmatt"), "seconds: number", "How long the modulation's envelope rises.", ".1", "fm envelope"],
    [
      family("fmdecay", "fmdec"),
      "seconds: number",
      "How long the modulation's envelope falls.",
      ".1",
      "fm envelope, pluck, bell",
    ],
    [
      family("fmsustain", "fmsus"),
      "level: 0..1",
      "The level that the modulation's envelope holds.",
      ".3",
      "fm envelope",
    ],
    [
      family("fmrelease", "fmrel"),
      "seconds: number",
      "How long the modulation's envelope falls after the end.",
      ".2",
      "fm envelope",
    ],
    [
      family("fmenv"),
      "kind: lin | exp",
      "Whether the modulation's envelope moves on a line or a curve.",
      '"exp"',
      "fm envelope",
    ],
    [family("fmwave"), "wave: text", "The wave of the modulator.", '"square"', "fm wave"],
    [
      matrix,
      "amount: number",
      "How much one FM operator modulates another: fmi12 is from the first to the second, and 0 is what is heard.",
      "2",
      "fm matrix, operators",
    ],
    ["wt wavetablePosition", "position: 0..1", "The position in a wavetable.", ".5", "wavetable, timbre"],
    ["warp wavetableWarp", "amount: 0..1", "How much the wavetable is bent.", ".5", "wavetable, timbre"],
    ["warpmode wavetableWarpMode", "mode: text", "How the wavetable is bent.", '"spin"', "wavetable"],
    ["wtphaserand wavetablePhaseRand", "amount: 0..1", "How random the beginning of the wave is.", ".5", "wavetable"],
    ...wavetable,
  ],
}
