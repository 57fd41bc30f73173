import { describe, expect, it } from "vitest"
import { Ceiling } from "./ceiling.ts"

const frames = 128
const blockOf = (value: (frame: number) => number) => Float32Array.from({ length: frames }, (_, frame) => value(frame))

/** Passes a block of one channel on. */
function passed(ceiling: Ceiling, input: Float32Array) {
  const output = new Float32Array(frames)
  return { numbers: ceiling.pass([input], [output]), output }
}

const peakOf = (values: Float32Array) => Math.max(...values.map(Math.abs))

describe("a ceiling", () => {
  it("leaves what is below it as it is, to the last bit", () => {
    const ceiling = new Ceiling(1, 44_100)
    const input = blockOf((frame) => Math.sin(frame / 3))
    expect(passed(ceiling, input)).toEqual({ numbers: true, output: input })
  })

  it.each([1.5, 1e9, 3e38])("turns %s down at once, as a whole", (loud) => {
    const ceiling = new Ceiling(1, 44_100)
    const { output, numbers } = passed(
      ceiling,
      blockOf((frame) => loud * Math.sin(frame / 3)),
    )
    expect(numbers).toBe(true)
    expect(peakOf(output)).toBeLessThanOrEqual(1)
    // Not cut off: it keeps its shape.
    const later = passed(
      ceiling,
      blockOf((frame) => loud * Math.sin(frame / 3)),
    ).output
    for (const frame of [10, 50, 90]) expect(later[frame]).toBeCloseTo(Math.sin(frame / 3), 1)
  })

  it("gives back within a second what it has turned down", () => {
    const ceiling = new Ceiling(1, 44_100)
    passed(
      ceiling,
      blockOf(() => 1e6),
    )
    const soft = blockOf(() => 0.5)
    expect(peakOf(passed(ceiling, soft).output)).toBeLessThan(0.1)
    for (let block = 0; block < 800; block++) passed(ceiling, soft)
    expect(passed(ceiling, soft).output).toEqual(soft)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "makes silence of %s, and tells",
    (none) => {
      const ceiling = new Ceiling(1, 44_100)
      const { output, numbers } = passed(
        ceiling,
        blockOf((frame) => (frame % 2 ? none : 0.25)),
      )
      expect(numbers).toBe(false)
      expect([output[0], output[1]]).toEqual([0.25, 0])
      const after = blockOf(() => 0.25)
      expect(passed(ceiling, after)).toEqual({ numbers: true, output: after })
    },
  )

  it("passes silence on where nothing comes in", () => {
    const output = new Float32Array(frames)
    expect(new Ceiling(1, 44_100).pass([], [output])).toBe(true)
    expect(peakOf(output)).toBe(0)
  })
})
