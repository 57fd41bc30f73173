import { fade, fadeOut } from "./loudspeakers.ts"

/** Milliseconds that what was replaced may ring on. */
const ringing = 8_000

/** The groups of what plays and of what still rings. */
export class Groups {
  #open = new Set<GainNode>()
  #close: (group: GainNode) => void

  /** `close` ends what sounds of a group. */
  constructor(close: (group: GainNode) => void) {
    this.#close = close
  }

  add(group: GainNode): void {
    this.#open.add(group)
  }

  has(group: GainNode): boolean {
    return this.#open.has(group)
  }

  ringOut(group: GainNode): void {
    setTimeout(() => this.#end(group), ringing)
  }

  /** All of them are silent within 50 ms. */
  silence(time: number): void {
    const groups = [...this.#open]
    for (const group of groups) fadeOut(group, time, fade)
    setTimeout(() => {
      for (const group of groups) this.#end(group)
    }, 80)
  }

  #end(group: GainNode) {
    this.#close(group)
    this.#open.delete(group)
  }
}
