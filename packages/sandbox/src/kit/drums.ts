import { fall, filter, noise, render, sine } from "./signal.ts"

interface Membrane {
  seconds: number
  /** Hertz at the stroke and after it. */
  from: number
  to: number
  /** Seconds in which the pitch falls. */
  bend: number
  click?: number
  drive?: number
  peak?: number
}

/** A skin that is struck: a sine whose pitch falls, and the stroke itself. */
export function membrane({ seconds, from, to, bend, click = 0.3, drive = 1, peak = 0.95 }: Membrane) {
  const tone = sine()
  const stroke = noise(7)
  const soften = filter(3_200, 0.7)
  return render(seconds, peak, (time) => {
    const body = Math.tanh(drive * tone(to + (from - to) * fall(time, bend))) * fall(time, seconds)
    return body + click * soften(stroke()).low * fall(time, 0.012)
  })
}

interface Snare {
  seconds: number
  pitch: number
  /** Share of the wires under the skin. */
  wires: number
  seed: number
}

export function snare({ seconds, pitch, wires, seed }: Snare) {
  const low = sine()
  const high = sine()
  const rattle = noise(seed)
  const cut = filter(1_400, 0.8)
  return render(seconds, 0.85, (time) => {
    const bend = 1 + 0.6 * fall(time, 0.05)
    const skin = (low(pitch * bend) + 0.6 * high(pitch * 1.68 * bend)) * fall(time, 0.16)
    return 0.55 * skin + wires * cut(rattle()).high * fall(time, seconds)
  })
}

interface Cymbal {
  seconds: number
  /** Hertz below which nothing is left. */
  cut: number
  /** Share of the metal's own tones beside the noise. */
  ring: number
  attack?: number
  peak?: number
  seed: number
}

/** Six square waves that fit no scale, as in the machines of the eighties, and noise. */
const metal = [2_050, 3_072, 4_190, 5_412, 6_533, 8_127]

export function cymbal({ seconds, cut, ring, attack = 0.0005, peak = 0.6, seed }: Cymbal) {
  const hiss = noise(seed)
  const high = filter(cut, 0.9)
  const higher = filter(cut, 0.7)
  return render(seconds, peak, (time) => {
    const tones = metal.reduce((sum, frequency) => sum + ((time * frequency) % 1 < 0.5 ? 1 : -1), 0) / metal.length
    const mixed = ring * tones + (1 - ring) * hiss()
    return higher(high(mixed).high).high * fall(time, seconds) * Math.min(1, time / attack)
  })
}

/** Hands that do not meet at the same time, then the room. */
export function clap(seconds: number, hands: number[]) {
  const air = noise(9)
  const first = filter(1_150, 1.6)
  const second = filter(1_700, 0.9)
  const last = hands.at(-1) ?? 0
  return render(seconds, 0.8, (time) => {
    const near = hands.reduce((loudest, at) => Math.max(loudest, time < at ? 0 : fall(time - at, 0.028)), 0)
    const room = time < last ? 0 : 0.7 * fall(time - last, seconds)
    const breath = air()
    return (first(breath).band + 0.5 * second(breath).band) * Math.max(near, room)
  })
}

interface Block {
  seconds: number
  /** Hertz of what rings. */
  tones: number[]
  square?: boolean
  peak?: number
}

/** Wood, metal or plastic that rings at a few frequencies. */
export function block({ seconds, tones, square = false, peak = 0.6 }: Block) {
  const voices = tones.map(() => sine())
  const soften = filter(Math.max(...tones) * 1.5, 0.9)
  return render(seconds, peak, (time) => {
    const sum = voices.reduce((total, voice, index) => {
      const value = voice(tones[index] ?? 0)
      return total + (square ? Math.sign(value) : value)
    }, 0)
    return (square ? soften(sum).low : sum) * fall(time, seconds)
  })
}

interface Shaken {
  seconds: number
  centre: number
  /** Seconds until it is loudest. */
  swell: number
  /** Hertz of little bells, if it has some. */
  jingles?: number[]
  peak?: number
  seed: number
}

/** Grains in a shell, with jingles or without. */
export function shaken({ seconds, centre, swell, jingles = [], peak = 0.5, seed }: Shaken) {
  const grains = noise(seed)
  const shell = filter(centre, 1.3)
  const bells = jingles.map(() => sine())
  return render(seconds, peak, (time) => {
    const bell = bells.reduce((sum, voice, index) => sum + voice(jingles[index] ?? 0), 0)
    const loudness = Math.min(1, time / swell) * fall(time, seconds)
    return (shell(grains()).band + 0.12 * bell) * loudness
  })
}
