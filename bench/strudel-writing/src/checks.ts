import { heardOf } from "@strudel-agent/tools/hear"
import type { Check, Outcome, Piece } from "./task.ts"

type Played = Extract<Piece["heard"], { ok: true }>
type Hap = NonNullable<Played["haps"]>[number]

const check = (wanted: string, fault: Check["fault"]): Check => ({ wanted, fault })

/** What a clip plays after the work; the words say why nothing can be said of it. */
function played(outcome: Outcome, id: string, when: "before" | "after" = "after"): Played | string {
  const piece = outcome[when].clips[id]
  if (!piece) return `there is no clip ${id}`
  return piece.heard.ok ? piece.heard : `the clip ${id} does not play: ${piece.heard.error.message}`
}

/** Events of the name of a sound, or all of them. */
const eventsOf = ({ haps = [] }: Played, sound?: string): Hap[] =>
  haps.filter((hap) => hap.sound !== null && (sound === undefined || hap.value.s === sound))

/** Looks at what a clip plays after the work. */
const heard = (wanted: string, id: string, fault: (clip: Played) => string | undefined): Check =>
  check(wanted, (outcome) => {
    const clip = played(outcome, id)
    return typeof clip === "string" ? clip : fault(clip)
  })

/** Compares a figure of a clip before and after the work. */
const compared = (
  wanted: string,
  id: string,
  { of, holds }: { of: (clip: Played) => number; holds: (before: number, after: number) => boolean },
): Check =>
  check(wanted, (outcome) => {
    const [before, after] = [played(outcome, id, "before"), played(outcome, id)]
    if (typeof before === "string") return before
    if (typeof after === "string") return after
    const [was, is] = [of(before), of(after)]
    return holds(was, is) ? undefined : `it was ${round(was)} and is ${round(is)}`
  })

const round = (figure: number): number => Math.round(figure * 100) / 100
const mean = (figures: number[]): number => figures.reduce((sum, each) => sum + each, 0) / Math.max(figures.length, 1)

const figureOf = (hap: Hap, control: string, usual: number): number => {
  const value = hap.value[control]
  return typeof value === "number" ? value : usual
}

/** How loud events are meant to be. */
const loudness = (sound?: string) => (clip: Played) =>
  mean(eventsOf(clip, sound).map((hap) => figureOf(hap, "gain", 1) * figureOf(hap, "velocity", 1)))

const meanOf = (control: string, usual: number, sound?: string) => (clip: Played) =>
  mean(eventsOf(clip, sound).map((hap) => figureOf(hap, control, usual)))

const pitch = (sound?: string) => (clip: Played) => mean(eventsOf(clip, sound).flatMap(({ note }) => note ?? []))
const density = (sound?: string) => (clip: Played) => eventsOf(clip, sound).length / clip.cycles

const up = (before: number, after: number) => after > before * 1.05
const down = (before: number, after: number) => after < before * 0.95
const same = (before: number, after: number) => Math.abs(after - before) < 1e-6

/** It plays, and names nothing that does not exist. */
export const plays = (id: string): Check =>
  heard(`${id} plays, of sounds and functions that exist`, id, (clip) => {
    const { plays, warnings } = heardOf(clip)
    if (!plays) return "it makes no sound"
    return warnings.find(({ problem }) => problem.includes("is not built in"))?.problem
  })

/** Layers of a clip stay as they are, to the byte. */
export const keeps = (id: string, ...labels: string[]): Check =>
  check(`${labels.join(", ")} of ${id} as before, to the byte`, ({ before, after }) => {
    const lines = new Set(after.clips[id]?.code.split("\n"))
    const gone = (before.clips[id]?.code ?? "")
      .split("\n")
      .filter((line) => labels.some((label) => line.startsWith(`${label}:`)) && !lines.has(line))
    return gone.length > 0 ? `it was ${gone.join(" and ")}` : undefined
  })

/** Every other clip stays as it is. */
export const leavesOthers = (...ids: string[]): Check =>
  check("every other clip as before", ({ before, after }) => {
    const other = Object.keys(before.clips).filter(
      (id) => !ids.includes(id) && before.clips[id]?.code !== after.clips[id]?.code,
    )
    return other.length > 0 ? `${other.join(", ")} changed` : undefined
  })

export const tempo = (id: string, bpm: number): Check =>
  heard(`${id} at ${bpm} bpm`, id, (clip) => {
    const is = clip.cps * 240
    return Math.abs(is - bpm) < 0.5 ? undefined : `it is at ${round(is)} bpm`
  })

/** So many events of a sound in each cycle. */
export const hits = (id: string, sound: string, { least, most = least }: { least: number; most?: number }): Check =>
  heard(`${least === most ? least : `${least} to ${most}`} ${sound} in each cycle of ${id}`, id, (clip) => {
    const is = density(sound)(clip)
    return is >= least - 0.01 && is <= most + 0.01 ? undefined : `there are ${round(is)}`
  })

