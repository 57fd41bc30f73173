/** Samples in which it is turned down. */
const attack = 16
/** Seconds in which it comes back by two thirds. */
const release = 0.2
/** From where on it is as it was. */
const whole = 0.9999

const largest = 3e38

/**
 * Lets sound through as it is, up to a ceiling: what is louder is turned down as a whole, at once, and comes back slowly.
 * What is no number is silence.
 */
export class Ceiling {
  #most: number
  #rate: number
  #gain = 1

  constructor(most: number, sampleRate: number) {
    this.#most = most
    this.#rate = sampleRate
  }

  /** Passes a block of channels on; tells whether all of it were numbers. */
  pass(input: readonly Float32Array[], output: readonly Float32Array[]): boolean {
    const { peak, numbers } = measured(input)
    const wanted = peak > this.#most ? this.#most / peak : 1
    const from = this.#gain
    const frames = output[0]?.length ?? 0
    const back = from + (1 - from) * (1 - Math.exp(-frames / (this.#rate * release)))
    const to = wanted < from ? wanted : Math.min(wanted, back > whole ? 1 : back)
    this.#gain = to
    const isAsItWas = from === 1 && to === 1 && numbers
    for (const [channel, values] of input.entries()) {
      if (isAsItWas) output[channel]?.set(values)
      else this.#turn(values, output[channel], { from, to })
    }
    return numbers
  }

  #turn(values: Float32Array, into: Float32Array | undefined, { from, to }: { from: number; to: number }) {
    if (!into) return
    const length = to < from ? attack : values.length
    for (let frame = 0; frame < values.length; frame++) {
      const value = values[frame] ?? 0
      const gain = frame < length ? from + ((to - from) * frame) / length : to
      into[frame] = Math.abs(value) <= largest ? Math.max(-this.#most, Math.min(this.#most, value * gain)) : 0
    }
  }
}

function measured(channels: readonly Float32Array[]): { peak: number; numbers: boolean } {
  let peak = 0
  let numbers = true
  for (const values of channels) {
    for (let frame = 0; frame < values.length; frame++) {
      const size = Math.abs(values[frame] ?? 0)
      // Also false of what is no number.
      if (!(size <= largest)) numbers = false
      else if (size > peak) peak = size
    }
  }
  return { peak, numbers }
}
