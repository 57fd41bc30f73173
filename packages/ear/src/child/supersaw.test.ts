import { expect, it } from "vitest"
import { steadySupersaw } from "./supersaw.ts"

const scope = { sampleRate: 44_100, currentTime: 1 }

/** How a step of a saw is rounded off, after superdough. */
function rounded(phase: number, step: number): number {
  const edge = Math.min(step, 1 - step)
  if (phase < edge) return 2 * (phase / edge) - (phase / edge) ** 2 - 1
  if (phase > 1 - edge) return ((phase - 1) / edge) ** 2 + 2 * ((phase - 1) / edge) + 1
  return 0
}

/** superdough's processor: the pitch of each voice is computed for each frame. */
class EachFrame {
  phase: number[] = []
  process(_inputs: Float32Array[][], outputs: Float32Array[][], of: Record<string, Float32Array>): boolean {
    const [left, right] = outputs[0] ?? []
    const at = (name: string, frame: number) => of[name]?.[frame] ?? of[name]?.[0] ?? 0
    for (let frame = 0; left && right && frame < left.length; frame++) {
      const pan = at("panspread", frame) * 0.5 + 0.5
      const voices = at("voices", 0)
      for (let voice = 0; voice < voices; voice++) {
        const spread = voices < 2 ? 0 : at("freqspread", frame) * (voice / (voices - 1) - 0.5)
        const semitones = at("detune", frame) / 100 + spread
        const step = (at("frequency", frame) * 2 ** (semitones / 12)) / scope.sampleRate
        const phase = this.phase[voice] ?? 0
        const value = 2 * phase - 1 - rounded(phase, step)
        const [one, other] = voice % 2 === 0 ? [1 - pan, pan] : [pan, 1 - pan]
        left[frame] = (left[frame] ?? 0) + value * Math.sqrt(one)
        right[frame] = (right[frame] ?? 0) + value * Math.sqrt(other)
        this.phase[voice] = (phase + step) % 1
      }
    }
    return true
  }
}

const parameters = (values: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Float32Array.from(value)]))

const steady = {
  begin: [0.5],
  end: [9],
  frequency: [2_000],
  detune: [30],
  freqspread: [0.4],
  panspread: [0.6],
  voices: [5],
}
const gliding = { ...steady, frequency: Array.from({ length: 128 }, (_, frame) => 200 + frame) }

for (const [name, values] of Object.entries({ steady, "one voice": { ...steady, voices: [1] }, gliding })) {
  it(`adds up the same saws block by block: ${name}`, () => {
    const [each, block] = [new EachFrame(), new (steadySupersaw(EachFrame, scope))()].map((saws) => {
      const output = [new Float32Array(128), new Float32Array(128)]
      saws.phase = [0, 0.2, 0.4, 0.6, 0.8]
      saws.process([], [output], parameters(values))
      saws.process([], [output], parameters(values))
      return output.flatMap((channel) => [...channel])
    })
    expect(Math.max(...(each ?? []))).toBeGreaterThan(0.5)
    expect(Math.max(...(each ?? []).map((value, frame) => Math.abs(value - (block?.[frame] ?? 0))))).toBeLessThan(1e-4)
  })
}
