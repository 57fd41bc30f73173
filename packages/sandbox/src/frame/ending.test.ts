import { describe, expect, it } from "vitest"
import { ended } from "./ending.ts"

const sampleRate = 1_000
const of = (...values: number[]) => Float32Array.from(values)
const rounded = (values: Float32Array | undefined) => [...(values ?? [])].map((value) => Number(value.toFixed(3)))

/** A piece of 4 frames after one that is ahead, and so many in which it may ring. */
const heard = { ahead: 1, cycles: 4, sampleRate }

describe("a piece that rings out", () => {
  it("ends where it is 60 dB below its loudest, in all channels", () => {
    const left = of(9, 0.5, 0, 0, 0, 0.1, 0.0004, 0.0001, 0)
    const right = of(9, 0.2, 0, 0, 0, 0, 0.0006, 0.0002, 0)
    const channels = ended([left, right], "rings", heard)
    expect(channels.map(rounded)).toEqual([
      [0.5, 0, 0, 0, 0.1, 0],
      [0.2, 0, 0, 0, 0, 0.001],
    ])
  })

  it("is never shorter than its cycles", () => {
    expect(ended([of(0, 0.5, 0, 0, 0, 0, 0)], "rings", heard).map(rounded)).toEqual([[0.5, 0, 0, 0]])
    expect(ended([new Float32Array(9)], "rings", heard).map(rounded)).toEqual([[0, 0, 0, 0]])
  })

  it("fades where it would ring on", () => {
    const [values] = ended([new Float32Array(201).fill(0.5)], "rings", heard)
    expect(values).toHaveLength(200)
    expect(rounded(values?.subarray(145, 151))).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.49])
    expect(values?.at(-1)).toBe(0)
  })
})

describe("a loop", () => {
  it("has just its cycles, and begins with what rings on after them, however long", () => {
    const values = of(0, 0.5, 0, 0, 0, 0.1, 0.2, 0, 0, 0.05)
    expect(ended([values], "loops", heard).map(rounded)).toEqual([[0.65, 0.2, 0, 0]])
  })

  it("has no click where what rings on is cut off", () => {
    // It swells for 4,000 frames and then rings on as it is.
    const values = Float32Array.from({ length: 10_001 }, (_, frame) => Math.min(1, frame / 4_000) / 4)
    const [loop] = ended([values], "loops", { ...heard, cycles: 4_000 })
    const steps = [...(loop ?? [])].map((value, frame) => Math.abs(value - (loop?.at(frame - 1) ?? 0)))
    expect(Math.max(...steps)).toBeLessThan(0.02)
  })

  it("ends with what begins before its first cycle", () => {
    expect(ended([of(0.3, 0.5, 0, 0, 0, 0)], "loops", heard).map(rounded)).toEqual([[0.5, 0, 0, 0.3]])
  })

  it("is turned down as a whole where two endings at once are too loud", () => {
    const channels = ended([of(0, 1, 0.5, 0, 0, 1), of(0, 0.5, 0, 0, 0, 0)], "loops", heard)
    expect(channels.map(rounded)).toEqual([
      [1, 0.25, 0, 0],
      [0.25, 0, 0, 0],
    ])
  })
})