/** Events of a sound at these places of each cycle, and nowhere else. */
export const places = (id: string, sound: string, at: number[]): Check =>
  heard(`${sound} of ${id} at ${at.join(", ")} of each cycle`, id, (clip) => {
    const found = new Set(eventsOf(clip, sound).map(({ begin }) => round(begin % 1)))
    const wanted = at.map(round)
    const isSame = found.size === wanted.length && wanted.every((place) => found.has(place))
    return isSame ? undefined : `it is at ${[...found].sort((one, other) => one - other).join(", ")}`
  })

export const uses = (id: string, sound: string): Check =>
  heard(`${sound} in ${id}`, id, (clip) => (eventsOf(clip, sound).length > 0 ? undefined : `there is no ${sound}`))

export const lacks = (id: string, sound: string): Check =>
  heard(`no ${sound} in ${id}`, id, (clip) => (eventsOf(clip, sound).length > 0 ? `there is a ${sound}` : undefined))

export const louder = (id: string, sound: string): Check =>
  compared(`a louder ${sound} in ${id}`, id, { of: loudness(sound), holds: up })

export const quieter = (id: string, sound: string): Check =>
  compared(`a quieter ${sound} in ${id}`, id, { of: loudness(sound), holds: down })

export const denser = (id: string, sound: string): Check =>
  compared(`more ${sound} in ${id}`, id, { of: density(sound), holds: up })

export const sparser = (id: string, sound: string): Check =>
  compared(`less ${sound} in ${id}`, id, { of: density(sound), holds: down })

export const asDense = (id: string, sound: string): Check =>
  compared(`as many ${sound} in ${id} as before`, id, { of: density(sound), holds: same })

/** So many semitones from where it was, on average. */
export const transposed = (id: string, sound: string, semitones: number): Check =>
  compared(`${sound} of ${id} ${semitones} semitones from where it was`, id, {
    of: pitch(sound),
    holds: (before, after) => Math.abs(after - before - semitones) < 0.01,
  })

/** A control of a sound's events is higher than it was, or lower; events without it count as `usual`. */
export const control = (
  id: string,
  sound: string,
  { name, usual, goes }: { name: string; usual: number; goes: "up" | "down" },
): Check =>
  compared(`${name} of ${sound} in ${id} ${goes}`, id, {
    of: meanOf(name, usual, sound),
    holds: goes === "up" ? up : down,
  })

/** Every note of these pitch classes, 0 being C. */
export const inScale = (id: string, classes: number[]): Check =>
  heard(`notes of ${id} in the scale`, id, (clip) => {
    const notes = eventsOf(clip).flatMap(({ note }) => note ?? [])
    if (notes.length === 0) return "there are no notes"
    const strange = notes.find((note) => !classes.includes(((Math.round(note) % 12) + 12) % 12))
    return strange === undefined ? undefined : `there is the note ${strange}`
  })

/** Notes within a range of MIDI numbers. */
export const range = (id: string, sound: string, lowest: number, highest: number): Check =>
  heard(`${sound} of ${id} between the notes ${lowest} and ${highest}`, id, (clip) => {
    const notes = eventsOf(clip, sound).flatMap(({ note }) => note ?? [])
    const strange = notes.find((note) => note < lowest || note > highest)
    if (notes.length === 0) return `${sound} plays no notes`
    return strange === undefined ? undefined : `there is the note ${strange}`
  })

/** At least so many different values of a control. */
export const varied = (id: string, name: string, least: number): Check =>
  heard(`at least ${least} values of ${name} in ${id}`, id, (clip) => {
    const values = new Set(eventsOf(clip).flatMap((hap) => (hap.value[name] === undefined ? [] : [hap.value[name]])))
    return values.size >= least ? undefined : `there are ${values.size}`
  })

/** So many layers that play at once. */
export const layered = (id: string, least: number): Check =>
  heard(`at least ${least} layers in ${id}`, id, ({ lanes }) =>
    lanes.length >= least ? undefined : `there are ${lanes.length}`,
  )

export const order = (song: string, clipIds: string[]): Check =>
  check(`${song} is ${clipIds.join(", ")}`, ({ after }) => {
    const is = after.songs[song]
    if (!is) return `there is no song ${song}`
    return is.join(" ") === clipIds.join(" ") ? undefined : `it is ${is.join(", ")}`
  })

/** A song of so many different clips that all play. */
export const songOf = (song: string, least: number): Check =>
  check(`${song} of at least ${least} clips that play`, (outcome) => {
    const ids = [...new Set(outcome.after.songs[song] ?? [])]
    if (ids.length < least) return `it has ${ids.length}`
    return ids.flatMap((id) => plays(id).fault(outcome) ?? [])[0]
  })
