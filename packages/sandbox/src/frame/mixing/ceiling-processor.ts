import { Ceiling } from "./ceiling.ts"

/** What the realm of processors has that no other does. */
declare const sampleRate: number
declare const currentTime: number
declare const registerProcessor: (name: string, processor: unknown) => void
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort }

/** Seconds between two times that it tells of what is no number. */
const pause = 0.25

class CeilingProcessor extends AudioWorkletProcessor {
  #ceiling: Ceiling
  #ended = false
  #reportedAt = Number.NEGATIVE_INFINITY

  constructor({ processorOptions }: { processorOptions: { most: number } }) {
    super()
    this.#ceiling = new Ceiling(processorOptions.most, sampleRate)
    this.port.onmessage = () => {
      this.#ended = true
    }
  }

  process([input = []]: Float32Array[][], [output = []]: Float32Array[][]): boolean {
    if (!this.#ceiling.pass(input, output) && currentTime > this.#reportedAt + pause) {
      this.#reportedAt = currentTime
      this.port.postMessage(null)
    }
    return !this.#ended
  }
}

registerProcessor("ceiling", CeilingProcessor)
