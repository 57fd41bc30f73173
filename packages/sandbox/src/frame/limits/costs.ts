import type { Controls } from "../sounds/sounds.ts"
import { isOscillator, isZzfx } from "./limit-controls.ts"

/**
 * What an event costs, as measured on a slow machine: `sounding` in thousandths of the processor core that computes all
 * sound, while it is heard; `making` in milliseconds of the frame's own thread, before.
 */
export interface Cost {
  sounding: number
  making: number
}

/** What sources cost. */
const sources: ReadonlyMap<string, Cost> = new Map([
  ["supersaw", { sounding: 12, making: 0.6 }],
  ["pulse", { sounding: 30, making: 0.8 }],
  ["bytebeat", { sounding: 8, making: 1 }],
  // Computed anew for each event.
  ["crackle", { sounding: 1, making: 4 }],
  ["sbd", { sounding: 2, making: 4 }],
])
const usual: Cost = { sounding: 1, making: 0.6 }

const perVoice = 2.2
const perByteBeatSign = 0.05
const perZzfxSecond = 20
/** Setting up a wave of partials, and copying a second of a sample to play it reversed. */
const wave = 6
const reversing = 1.5

/** What effects cost, each with a node of its own. */
const effects: ReadonlyMap<string, number> = new Map([
  ...["cutoff", "hcutoff", "bandf", "vib", "pan"].map((name) => [name, 1] as const),
  ...["lprate", "lpsync", "hprate", "hpsync", "bprate", "bpsync"].map((name) => [name, 8] as const),
  ...["lpdepth", "hpdepth", "bpdepth", "pwrate", "wtrate", "warprate"].map((name) => [name, 8] as const),
  ...["crush", "coarse", "shape", "compressor", "noise"].map((name) => [name, 4] as const),
  ...["tremolo", "tremolosync", "transient"].map((name) => [name, 6] as const),
  ...["vowel", "phaserrate"].map((name) => [name, 8] as const),
  ["distort", 6],
  // Transforms of 2,048 samples for each 128.
  ["stretch", 125],
])
const perNode = 0.2
const perConnection = 1.5

const modulators: ReadonlyMap<string, number> = new Map([
  ["lfo", 11],
  ["env", 34],
  ["bmod", 3],
])

/** Of a room, for each second of its size. */
const perRoomSecond = 37
const delay = 5
/** What stays at an orbit once an event had it. */
export const perOrbit: ReadonlyMap<string, number> = new Map([
  ["delay", delay],
  ["djf", 21],
])

export const isRecord = (value: unknown): value is Controls => typeof value === "object" && value !== null

const usualRoom = 2
export const roomSizeOf = ({ roomsize }: Controls): number => (typeof roomsize === "number" ? roomsize : usualRoom)

/** What an event costs whose sample, where it has one, is so many seconds long. */
export function costOf(controls: Controls, seconds: number, sampleSeconds: number): Cost {
  const cost = ofSource(controls, { seconds, sampleSeconds })
  add(cost, ofEffects(controls))
  const { FX } = controls
  if (!Array.isArray(FX)) return cost
  for (const link of FX) {
    if (!isRecord(link)) continue
    add(cost, { sounding: 0.5, making: 0.3 })
    add(cost, ofEffects(link))
    if (link.delay) cost.sounding += delay
    if (link.room) add(cost, { sounding: perRoomSecond * roomSizeOf(link), making: 120 })
  }
  return cost
}

function add(cost: Cost, more: Cost) {
  cost.sounding += more.sounding
  cost.making += more.making
}

function ofSource(controls: Controls, { seconds, sampleSeconds }: { seconds: number; sampleSeconds: number }): Cost {
  const { s, unison, byteBeatExpression, partials, n, speed } = controls
  const cost = { ...((typeof s === "string" && sources.get(s)) || usual) }
  if (s === "supersaw") cost.sounding += perVoice * (typeof unison === "number" ? unison : 5)
  else if (typeof unison === "number") cost.sounding += perVoice * unison
  if (s === "bytebeat" && typeof byteBeatExpression === "string") {
    cost.sounding += perByteBeatSign * byteBeatExpression.length
  }
  if (isZzfx(s)) cost.making += perZzfxSecond * (seconds + 0.1)
  if (isOscillator(s) && (partials !== undefined || n !== undefined)) cost.making += wave
  if (typeof speed === "number" && speed < 0) cost.making += reversing * sampleSeconds
  return cost
}

function ofEffects(controls: Controls): Cost {
  const cost = { sounding: 0, making: 0 }
  for (const [name, value] of Object.entries(controls)) {
    const own = effects.get(name)
    if (own !== undefined) add(cost, { sounding: own, making: perNode })
    else if (/^fmi\d*$/.test(name)) add(cost, { sounding: perConnection, making: perNode })
    const each = modulators.get(name)
    if (each === undefined || !isRecord(value) || !Array.isArray(value.__ids)) continue
    add(cost, { sounding: each * value.__ids.length, making: value.__ids.length })
  }
  return cost
}

/** Seconds that an event holds its voice: a sample that is not held otherwise, as long as it is. */
export function heldFor(
  controls: Controls,
  { seconds, sampleSeconds }: { seconds: number; sampleSeconds: number },
): number {
  const { clip, loop, release, FXrelease, note, speed = 1, begin = 0, end = 1 } = controls
  const fading = Math.max(numberOr(release, 0.01), numberOr(FXrelease, 0))
  const isHeld = clip !== undefined || loop !== undefined || release !== undefined
  if (sampleSeconds === 0 || isHeld) return seconds + fading
  const rate = Math.abs(numberOr(speed, 1)) * 2 ** ((numberOr(note, middle) - middle) / 12)
  const part = Math.max(0, numberOr(end, 1) - numberOr(begin, 0))
  return Math.min(longest, (part * sampleSeconds) / Math.max(rate, 1 / 64)) + fading
}

/** The pitch at which a sample is played as it is. */
const middle = 36
const longest = 3_600

const numberOr = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise)
