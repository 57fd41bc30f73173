import type { Drawn } from "@strudel-agent/sandbox/protocol"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { createDrawnHaps, cycleAt, type Now } from "./drawn-haps.ts"
import { isHeard } from "./picture.ts"
import { readOn } from "./read-on.ts"
import { hap } from "./visual-test-bench.ts"

const rate = 0.5
const id = 7

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

interface Slow {
  /** Milliseconds between two pictures, and until an answer. */
  frame: number
  answer: number
  /** Of events in an answer. */
  seconds: number
  span: { behind: number; ahead: number }
}

/** Plays four events a cycle for half a minute, and counts the pictures in which one is heard. */
async function play({ frame, answer, seconds, span }: Slow) {
  const haps = createDrawnHaps()
  let asked = 0
  let now: Now | undefined
  let isReading = false

  async function ask(from: number | null): Promise<Drawn> {
    const place = { cycle: (Date.now() / 1_000) * rate, rate, at: Date.now(), version: 1 }
    asked++
    await pass(answer)
    if (from === null) return { now: place, haps: null, signals: [] }
    const to = from + seconds * rate
    const quarters = Array.from({ length: 400 }, (_, quarter) => quarter / 4).filter((at) => at >= from && at < to)
    const events = quarters.map((begin) => hap({ begin, until: begin + 0.25 }))
    return { now: place, haps: { from, to, events }, signals: [] }
  }

  async function read() {
    isReading = true
    for await (const place of readOn({ haps, now, span: () => span, ask, idsAt: () => () => [id] })) now = place
    isReading = false
  }

  const counted = { pictures: 0, heard: 0 }
  for (let moment = 0; moment < 30_000; moment += frame) {
    if (!isReading) void read()
    if (moment >= 5_000) {
      const cycle = now && cycleAt(now, Date.now())
      counted.pictures++
      if (cycle !== undefined && haps.of(id).some((each) => isHeard(each, cycle))) counted.heard++
    }
    await vi.advanceTimersByTimeAsync(frame)
  }
  return { ...counted, asked }
}

const roll = { behind: 2, ahead: 2 }
const wheel = { behind: 0.5, ahead: 0.25 }

it.each([
  { of: "a picture a second", frame: 1_016, answer: 3, seconds: 0.25 },
  { of: "answers that take 400 ms", frame: 16, answer: 400, seconds: 1 },
  { of: "a picture a second and answers that take 400 ms", frame: 1_016, answer: 400, seconds: 1 },
])("has the events of each moment with $of", async ({ frame, answer, seconds }) => {
  for (const span of [roll, wheel]) {
    const { pictures, heard } = await play({ frame, answer, seconds, span })
    expect(pictures).toBeGreaterThan(20)
    expect(heard).toBe(pictures)
  }
})

it("asks no more than a few times a second while all that is due is there", async () => {
  const { asked } = await play({ frame: 16, answer: 3, seconds: 1, span: roll })
  expect(asked).toBeLessThan(30 * 6)
})

it("does not ask again at once where nothing comes", async () => {
  const ask = vi.fn(async () => ({ now: { cycle: 1, rate, at: 0, version: 1 }, haps: null, signals: [] }))
  const haps = createDrawnHaps()
  const places = readOn({ haps, now: undefined, span: () => roll, ask, idsAt: () => () => [] })
  for await (const place of places) expect(place?.cycle).toBe(1)
  expect(ask.mock.calls).toEqual([[null], [1]])
})
