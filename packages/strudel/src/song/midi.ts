import { type MidiData, type MidiEvent, writeMidi } from "midi-file"
import type { Hap } from "../result.ts"
import { isSynth } from "../synths.ts"

export interface MidiOptions {
  /** The name of the first track. */
  name: string
  /** Cycles per second from a cycle on, the first from 0. */
  tempos: { cycle: number; cps: number }[]
  beatsPerCycle?: number
}

/** Ticks of a quarter note: halves, thirds, fifths, and all their usual fractions are whole. */
const ticksPerBeat = 960

/** Counted from 0: the tenth channel is for drums. */
const drumChannel = 9
const melodicChannels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15]

/** Keys of the drum channel (General MIDI 1, percussion key map) by the names Strudel has for drums. */
const drumKeys: Record<string, number> = {
  ...{ bd: 36, sbd: 36, kick: 36, sd: 38, snare: 38, rim: 37, cp: 39, clap: 39, hh: 42, hc: 42, oh: 46, ho: 46 },
  ...{ lt: 45, mt: 47, ht: 50, cr: 49, rd: 51, cb: 56, sh: 70, tb: 54, perc: 76 },
}

/** A sound without a pitch that is no drum plays middle C. */
const middleC = 60

interface Note {
  start: number
  end: number
  key: number
  velocity: number
}

/** The most microseconds of a beat that a tempo can say, in its three bytes. */
const slowest = 0xffffff
/** So many beats of a cycle leave room for the ticks of 4,096 cycles. */
const mostBeats = 64

/** Tempos as a MIDI file says them. */
export interface MidiTempos {
  /** More than asked for where a tempo would be too slow to be said: what lasts a cycle lasts as long. */
  beatsPerCycle: number
  /** Tempos that cannot be said even so, and what is written for them, in the beats a minute that were asked for. */
  beyond: { asked: number; written: number }[]
}

/** How a MIDI file says tempos; what lies beyond is further off than a hundredth. */
export function midiTempos(tempos: MidiOptions["tempos"], beatsPerCycle = 4): MidiTempos {
  const least = Math.min(...tempos.map(({ cps }) => cps))
  let beats = beatsPerCycle
  while (least * beats < 1_000_000 / slowest && beats * 2 <= mostBeats) beats *= 2
  const said = tempos.map(({ cps }) => ({
    asked: cps * beatsPerCycle * 60,
    written: (60_000_000 / microsecondsOf(cps * beats)) * (beatsPerCycle / beats),
  }))
  const beyond = said.filter(({ asked, written }) => Math.abs(written / asked - 1) > 0.01)
  return { beatsPerCycle: beats, beyond }
}

/**
 * A Standard MIDI File (format 1) of what plays: a track for each sound, drums on channel 10. Pitches between two keys are
 * rounded to the nearer one, what is silent has no note, and tempos are said as `midiTempos` tells.
 */
export function midiFile(haps: readonly Hap[], options: MidiOptions): Uint8Array<ArrayBuffer> {
  const { name, tempos } = options
  const { beatsPerCycle } = midiTempos(tempos, options.beatsPerCycle)
  const ticks = (cycles: number) => Math.max(0, Math.round(cycles * beatsPerCycle * ticksPerBeat))
  const sounds = new Map<string, Hap[]>()
  for (const hap of haps) {
    if (hap.sound === null || !isHeard(hap)) continue
    const own = sounds.get(hap.sound)
    if (own) own.push(hap)
    else sounds.set(hap.sound, [hap])
  }
  let melodic = 0
  const tracks = [...sounds].map(([sound, own]) => {
    const drum = own.every(({ note }) => note === null) ? drumKeys[drumName(sound)] : undefined
    const channel = drum === undefined ? (melodicChannels[melodic++ % melodicChannels.length] ?? 0) : drumChannel
    const notes = own.map((hap): Note => {
      const start = ticks(hap.begin)
      const key = drum ?? Math.min(127, Math.max(0, Math.round(hap.note ?? middleC)))
      return { start, end: Math.max(start + 1, ticks(hap.until)), key, velocity: velocityOf(hap) }
    })
    return inOrder([{ tick: 0, event: trackName(sound) }, ...eventsOf(notes, channel)])
  })
  const conductor = tempos.map(({ cycle, cps }) => ({ tick: ticks(cycle), event: tempo(cps * beatsPerCycle) }))
  const data: MidiData = {
    header: { format: 1, numTracks: tracks.length + 1, ticksPerBeat },
    tracks: [inOrder([{ tick: 0, event: trackName(name) }, ...conductor]), ...tracks],
  }
  return Uint8Array.from(writeMidi(data))
}

