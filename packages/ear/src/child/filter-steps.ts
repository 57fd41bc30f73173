interface Coefficients {
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}
type CoefficientsOf = (type: string, frequency: number, sampleRate: number, q: number, gain: number) => Coefficients

/** The part of its frequency by which a filter that moves may be off: a hundredth of a semitone. */
const step = 0.0006

const hasCoefficients = (node: object): node is { _coefficients: CoefficientsOf } => "_coefficients" in node

/** Has filters that move do so in steps nobody hears: the library computes each frame's sine, cosine and powers. */
export function moveInSteps(filters: object): void {
  if (!hasCoefficients(filters)) throw new Error("The library's filters are others")
  const { _coefficients: coefficientsOf } = filters
  let last = { type: "", frequency: -1, sampleRate: 0, q: 0, gain: 0 }
  let found: Coefficients = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 }
  filters._coefficients = (type, frequency, sampleRate, q, gain) => {
    const isNear = Math.abs(frequency - last.frequency) <= step * last.frequency
    if (isNear && q === last.q && gain === last.gain && type === last.type && sampleRate === last.sampleRate)
      return found
    last = { type, frequency, sampleRate, q, gain }
    found = coefficientsOf(type, frequency, sampleRate, q, gain)
    return found
  }
}
