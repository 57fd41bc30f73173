import type { Sound } from "./sound.ts"

/** Seconds of a block, of which each overlaps the next by three quarters, and LUFS below which one does not count. */
const block = 0.4
const step = 0.1
const absoluteGate = -70
/** LU below the mean of the others at which a block does not count. */
const relativeGate = -10

/** Coefficients of a filter of two poles: `b0 b1 b2` over `1 a1 a2`. */
interface Biquad {
  b: [number, number, number]
  a: [number, number]
}

/**
 * The two filters of ITU-R BS.1770-4 for any sample rate: the shelf of a head, and a high pass. Its tables are for 48 kHz; these
 * are the analogue filters that they come from (B. De Man, "Evaluation of Implementations of the EBU R128 Loudness
 * Measurement", 2018).
 */
export function weighting(sampleRate: number): Biquad[] {
  const shelf = { frequency: 1_681.974450955533, gain: 3.999843853973347, q: 0.7071752369554196 }
  const pass = { frequency: 38.13547087602444, q: 0.5003270373238773 }
  const k = Math.tan((Math.PI * shelf.frequency) / sampleRate)
  const high = 10 ** (shelf.gain / 20)
  const band = high ** 0.4996667741545416
  const base = 1 + k / shelf.q + k * k
  const passK = Math.tan((Math.PI * pass.frequency) / sampleRate)
  const passBase = 1 + passK / pass.q + passK * passK
  return [
    {
      b: [
        (high + (band * k) / shelf.q + k * k) / base,
        (2 * (k * k - high)) / base,
        (high - (band * k) / shelf.q + k * k) / base,
      ],
      a: [(2 * (k * k - 1)) / base, (1 - k / shelf.q + k * k) / base],
    },
    { b: [1, -2, 1], a: [(2 * (passK * passK - 1)) / passBase, (1 - passK / pass.q + passK * passK) / passBase] },
  ]
}

/** The weighted energy of each tenth of a second. */
function energies(channel: Float32Array, sampleRate: number): Float64Array {
  const length = Math.round(step * sampleRate)
  const sums = new Float64Array(Math.ceil(channel.length / length))
  const filters = weighting(sampleRate).map((filter) => ({ ...filter, z1: 0, z2: 0 }))
  for (let frame = 0; frame < channel.length; frame++) {
    let value = channel[frame] ?? 0
    for (const filter of filters) {
      const { b, a } = filter
      const out = b[0] * value + filter.z1
      filter.z1 = b[1] * value - a[0] * out + filter.z2
      filter.z2 = b[2] * value - a[1] * out
      value = out
    }
    const at = Math.floor(frame / length)
    sums[at] = (sums[at] ?? 0) + value * value
  }
  return sums
}

const loudnessOfPower = (power: number) => -0.691 + 10 * Math.log10(power)
const powerOfLoudness = (loudness: number) => 10 ** ((loudness + 0.691) / 10)
const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** Integrated loudness in LUFS, gated (ITU-R BS.1770-4, annex 1); null of what is silent, or too short to say. */
export function integratedLoudness({ left, right, sampleRate }: Sound): number | null {
  const sums = [left, right].map((channel) => energies(channel, sampleRate))
  const steps = Math.round(block / step)
  const frames = steps * Math.round(step * sampleRate)
  const powers: number[] = []
  const whole = Math.floor(left.length / Math.round(step * sampleRate))
  for (let from = 0; from + steps <= whole; from++) {
    let sum = 0
    for (const channel of sums) for (let index = 0; index < steps; index++) sum += channel[from + index] ?? 0
    powers.push(sum / frames)
  }
  const heard = powers.filter((power) => power > powerOfLoudness(absoluteGate))
  if (heard.length === 0) return null
  const gate = meanOf(heard) * 10 ** (relativeGate / 10)
  return loudnessOfPower(meanOf(heard.filter((power) => power > gate)))
}