/** The part of a sound's name that says which drum it is: `RolandTR909_bd` is a `bd`. */
const drumName = (sound: string): string => sound.slice(sound.lastIndexOf("_") + 1).toLowerCase()

/** As superdough reads a control that is a number, or one that is written as a text. */
function numberOf(value: unknown, otherwise: number): number {
  const isNumber = typeof value === "number" || (typeof value === "string" && value.trim() !== "")
  const number = isNumber ? Number(value) : otherwise
  return Number.isFinite(number) ? number : otherwise
}

/** Names that superdough takes for rests. */
const rests = new Set<unknown>(["~", "-", "_"])

/** Whether an event makes a sound at all. */
export function isHeard({ value, sound, begin, until }: Hap): boolean {
  const { s, postgain, speed, dry, room, delay } = value
  if (sound === null || rests.has(s) || until <= begin) return false
  const stands = numberOf(speed, 1) === 0 && !isSynth(sound)
  const isSent = numberOf(dry, 1) !== 0 || numberOf(room, 0) > 0 || numberOf(delay, 0) > 0
  return !stands && isSent && loudnessOf(value) * numberOf(postgain, 1) !== 0
}

const loudnessOf = ({ gain, velocity }: Hap["value"]): number => numberOf(gain, 0.8) * numberOf(velocity, 1)

/** Strudel's gain of 0.8, which plays where the code says nothing, is 100 of 127. */
const velocityOf = ({ value }: Hap): number => Math.min(127, Math.max(1, Math.round(Math.abs(loudnessOf(value)) * 125)))

interface Timed {
  tick: number
  event: MidiEvent
}

/** A key that is struck again while it sounds is let go first: a channel knows each key once. */
function eventsOf(notes: Note[], channel: number): Timed[] {
  const sounding = new Map<number, Note>()
  const kept: Note[] = []
  for (const note of [...notes].sort((one, other) => one.start - other.start)) {
    const before = sounding.get(note.key)
    if (before?.start === note.start) {
      before.end = Math.max(before.end, note.end)
      before.velocity = Math.max(before.velocity, note.velocity)
      continue
    }
    if (before && before.end > note.start) before.end = note.start
    const own = { ...note }
    sounding.set(note.key, own)
    kept.push(own)
  }
  return kept.flatMap(({ start, end, key, velocity }): Timed[] => [
    { tick: start, event: { deltaTime: 0, type: "noteOn", channel, noteNumber: key, velocity } },
    { tick: end, event: { deltaTime: 0, type: "noteOff", channel, noteNumber: key, velocity: 0 } },
  ])
}

const trackName = (text: string): MidiEvent => ({ deltaTime: 0, meta: true, type: "trackName", text: ascii(text) })

/** `midi-file` writes one byte for each character. */
const ascii = (text: string): string => text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "")

const microsecondsOf = (beatsPerSecond: number): number =>
  Math.min(slowest, Math.max(1, Math.round(1_000_000 / beatsPerSecond)))

const tempo = (beatsPerSecond: number): MidiEvent => ({
  deltaTime: 0,
  meta: true,
  type: "setTempo",
  microsecondsPerBeat: microsecondsOf(beatsPerSecond),
})

/** What ends comes before what begins in the same tick. */
const rank = ({ type }: MidiEvent): number => (type === "noteOff" ? 1 : type === "noteOn" ? 2 : 0)

function inOrder(events: Timed[]): MidiEvent[] {
  const sorted = [...events].sort((one, other) => one.tick - other.tick || rank(one.event) - rank(other.event))
  let before = 0
  const track = sorted.map(({ tick, event }): MidiEvent => {
    const deltaTime = tick - before
    before = tick
    return { ...event, deltaTime }
  })
  return [...track, { deltaTime: 0, meta: true, type: "endOfTrack" }]
}
