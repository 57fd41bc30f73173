import type { Plan } from "../../protocol.ts"
import type { ClipSet } from "../clips/clip-set.ts"
import type { ClipOutput } from "../limits/clip-output.ts"
import { type Cursor, cpsOfSection, nextChange, nextSlice, placeIn, type Slice, spanOf, startOf } from "../timeline.ts"
import type { Mixer } from "./mixer.ts"

/** Slices that are remembered, to tell what is heard. */
const remembered = 200

/** One run of a plan, from play to what takes its place. */
export class Take {
  clipSet: ClipSet
  plan: Plan
  readonly group: GainNode
  #hadClips: boolean
  #mixer: Mixer
  #outputs = new Map<string, ClipOutput>()
  #slices: Slice[] = []
  cursor: Cursor
  over = false
  /** The number of the play that it is of. */
  readonly change: number
  /** The number of the stop that ended it. */
  stopped: number | null = null

  constructor(clipSet: ClipSet, plan: Plan, options: { mixer: Mixer; time: number; from: number; change: number }) {
    this.clipSet = clipSet
    this.#hadClips = clipSet.clips.size > 0
    this.plan = plan
    this.change = options.change
    this.#mixer = options.mixer
    this.group = options.mixer.openGroup()
    this.cursor = startOf(options.time, options.from)
  }

  /** The next stretch up to a time and a cycle, null where there is none (any more). */
  advance(factor: number, until: { time: number; cycle: number }): Slice | null {
    const { clips } = this.clipSet
    const tempo = { factor, ofSection: (section: Slice["section"]) => cpsOfSection(section, clips) }
    const slice = nextSlice(this.plan, tempo, { from: this.cursor, ...until })
    if (!slice) {
      this.over = true
      return null
    }
    if (slice.to.time <= slice.from.time) return null
    this.cursor = slice.to
    this.#slices.push(slice)
    if (this.#slices.length > remembered) this.#slices.shift()
    return slice
  }

  /** The next cycle that is not planned yet and on which something may change. */
  get nextChange(): number {
    return nextChange(this.plan, this.cursor)
  }

  /** Whether it had clips, of which none plays any more. */
  get hasFailed(): boolean {
    return this.#hadClips && this.clipSet.clips.size === 0
  }

  /** Goes on from where it is with other code, and another plan where there is one. */
  adopt(clipSet: ClipSet, plan: Plan | null): void {
    this.clipSet = clipSet
    this.#hadClips = clipSet.clips.size > 0
    this.over = false
    this.stopped = null
    if (!plan) return
    this.cursor = placeIn(plan, this.plan, this.cursor)
    this.plan = plan
  }

  /** Moves all of it by so many seconds. */
  shift(seconds: number): void {
    const moved = (cursor: Cursor): Cursor => ({ ...cursor, time: cursor.time + seconds })
    this.cursor = moved(this.cursor)
    this.#slices = this.#slices.map((slice) => ({ ...slice, from: moved(slice.from), to: moved(slice.to) }))
  }

  /** When a cycle that is not planned yet will begin, at the tempo of the moment. */
  timeOf(cycle: number, factor: number): number {
    const slice = this.#slices.at(-1)
    const section = this.plan.sections[this.cursor.index]
    const cps = slice?.cps ?? (section ? cpsOfSection(section, this.clipSet.clips) * factor : 0.5)
    return this.cursor.time + (cycle - this.cursor.cycle) / cps
  }

  /** What is heard at a time of the audio clock, as far as it is remembered. */
  at(time: number): { slice: Slice; into: number; cycle: number } | null {
    const slice = this.#slices.findLast(({ from }) => from.time <= time) ?? this.#slices[0]
    if (!slice) return null
    const cycles = Math.max(0, Math.min(time, slice.to.time) - slice.from.time) * slice.cps
    return { slice, into: slice.from.into + cycles, cycle: slice.from.cycle + cycles }
  }

  /** Where a clip of it is in its own time, at a time of the audio clock; null where it is not heard. */
  placeOf(key: string, time: number): { cycle: number; rate: number } | null {
    const slice = this.at(time)?.slice
    const clip = this.clipSet.clips.get(key)
    const part = slice?.section.clips.find((each) => each.key === key)
    if (!slice || !clip || !part) return null
    const { begin, rate } = spanOf(slice, { tempo: part.tempo, cps: clip.cps }, this.plan.align)
    const passed = Math.max(0, Math.min(time, slice.to.time) - slice.from.time)
    return { cycle: begin + passed * rate, rate }
  }

  /** Where a clip of it is heard. */
  output(key: string): ClipOutput {
    const there = this.#outputs.get(key)
    if (there) return there
    const opened = this.#mixer.openChannel(key, this.group)
    this.#outputs.set(key, opened)
    return opened
  }
}
