import { bands, type Masked, mostHeard } from "../heard.ts"
import { monoOf, type Sound } from "./sound.ts"
import { spectra } from "./spectra.ts"

const size = 2_048
const hop = 1_024
/** Critical bands of hearing, which are one Bark wide (E. Zwicker, 1961). */
const barks = 25
/** Decibels by which a sound is below what masks it in the same band, and how much less it masks per Bark, up and down. */
const offset = 6
const slope = { up: 10, down: 25 }
/** The part of its energy that a sound must lose to be told as masked, and the power below which it is silent. */
const least = { part: 0.3, power: 1e-7 }

/** A sound by itself, as one of several that sound together. */
export interface Layer {
  name: string
  sound: Sound
}

/** Who masks whom: sounds of which much is not heard beside another one, the most first. */
export function maskedOf(layers: Layer[]): Masked[] {
  const excitations = layers.map(({ name, sound }) => ({ name, frames: excitationOf(sound) }))
  const found = excitations.flatMap((one) =>
    excitations.flatMap((other) => (one === other ? [] : (maskedBy(one, other) ?? []))),
  )
  return found.sort((one, other) => other.part - one.part).slice(0, mostHeard.masked)
}

interface Excitation {
  name: string
  /** The power in each Bark, and what that masks, frame by frame. */
  frames: { power: Float64Array; masks: Float64Array }[]
}

function maskedBy(one: Excitation, other: Excitation): Masked | null {
  const lost = new Float64Array(barks)
  let all = 0
  for (const [index, { power }] of one.frames.entries()) {
    const masks = other.frames[index]?.masks
    for (let bark = 0; bark < barks; bark++) {
      const value = power[bark] ?? 0
      if (value < least.power) continue
      all += value
      if (value < (masks?.[bark] ?? 0)) lost[bark] = (lost[bark] ?? 0) + value
    }
  }
  const part = all > 0 ? lost.reduce((sum, value) => sum + value, 0) / all : 0
  if (part < least.part) return null
  const most = lost.indexOf(Math.max(...lost))
  return { name: one.name, by: other.name, part: Math.round(part * 100) / 100, band: bandOf(middleOf(most)) }
}

function excitationOf(sound: Sound): Excitation["frames"] {
  const barkOf = Array.from({ length: size / 2 + 1 }, (_, bin) => barkOfFrequency((bin * sound.sampleRate) / size))
  const frames: Excitation["frames"] = []
  for (const { power } of spectra(monoOf(sound), { size, hop })) {
    const inBarks = new Float64Array(barks)
    for (const [bin, value] of power.entries()) {
      const bark = Math.min(barks - 1, Math.floor(barkOf[bin] ?? 0))
      inBarks[bark] = (inBarks[bark] ?? 0) + value
    }
    frames.push({ power: inBarks, masks: spread(inBarks) })
  }
  return frames
}

/** What a spectrum masks: it spreads to the bands above more than to those below. */
function spread(power: Float64Array): Float64Array {
  const masks = new Float64Array(barks)
  for (const [from, value] of power.entries()) {
    if (value < least.power) continue
    for (let to = 0; to < barks; to++) {
      const decibels = offset + (to >= from ? slope.up * (to - from) : slope.down * (from - to))
      masks[to] = (masks[to] ?? 0) + value * 10 ** (-decibels / 10)
    }
  }
  return masks
}

/** H. Traunmüller, "Analytical expressions for the tonotopic sensory scale", 1990. */
const barkOfFrequency = (frequency: number): number => Math.max(0, (26.81 * frequency) / (1_960 + frequency) - 0.53)
const middleOf = (bark: number): number => (1_960 * (bark + 1.03)) / (26.28 - (bark + 0.5))
const bandOf = (frequency: number) => bands.find(({ to }) => frequency < to)?.name ?? "highs"
