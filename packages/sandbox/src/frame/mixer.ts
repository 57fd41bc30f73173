import { Orbit, SuperdoughAudioController } from "superdough/superdoughoutput.mjs"
import type { Mix } from "../protocol.ts"
import { duck } from "./duck.ts"

/** Seconds in which a loudness follows its fader. */
const glide = 0.015

interface Channel {
  key: string
  gain: GainNode
  /** Fades out with everything else of its take. */
  group: GainNode
}

/**
 * superdough's orbits, sorted by clip: every clip has a fader, and its orbits are its own, so that reverbs and delays of
 * clips that play together do not overwrite each other. An orbit's name is `channel:orbit`.
 */
export class Mixer extends SuperdoughAudioController {
  #channels = new Map<string, Channel>()
  #mix: Mix = { volume: 1, gains: {} }
  #count = 0

  get master(): GainNode {
    return this.output.destinationGain
  }

  /** A group of channels that can be faded out together. */
  openGroup(): GainNode {
    const group = new GainNode(this.audioContext)
    group.connect(this.master)
    return group
  }

  /** The first part of the orbits' names of a clip. */
  openChannel(key: string, group: GainNode): string {
    const name = `c${this.#count++}`
    const gain = new GainNode(this.audioContext, { gain: this.#mix.gains[key] ?? 1 })
    gain.connect(group)
    this.#channels.set(name, { key, gain, group })
    return name
  }

  closeGroup(group: GainNode): void {
    group.disconnect()
    for (const [name, channel] of this.#channels) {
      if (channel.group !== group) continue
      channel.gain.disconnect()
      this.#channels.delete(name)
      for (const [orbit, node] of Object.entries(this.nodes)) {
        if (!orbit.startsWith(`${name}:`)) continue
        node.disconnect()
        delete this.nodes[orbit]
      }
    }
  }

  set(mix: Mix): void {
    this.#mix = mix
    const now = this.audioContext.currentTime
    for (const { key, gain } of this.#channels.values()) {
      const loudness = mix.gains[key]
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
    const channel = this.#channels.get(orbit.slice(0, orbit.indexOf(":")))
    const made = new Orbit(this.audioContext)
    this.nodes[orbit] = made
    made.output.connect(channel?.gain ?? this.master)
    return made
  }

  /** Ducks an orbit's number in all clips: a kick ducks the bass of the clip beside it. */
  override duck(orbits: unknown, time: number, onset: unknown = 0, attack: unknown = 0.1, depth: unknown = 1): void {
    for (const [index, wanted] of [orbits].flat().entries()) {
      const at = (values: unknown, otherwise: number) => {
        const list = [values].flat()
        const value = Number(list[index] ?? list[0])
        return Number.isFinite(value) ? value : otherwise
      }
      for (const [name, orbit] of Object.entries(this.nodes)) {
        if (name.slice(name.indexOf(":") + 1) !== String(wanted)) continue
        duck(orbit.output.gain, { time, onset: at(onset, 0), attack: at(attack, 0.1), depth: at(depth, 1) })
      }
    }
  }
}
