import { encodeWav } from "../wav.ts"
import { block, clap, cymbal, membrane, shaken, snare } from "./drums.ts"
import { kitRate } from "./signal.ts"

type Make = () => Float32Array<ArrayBuffer>

/** The drums that are there without any file; variants are chosen with `n`. Each is computed when it is first heard. */
const drums: { [name: string]: Make[] } = {
  bd: [
    () => membrane({ seconds: 0.45, from: 260, to: 48, bend: 0.09, click: 0.35, drive: 1.6 }),
    () => membrane({ seconds: 0.9, from: 150, to: 43, bend: 0.12, click: 0.12 }),
    () => membrane({ seconds: 0.28, from: 420, to: 58, bend: 0.06, click: 0.6, drive: 2.6 }),
  ],
  sd: [
    () => snare({ seconds: 0.24, pitch: 185, wires: 0.8, seed: 5 }),
    () => snare({ seconds: 0.34, pitch: 165, wires: 1.1, seed: 6 }),
    () => snare({ seconds: 0.14, pitch: 230, wires: 0.55, seed: 8 }),
  ],
  hh: [
    () => cymbal({ seconds: 0.075, cut: 7_000, ring: 0.45, seed: 3 }),
    () => cymbal({ seconds: 0.11, cut: 5_600, ring: 0.3, seed: 4 }),
    () => cymbal({ seconds: 0.045, cut: 8_200, ring: 0.6, seed: 2 }),
  ],
  oh: [
    () => cymbal({ seconds: 0.5, cut: 6_300, ring: 0.45, seed: 13 }),
    () => cymbal({ seconds: 0.32, cut: 7_200, ring: 0.3, seed: 14 }),
  ],
  cp: [() => clap(0.22, [0, 0.011, 0.022, 0.031]), () => clap(0.34, [0, 0.014, 0.027])],
  rim: [() => block({ seconds: 0.045, tones: [1_720, 2_480, 480], square: true, peak: 0.7 })],
  lt: [() => membrane({ seconds: 0.5, from: 165, to: 82, bend: 0.12, click: 0.12, peak: 0.85 })],
  mt: [() => membrane({ seconds: 0.42, from: 235, to: 122, bend: 0.1, click: 0.12, peak: 0.85 })],
  ht: [() => membrane({ seconds: 0.34, from: 330, to: 178, bend: 0.09, click: 0.12, peak: 0.85 })],
  cr: [() => cymbal({ seconds: 1.8, cut: 3_800, ring: 0.22, attack: 0.002, peak: 0.65, seed: 21 })],
  rd: [() => cymbal({ seconds: 1.1, cut: 5_200, ring: 0.62, peak: 0.5, seed: 22 })],
  cb: [() => block({ seconds: 0.28, tones: [562, 845], square: true })],
  sh: [() => shaken({ seconds: 0.13, centre: 6_800, swell: 0.03, seed: 31 })],
  tb: [() => shaken({ seconds: 0.26, centre: 8_500, swell: 0.004, jingles: [6_100, 7_900, 9_400], seed: 32 })],
  perc: [
    () => membrane({ seconds: 0.16, from: 560, to: 340, bend: 0.05, click: 0.4, peak: 0.75 }),
    () => block({ seconds: 0.12, tones: [1_100, 1_630], peak: 0.6 }),
  ],
  cl: [() => block({ seconds: 0.06, tones: [2_500, 2_520], peak: 0.7 })],
  wb: [() => block({ seconds: 0.07, tones: [880, 1_310], peak: 0.7 })],
  ma: [() => shaken({ seconds: 0.06, centre: 7_600, swell: 0.008, seed: 33 })],
  misc: [() => shaken({ seconds: 0.1, centre: 2_600, swell: 0.002, seed: 34 })],
}

export const kitNames: readonly string[] = Object.keys(drums)

/** Under this begins every address of a drum. */
export const kitScheme = "kit:"

/** The addresses of a drum's variants, null if there is no such drum. */
export function kitAddresses(name: string): string[] | null {
  if (!Object.hasOwn(drums, name)) return null
  return (drums[name] ?? []).map((_, index) => `${kitScheme}${name}/${index}`)
}

/** A drum as a WAV file, the same at every call; null if there is no such address. */
export function kitFile(address: string): ArrayBuffer | null {
  const [, name = "", index = ""] = /^kit:([a-z]+)\/(\d+)$/.exec(address) ?? []
  const make = Object.hasOwn(drums, name) ? drums[name]?.[Number(index)] : undefined
  return make ? encodeWav([make()], kitRate) : null
}
