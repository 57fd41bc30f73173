import { colourOf } from "@strudel-agent/strudel/colour"
import { superdough } from "superdough/index.mjs"
import { mostEventsIn } from "../limits.ts"
import type { Sounding } from "../protocol.ts"
import type { Hap } from "./clips/answers.ts"
import type { ClipOutput } from "./limits/clip-output.ts"
import { type Clamped, limitControls, limitSound } from "./limits/limit-controls.ts"
import { leftOut } from "./mixing/left-out.ts"
import type { OwnSounds, Sounds } from "./sounds/sounds.ts"

/** Seconds by which an event may be late and still be played at once. */
const grace = 0.06
/** Seconds that superdough gets for an event at least. */
const margin = 0.005
/** Seconds from now at which an event is played that the clock overtook, besides what making it took: longer than its steps are. */
const retry = 0.015
/** How often an event is played again, and how late: seconds after its time, and for a long one a part of its length. */
const retries = 4
const latest = { seconds: 0.25, part: 0.25 }
/** How much longer than the first time making a sound may take the next time. */
const spread = 1.25
/** Milliseconds after which the next event no longer waits for one that takes its time. */
const loadTimeout = 10
/** Seconds by which superdough begins a sound earlier that is stretched, since that takes as long to be heard. */
export const stretching = 0.04
const longest = 3_600
/** Milliseconds of this thread after which others have their turn. */
const breath = 8

export interface VoiceOptions {
  output: ClipOutput
  own: OwnSounds
  /** Seconds of the audio clock at which the window begins, its first cycle and its last, and cycles per second. */
  time: number
  begin: number
  end: number
  rate: number
  /** Milliseconds since 1970 of a time of the audio clock. */
  heardAt(time: number): number
  /** Whether its take still has a place to sound in. */
  isWanted(): boolean
}

/** One event after the other, of all clips: what superdough leaves out, it tells without saying which it was. */
let turn: Promise<unknown> = Promise.resolve()

/** Hands events to superdough in the order of their beginning; returns those that will be heard. */
export async function voice(haps: Hap[], sounds: Sounds, voices: VoiceOptions): Promise<Sounding[]> {
  const { output, begin, end, rate } = voices
  // An event is too late by when it came, not by how long those before it took.
  const tooLate = (sounds.context?.currentTime ?? 0) - grace
  const due = haps.filter((hap) => plannedOf(hap, voices) >= tooLate)
  const most = mostEventsIn((end - begin) / rate)
  if (due.length > most) output.limited({ kind: "dropped" })
  const turns = due.slice(0, most).map((hap) => {
    const mine = turn.then(() => strike(hap, sounds, voices))
    turn = mine.catch(() => {}).then(() => rest(sounds))
    return mine
  })
  return (await Promise.all(turns)).filter((sounding) => sounding !== null)
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

let rested = 0

/** Lets the thread do something else now and then; a timer would wait too long in a page that is not seen. */
async function rest({ waits }: Sounds): Promise<void> {
  if (waits || performance.now() - rested < breath) return
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
  rested = performance.now()
}

/** Seconds of the audio clock at which an event is to be heard. */
const plannedOf = (hap: Hap, { time, begin, rate }: VoiceOptions): number => time + (hap.begin - begin) / rate

/** An event as superdough is to get it, within what it may be and what is left for its clip; null for one that is not played. */
function readied(hap: Hap, seconds: number, { sounds, voices }: { sounds: Sounds; voices: VoiceOptions }) {
  const { output, own } = voices
  const limited = limitControls(hap.value)
  const controls = sounds.prepare(limited.controls, own)
  if (!controls) return null
  const { clamped, ...within } = limitSound(controls, seconds)
  output.clamped(together(limited.clamped, clamped))
  const due = { at: plannedOf(hap, voices), seconds: within.seconds, sampleSeconds: sounds.secondsOf(within.controls) }
  const sound = output.take(within.controls, due)
  return sound && { sound, seconds: within.seconds }
}

/** Controls that are limited twice are played as they were the second time. */
const together = (some: Clamped[], others: Clamped[]): Clamped[] => [
  ...some.map((one) => ({ ...one, used: others.find(({ control }) => control === one.control)?.used ?? one.used })),
  ...others,
]

/** Plays an event; null for one that is silent, or too late by now. */
async function strike(hap: Hap, sounds: Sounds, voices: VoiceOptions): Promise<Sounding | null> {
  const { output, rate, heardAt } = voices
  const clock = () => sounds.context?.currentTime ?? 0
  const planned = plannedOf(hap, voices)
  if (!voices.isWanted()) return null
  const seconds = Math.min(longest, Math.max(0.001, (hap.until - hap.begin) / rate))
  const ready = readied(hap, seconds, { sounds, voices })
  if (!ready) return null
  const { sound } = ready
  const tapped = output.taps.controlsOf(hap.visuals)
  const early = sound.stretch === undefined ? 0 : stretching
  // What one event does wrong concerns no other.
  let failed = false
  const play = (at: number) =>
    superdough({ ...sound, ...tapped }, at, ready.seconds, rate, hap.begin).catch(() => {
      failed = true
    })
  const playSoon = (at: number) => Promise.race([play(at), pause(loadTimeout)])
  // A render's clock stands still while it is told what comes next.
  const last = planned + Math.max(latest.seconds, seconds * latest.part)
  let at = planned
  if (sounds.waits) await play(at)
  else {
    at = Math.max(planned, clock() + margin + early)
    if (at > last) return null
    for (let left = retries; ; left--) {
      const before = leftOut()
      const begun = performance.now()
      await playSoon(at)
      if (leftOut() === before) break
      // A sound that took long to make will take as long again.
      at = clock() + retry + (spread * (performance.now() - begun)) / 1000 + early
      if (left === 0 || at > last || !voices.isWanted()) return null
    }
  }
  if (failed) return null
  return {
    key: output.key,
    begin: hap.begin,
    end: hap.end,
    at: heardAt(at),
    until: heardAt(at + seconds),
    sound: hap.sound,
    note: hap.note,
    gain: typeof sound.gain === "number" ? sound.gain : 0.8,
    colour: colourOf(hap.sound ?? ""),
    locations: hap.locations,
  }
}
