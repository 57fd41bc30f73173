import type { Limit } from "../../protocol.ts"
import type { Controls } from "../sounds/sounds.ts"
import { type Analysers, Taps } from "../visuals/taps.ts"
import type { Allowance } from "./allowance.ts"
import { mostOfClip } from "./control-limits.ts"
import { type Cost, costOf, heldFor, isRecord, perOrbit, roomSizeOf } from "./costs.ts"
import type { Clamped } from "./limit-controls.ts"

/** What is limited of the events of one clip. */
type OfClip<Each> = Each extends Limit & { key: string } ? Omit<Each, "key"> : never

/** An event that is about to be made. */
export interface Due {
  /** Seconds of the audio clock at which it begins, and for how long it is held. */
  at: number
  seconds: number
  /** Seconds of the sample that it plays, 0 for a computed sound. */
  sampleSeconds: number
}

/** The most limits that are reported of a clip. */
const mostReported = 64

/** The controls that shape a room. */
const shaping = ["roomsize", "roomfade", "roomlp", "roomdim", "ir", "irspeed", "irbegin"]

/**
 * Where a clip is heard: its orbits, buses and cut groups are its own, and of what all clips share it gets what is left,
 * or its share. An orbit's name is `channel:orbit`.
 */
export class ClipOutput {
  readonly channel: string
  readonly key: string
  /** What its visuals listen to. */
  readonly taps: Taps
  #allowance: Allowance
  #report: (limit: Limit) => void
  #reported = new Set<string>()
  #orbits: string[] = []
  #buses: string[] = []
  /** The shapes of the rooms of its orbits. */
  #rooms = new Map<string, Controls>()
  /** Effects of orbits that are there. */
  #kept = new Set<string>()

  constructor(
    { channel, key }: { channel: string; key: string },
    { allowance, report, analysers }: { allowance: Allowance; report: (limit: Limit) => void; analysers: Analysers },
  ) {
    this.channel = channel
    this.key = key
    this.taps = new Taps(channel, analysers)
    this.#allowance = allowance
    this.#report = report
  }

  /** Reports once what is not played as it was asked for. */
  limited(limit: OfClip<Limit>): void {
    const about = limit.kind === "clamped" ? limit.control : `${limit.kind}!`
    if (this.#reported.has(about) || this.#reported.size >= mostReported) return
    this.#reported.add(about)
    this.#report({ ...limit, key: this.key })
  }

  clamped(all: Clamped[]): void {
    for (const clamped of all) this.limited({ kind: "clamped", ...clamped })
  }

  /** Controls as superdough is to get them; null for an event that is one too many. */
  take(asked: Controls, due: Due): Controls | null {
    const controls = this.#named(asked)
    const cost = costOf(controls, due.seconds, due.sampleSeconds)
    if (!this.#isLeft(cost, controls, due)) {
      this.limited({ kind: "dropped" })
      return null
    }
    return this.#withOrbitEffects(controls, due)
  }

  /** Takes note that its orbits begin anew. */
  restart(): void {
    this.#rooms.clear()
    this.#kept.clear()
    this.limited({ kind: "reset" })
  }

  #isLeft(cost: Cost, controls: Controls, { at, seconds, sampleSeconds }: Due): boolean {
    const { making, sounding } = this.#allowance
    const until = at + heldFor(controls, { seconds, sampleSeconds })
    return (
      making.admit(this.channel, cost.making, at) && sounding.admit(this.channel, cost.sounding, { now: at, until })
    )
  }

  /** Under names that no other clip has. */
  #named(controls: Controls): Controls {
    const { orbit = 1, cut, bus, duckorbit, bmod, s } = controls
    const named: Controls = { ...controls, orbit: this.#own(this.#orbits, "orbit", orbit) }
    if (cut !== undefined) named.cut = `${this.channel}:${String(cut)}`
    if (bus !== undefined) named.bus = this.#own(this.#buses, "bus", bus)
    if (s === "bus") named.n = this.#own(this.#buses, "bus", controls.n ?? 0)
    if (duckorbit !== undefined) named.duckorbit = [duckorbit].flat().map((each) => `${this.channel}:${String(each)}`)
    if (isRecord(bmod)) {
      named.bmod = Object.fromEntries(
        Object.entries(bmod).map(([id, each]) => [
          id,
          isRecord(each) && !Array.isArray(each)
            ? { ...each, bus: this.#own(this.#buses, "bus", each.bus ?? 0) }
            : each,
        ]),
      )
    }
    return named
  }

  /** A name of its own; where it has as many as it may, the first takes what is for others. */
  #own(names: string[], control: "orbit" | "bus", asked: unknown): string {
    const name = String(asked)
    const most = control === "orbit" ? mostOfClip.orbits : mostOfClip.buses
    if (!names.includes(name)) {
      if (names.length < most) names.push(name)
      else {
        const [first = name] = names
        this.clamped([{ control, asked: name.slice(0, 24), used: first }])
        return `${this.channel}:${first}`
      }
    }
    return `${this.channel}:${name}`
  }

  /** What an event does to its orbit stays there, so it is counted apart. */
  #withOrbitEffects(controls: Controls, { at }: Due): Controls {
    const kept = { ...controls }
    const orbit = String(controls.orbit)
    for (const [name, cost] of perOrbit) {
      const isWanted = name === "delay" ? Number(controls.delay) > 0 : controls[name] !== undefined
      if (!isWanted || this.#mayKeep(`${orbit} ${name}`, cost, at)) continue
      this.clamped([{ control: name, asked: null, used: null }])
      delete kept[name]
    }
    if (typeof controls.room !== "number" || controls.room <= 0) return kept
    const given = shaping.flatMap((name) => (name in controls ? [[name, controls[name]]] : []))
    // A room of a sample is another one for events that name none.
    const shape: Controls = { ...Object.fromEntries(given), ir: controls.ir }
    const former = this.#rooms.get(orbit)
    if (former && Object.entries(shape).every(([name, value]) => former[name] === value)) return kept
    if (this.#mayBuild(orbit, { ...former, ...shape }, at)) {
      this.#rooms.set(orbit, { ...former, ...shape })
      return kept
    }
    this.clamped([{ control: "room", asked: null, used: null }])
    // The room that is there stays as it is.
    if (!former) delete kept.room
    for (const name of shaping) delete kept[name]
    return former?.ir === undefined ? kept : { ...kept, ir: former.ir }
  }

  #mayKeep(name: string, cost: number, now: number): boolean {
    if (this.#kept.has(name)) return true
    const may = this.#allowance.sounding.admit(this.channel, cost, { now, until: Number.POSITIVE_INFINITY, name })
    if (may) this.#kept.add(name)
    return may
  }

  #mayBuild(orbit: string, shape: Controls, now: number): boolean {
    const { rooms, building } = this.#allowance
    const held = { now, until: Number.POSITIVE_INFINITY, name: orbit }
    return building.admit(this.channel, 1, now) && rooms.admit(this.channel, roomSizeOf(shape), held)
  }
}
