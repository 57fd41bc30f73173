import { analysers } from "superdough/index.mjs"
import { Orbit, SuperdoughAudioController } from "superdough/superdoughoutput.mjs"
import type { Limit, Mix } from "../../protocol.ts"
import { openAllowance, release } from "../limits/allowance.ts"
import { ClipOutput } from "../limits/clip-output.ts"
import { Flow } from "../limits/fair-shares.ts"
import { endVoices } from "../limits/running-voices.ts"
import { Impulses, type RoomShape } from "../sounds/impulses.ts"
import { type CeilingNode, openCeiling } from "./ceiling-node.ts"
import { type Ducking, duck } from "./duck.ts"
import { Room } from "./room.ts"

/** Seconds in which a loudness follows its fader. */
const glide = 0.015
/** How loud a clip may be, and all of them: louder than full, a loudspeaker would cut it off. */
const ceilings = { clip: 2, all: 1 }
/** How a clip may duck others: how quiet at the least, and for so many seconds at a time and of each second. */
const ofOthers = { least: 0.05, seconds: 1 }
const always = { perSecond: 1e9, atOnce: 1e9 }

interface Channel {
  output: ClipOutput
  ceiling: CeilingNode
  gain: GainNode
  /** Fades out with everything else of its take. */
  group: GainNode
}

export type ReportLimit = (limit: Limit) => void

/**
 * superdough's orbits, sorted by clip: every clip has a fader, and its orbits are its own, so that reverbs and delays of
 * clips that play together do not overwrite each other. What comes of a clip is kept within a ceiling and within numbers
 * before it meets the others.
 */
export class Mixer extends SuperdoughAudioController {
  readonly impulses: Impulses
  #channels = new Map<string, Channel>()
  #mix: Mix = { volume: 1, gains: {} }
  #count = 0
  #all: CeilingNode
  #allowance = openAllowance()
  /** Seconds in which orbits are ducked by other clips. */
  #ducked = new Flow({ each: { perSecond: ofOthers.seconds, atOnce: ofOthers.seconds }, all: always })
  #report: ReportLimit

  constructor(context: BaseAudioContext, report: ReportLimit) {
    super(context)
    this.#report = report
    this.impulses = new Impulses(context)
    this.#all = openCeiling(context, { most: ceilings.all, onBroken: () => {} })
    this.#all.output.connect(this.master)
    const { impulses } = this
    // superdough's own would keep this thread from everything else while it computes.
    Object.defineProperty(context, "createReverb", {
      configurable: true,
      value: (...shape: RoomShape) => {
        const room = new Room(context, impulses)
        room.generate(...shape)
        return room
      },
    })
  }

  get master(): GainNode {
    return this.output.destinationGain
  }

  /** A group of channels that can be faded out together. */
  openGroup(): GainNode {
    const group = new GainNode(this.audioContext)
    group.connect(this.#all.input)
    return group
  }

  /** Where a clip is heard. */
  openChannel(key: string, group: GainNode): ClipOutput {
    const channel = `c${this.#count++}`
    const output = new ClipOutput({ channel, key }, { allowance: this.#allowance, report: this.#report, analysers })
    const onBroken = () => this.#restart(channel)
    const ceiling = openCeiling(this.audioContext, { most: ceilings.clip, onBroken })
    const gain = new GainNode(this.audioContext, { gain: this.#mix.gains[key] ?? 1 })
    ceiling.output.connect(gain)
    gain.connect(group)
    this.#channels.set(channel, { output, ceiling, gain, group })
    return output
  }

  /** Ends what sounds of a group, and lets go of all that it holds. */
  closeGroup(group: GainNode): void {
    group.disconnect()
    for (const [name, channel] of this.#channels) {
      if (channel.group !== group) continue
      endVoices(name, this.audioContext.currentTime)
      this.#dropOrbits(name)
      channel.ceiling.end()
      channel.output.taps.end()
      channel.gain.disconnect()
      this.#channels.delete(name)
      release(this.#allowance, name)
    }
  }

  set(mix: Mix): void {
    this.#mix = mix
    const now = this.audioContext.currentTime
    for (const { output, gain } of this.#channels.values()) {
      const loudness = mix.gains[output.key]
      if (loudness !== undefined) gain.gain.setTargetAtTime(loudness, now, glide)
    }
    this.master.gain.setTargetAtTime(mix.volume, now, glide)
  }

  get volume(): number {
    return this.#mix.volume
  }

  override getOrbit(orbit: string): Orbit {
    const there = this.nodes[orbit]
    if (there) return there
    const channel = this.#channels.get(channelOf(orbit))
    const made = new Orbit(this.audioContext)
    this.nodes[orbit] = made
    made.output.connect(channel?.ceiling.input ?? this.#all.input)
    return made
  }

  /**
   * Ducks an orbit's number in all clips: a kick ducks the bass of the clip beside it. The clip that asks stands before
   * the number.
   */
  override duck(orbits: unknown, time: number, onset: unknown = 0, attack: unknown = 0.1, depth: unknown = 1): void {
    for (const [index, wanted] of [orbits].flat().map(String).entries()) {
      const at = (values: unknown, otherwise: number) => {
        const list = [values].flat()
        const value = Number(list[index] ?? list[0])
        return Number.isFinite(value) ? value : otherwise
      }
      const dip = { time, onset: at(onset, 0), attack: at(attack, 0.1), depth: at(depth, 1), least: 0 }
      for (const [name, orbit] of Object.entries(this.nodes)) {
        if (orbitOf(name) !== orbitOf(wanted)) continue
        if (channelOf(name) === channelOf(wanted)) duck(orbit.output.gain, dip)
        else this.#duckOther(name, orbit, dip)
      }
    }
  }

  /** Not all the time: nobody would hear it any more. */
  #duckOther(name: string, { output }: Orbit, { onset, attack, ...dip }: Ducking) {
    const short = { onset: Math.min(onset, ofOthers.seconds), attack: Math.min(attack, ofOthers.seconds) }
    if (!this.#ducked.admit(name, short.onset + short.attack, dip.time)) return
    duck(output.gain, { ...dip, ...short, least: ofOthers.least })
  }

  /** A delay or a filter that has once met what is no number gives nothing else back: the clip's orbits are made anew. */
  #restart(channel: string) {
    this.#dropOrbits(channel)
    this.#channels.get(channel)?.output.restart()
  }

  #dropOrbits(channel: string) {
    for (const [name, orbit] of Object.entries(this.nodes)) {
      if (channelOf(name) !== channel) continue
      orbit.disconnect()
      delete this.nodes[name]
    }
    for (const [name, bus] of Object.entries(this.buses)) {
      if (channelOf(name) !== channel) continue
      bus.disconnect()
      delete this.buses[name]
    }
  }
}

const channelOf = (name: string): string => name.slice(0, name.indexOf(":"))
const orbitOf = (name: string): string => name.slice(name.indexOf(":") + 1)
