import { expect, it } from "vitest"
import { Convolution, quantum } from "./convolution.ts"

/** A response that rings long enough to need blocks of every length, and two channels that differ. */
const response = (seed: number, length: number) =>
  Float32Array.from({ length }, (_, frame) => Math.sin(frame * frame * seed) * Math.exp((-4 * frame) / length))

it.each([100, 700, 5_000, 40_000])("a response of %i frames is heard as if convolved frame by frame", (length) => {
  const [left, right] = [response(0.7, length), response(1.3, length)]
  const convolution = new Convolution(left, right)
  const strikes = [0, 131, 4_000]
  const frames = Math.ceil((length + 5_000) / quantum) * quantum
  const heard = { left: new Float32Array(frames), right: new Float32Array(frames) }
  for (let from = 0; from < frames; from += quantum) {
    const input = { left: new Float32Array(quantum), right: new Float32Array(quantum) }
    for (const at of strikes.filter((frame) => frame >= from && frame < from + quantum)) {
      input.left[at - from] = 1
      input.right[at - from] = -0.5
    }
    const sounds = input.left.some((value) => value !== 0)
    convolution.pass(sounds ? input : null, {
      left: heard.left.subarray(from, from + quantum),
      right: heard.right.subarray(from, from + quantum),
    })
  }
  for (let frame = 0; frame < frames; frame += 37) {
    const expected = (channel: Float32Array) => strikes.reduce((sum, at) => sum + (channel[frame - at] ?? 0), 0)
    expect(Math.abs((heard.left[frame] ?? 0) - expected(left))).toBeLessThan(1e-4)
    expect(Math.abs((heard.right[frame] ?? 0) + 0.5 * expected(right))).toBeLessThan(1e-4)
  }
})
