import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { type Analysers, Taps } from "./taps.ts"

/** Passes on what it hears, as the browser's own does. */
class StandIn {
  readonly context: unknown
  readonly outputs = new Set<unknown>()
  constructor(context: unknown) {
    this.context = context
  }
  connect(other: unknown) {
    this.outputs.add(other)
  }
  disconnect(other: unknown) {
    if (!this.outputs.delete(other)) throw new Error("It was not connected")
  }
  getFloatTimeDomainData(values: Float32Array) {
    values.fill(0.5)
  }
  getFloatFrequencyData(values: Float32Array) {
    values.fill(-20)
  }
}

let analysers: Analysers
const open = () => new Taps("c0", analysers)
const context: BaseAudioContext = Object.create(null)
const outputsOf = (id: string | undefined) => {
  const hub: unknown = analysers[id ?? ""]
  return hub instanceof StandIn ? hub.outputs.size : undefined
}

beforeEach(() => {
  analysers = {}
  vi.useFakeTimers({ toFake: ["performance"] })
  vi.stubGlobal("AnalyserNode", StandIn)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it("sends no event anywhere while nobody looks", () => {
  expect(open().controlsOf([1, 2])).toEqual({})
  expect(analysers).toEqual({})
})

it("sends an event to all visuals that draw it and are looked at", () => {
  const taps = open()
  expect(taps.read(context, 10, "time")).toHaveLength(4096)
  expect(taps.read(context, 20, "frequency")).toHaveLength(2048)
  const { analyze, fft } = taps.controlsOf([10, 20, 30])
  expect({ analyze, fft }).toEqual({ analyze: "c0:10,20", fft: 0 })
  expect(outputsOf(analyze)).toBe(2)
  expect(outputsOf(taps.controlsOf([20]).analyze)).toBe(1)
  expect(taps.controlsOf([30])).toEqual({})
})

it("forgets what nobody has looked at for two seconds, and what the others hear goes on", () => {
  const taps = open()
  for (const visual of [10, 20]) taps.read(context, visual, "time")
  const { analyze } = taps.controlsOf([10, 20])
  vi.advanceTimersByTime(1_500)
  taps.read(context, 10, "time")
  vi.advanceTimersByTime(1_500)
  expect(taps.controlsOf([10, 20])).toMatchObject({ analyze: "c0:10" })
  expect(outputsOf(analyze)).toBe(1)
  taps.read(context, 20, "time")
  expect(outputsOf(taps.controlsOf([10, 20]).analyze)).toBe(2)
  vi.advanceTimersByTime(3_000)
  expect(taps.controlsOf([10, 20])).toEqual({})
  expect(analysers).toEqual({})
})

it("listens to eight visuals at most, and to none once its clip has ended", () => {
  const taps = open()
  for (let visual = 0; visual < 9; visual++) taps.read(context, visual, "time")
  expect(taps.read(context, 8, "time")[0]).toBe(0)
  expect(taps.controlsOf([7, 8])).toMatchObject({ analyze: "c0:7" })
  taps.end()
  expect(analysers).toEqual({})
})
