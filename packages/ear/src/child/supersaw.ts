/** Parameters of a processor, by their name: one value of each where it stays as it is for all frames. */
type Parameters = Record<string, Float32Array>

interface Saws {
  /** Where each of its voices is in its period, from 0 to 1. */
  phase: number[]
  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean
}

interface Scope {
  sampleRate: number
  currentTime: number
}

export const isSaws = (processor: unknown): processor is new () => Saws => typeof processor === "function"

const shaping = ["frequency", "detune", "freqspread", "panspread"]

/**
 * superdough's saws, where their pitch stays as it is for a block: the same sum, without a power for each voice of each
 * frame.
 */
export const steadySupersaw = (Original: new () => Saws, scope: Scope) =>
  class extends Original {
    override process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean {
      const steady = shaping.every((name) => parameters[name]?.length === 1)
      const [left, right] = outputs[0] ?? []
      const { currentTime } = scope
      const first = (name: string) => parameters[name]?.[0] ?? 0
      const [begin, end] = [first("begin"), first("end")]
      const sounds = begin >= 0 && currentTime > begin && !(end >= 0 && currentTime >= end)
      if (!steady || !left || !right || !sounds) return super.process(inputs, outputs, parameters)
      const voices = first("voices")
      const pan = first("panspread") * 0.5 + 0.5
      const base = first("frequency") * 2 ** (first("detune") / 1_200)
      const spread = first("freqspread")
      for (let voice = 0; voice < voices; voice++) {
        const semitones = voices < 2 ? 0 : (voice * spread) / (voices - 1) - spread / 2
        const periods = (base * 2 ** (semitones / 12)) / scope.sampleRate
        const [outer, inner] = voice % 2 === 0 ? [left, right] : [right, left]
        const loud = Math.sqrt(1 - pan)
        const quiet = Math.sqrt(pan)
        const step = periods - Math.floor(periods)
        this.phase[voice] = addSaw(this.phase[voice] ?? Math.random(), { step, outer, inner, loud, quiet })
      }
      return true
    }
  }

interface Voice {
  step: number
  outer: Float32Array
  inner: Float32Array
  loud: number
  quiet: number
}

/** Adds a saw whose steps are rounded off by two polynomials (PolyBLEP), as superdough does it; returns where its period is then. */
function addSaw(begin: number, { step, outer, inner, loud, quiet }: Voice): number {
  const edge = Math.min(step, 1 - step)
  let phase = begin
  for (let frame = 0; frame < outer.length; frame++) {
    let value = 2 * phase - 1
    if (phase < edge) {
      const part = phase / edge
      value -= 2 * part - part * part - 1
    } else if (phase > 1 - edge) {
      const part = (phase - 1) / edge
      value -= part * part + 2 * part + 1
    }
    outer[frame] = (outer[frame] ?? 0) + value * loud
    inner[frame] = (inner[frame] ?? 0) + value * quiet
    phase += step
    if (phase >= 1) phase -= 1
  }
  return phase
}
