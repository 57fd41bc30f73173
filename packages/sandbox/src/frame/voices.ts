import { colourOf } from "@strudel-agent/strudel/colour"
import { superdough } from "superdough/index.mjs"
import type { Sounding } from "../protocol.ts"
import type { Hap } from "./answers.ts"
import { cleanControls } from "./controls.ts"
import type { OwnSounds, Sounds } from "./sounds.ts"

/** Seconds by which an event may be late and still be played at once. */
const grace = 0.06
/** Seconds that superdough gets for an event at least. */
const margin = 0.005
/** Seconds from now at which an event is played that came too late by a hair. */
const retry = 0.03
/** Seconds by which superdough begins a sound earlier that is stretched, since that takes as long to be heard. */
export const stretching = 0.04
/** The most events a second that a clip may play. */
export const mostEventsPerSecond = 1_000
const longest = 3_600

export interface Voicing {
  key: string
  channel: string
  own: OwnSounds
  /** Seconds of the audio clock at which the window begins, its first cycle, and cycles per second. */
  time: number
  begin: number
  rate: number
  /** Milliseconds since 1970 of a time of the audio clock. */
  heardAt(time: number): number
}

/** Hands events to superdough in the order of their beginning; returns those that will be heard. */
export async function voice(haps: Hap[], sounds: Sounds, voicing: Voicing): Promise<Sounding[]> {
  const { key, channel, own, time, begin, rate, heardAt } = voicing
  const heard: Sounding[] = []
  for (const hap of haps) {
    const planned = time + (hap.begin - begin) / rate
    const now = sounds.context?.currentTime ?? 0
    if (planned < now - grace) continue
    const controls = sounds.prepare(cleanControls(hap.value), own)
    if (!controls) continue
    const early = controls.stretch === undefined ? 0 : stretching
    // A render's clock stands still while it is told what comes next.
    const at = sounds.waits ? planned : Math.max(planned, now + margin + early)
    const seconds = Math.min(longest, Math.max(0.001, (hap.until - hap.begin) / rate))
    const orbit = `${channel}:${String(controls.orbit ?? 1)}`
    const gain = typeof controls.gain === "number" ? controls.gain : 0.8
    heard.push({
      key,
      begin: hap.begin,
      end: hap.end,
      at: heardAt(at),
      until: heardAt(at + seconds),
      sound: hap.sound,
      note: hap.note,
      gain,
      colour: colourOf(hap.sound ?? ""),
      locations: hap.locations,
    })
    const sound = { ...controls, orbit }
    // What one event does wrong concerns no other.
    const played = superdough({ ...sound }, at, seconds, rate, hap.begin).catch(() => {})
    // superdough leaves out what the clock has overtaken in the meantime: a long note would be missed for long.
    const late = sounds.context?.currentTime ?? 0
    const again = late > at - early && !sounds.waits
    if (again) superdough({ ...sound }, late + retry + early, seconds, rate, hap.begin).catch(() => {})
    if (sounds.waits) await played
  }
  return heard
}
