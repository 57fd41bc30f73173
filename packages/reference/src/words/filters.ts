import type { Row, Section } from "./row.ts"

const kinds = [
  { prefix: "lp", name: "low-pass", cutoff: "lpf" },
  { prefix: "hp", name: "high-pass", cutoff: "hpf" },
  { prefix: "bp", name: "band-pass", cutoff: "bpf" },
] as const

/** The envelope and the modulation of each of the filters. */
const modulation: Row[] = kinds.flatMap(({ prefix, name, cutoff }): Row[] => [
  [
    `${prefix}attack ${prefix}a`,
    "seconds: number",
    `How long the ${name} filter's envelope rises.`,
    ".1",
    "filter envelope, pluck, sweep",
  ],
  [
    `${prefix}decay ${prefix}d`,
    "seconds: number",
    `How long the ${name} filter's envelope falls to its sustain.`,
    ".2",
    "filter envelope, pluck, acid",
  ],
  [
    `${prefix}sustain ${prefix}s`,
    "level: 0..1",
    `The level that the ${name} filter's envelope holds.`,
    ".3",
    "filter envelope",
  ],
  [
    `${prefix}release ${prefix}r`,
    "seconds: number",
    `How long the ${name} filter's envelope falls after the end.`,
    ".2",
    "filter envelope",
  ],
  [
    `${prefix}env ${prefix}e`,
    "octaves: number",
    `How far the envelope moves the ${name} filter.`,
    "4",
    "filter envelope, acid, pluck, wow",
  ],
  [`${prefix}rate`, "hertz: number", `How fast an LFO moves the ${name} filter.`, "2", "filter lfo, wobble"],
  [
    `${prefix}sync`,
    "cycles: number",
    `How fast an LFO moves the ${name} filter, in turns of a cycle.`,
    "4",
    "filter lfo, wobble, dubstep, tempo sync",
  ],
  [
    `${prefix}depth`,
    "amount: number",
    `How far the LFO moves the ${name} filter, as a share of ${cutoff}.`,
    ".5",
    "filter lfo, wobble",
  ],
  [
    `${prefix}depthfrequency ${prefix}depthfreq`,
    "hertz: number",
    `How far the LFO moves the ${name} filter, in hertz.`,
    "400",
    "filter lfo",
  ],
  [`${prefix}shape`, "shape: number", `The wave of the ${name} filter's LFO.`, "1", "filter lfo"],
  [`${prefix}dc`, "offset: number", `How the ${name} filter's LFO is shifted.`, "0", "filter lfo"],
  [`${prefix}skew`, "amount: 0..1", `How the ${name} filter's LFO leans.`, ".3", "filter lfo"],
])

export const filters: Section = {
  topic: "filters",
  base: 'note("c2 eb2 g2 bb2").s("sawtooth").lpf(900)',
  rows: [
    [
      "lpf cutoff ctf lp",
      "hertz: number",
      "A low-pass filter: takes away what is above a frequency.",
      "sine.range(300, 3000)",
      "low-pass, lowpass, darker, muffled, underwater, warm, dull, filter sweep",
    ],
    [
      "lpq resonance",
      "q: 0..50",
      "How much the low-pass filter rings at its frequency.",
      "8",
      "resonance, acid, squelch",
    ],
    [
      "hpf hcutoff hp",
      "hertz: number",
      "A high-pass filter: takes away what is below a frequency.",
      "400",
      "high-pass, highpass, thinner, remove bass, low cut, radio",
    ],
    ["hpq hresonance", "q: 0..50", "How much the high-pass filter rings at its frequency.", "8", "resonance"],
    [
      "bpf bandf bp",
      "hertz: number",
      "A band-pass filter: keeps what is around a frequency.",
      "1000",
      "band-pass, bandpass, telephone, radio, nasal",
    ],
    ["bpq bandq", "q: number", "How narrow the band-pass filter is.", "4", "resonance, narrow band"],
    [
      "ftype",
      "kind: 12db | ladder | 24db",
      "Which kind of filter is used.",
      '"ladder"',
      "filter type, steep, moog, acid",
    ],
    ["fanchor", "position: 0..1", "Where in its range the filter's envelope rests.", ".5", "filter envelope"],
    [
      "djf",
      "position: 0..1",
      "A DJ's filter: below .5 a low-pass, above a high-pass.",
      '"<.3 .7>"',
      "dj filter, build up, sweep, transition",
    ],
    ["vowel", "vowel: a e i o u …", "A filter that speaks a vowel.", '"<a e i o>"', "formant, voice, talking, choir"],
    ["kcutoff", "hertz: number", "A filter of SuperDirt.", "500", "filter"],
    ...modulation,
  ],
}
