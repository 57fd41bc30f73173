import { Worker } from "node:worker_threads"
import { afterAll, beforeAll, expect, it } from "vitest"
import { builtPackage } from "../testing/built-package.ts"
import { type Analyser, createAnalyser } from "./analyser.ts"
import { clockOf, nameOfThread, ownCpuClock } from "./cpu-clock.ts"

let analyser: Analyser
let busy: Worker[]

beforeAll(() => {
  analyser = createAnalyser({ folder: builtPackage(), deadline: 10_000, kill: 12_000 })
  // More than there are cores, so that the analysis gets a part of one.
  busy = Array.from({ length: 4 }, () => new Worker("for (;;) {}", { eval: true }))
})
afterAll(async () => {
  await Promise.all(busy.map((worker) => worker.terminate()))
  await analyser.close()
})

/** Four voices with echoes: some seconds of work for an interpreter, and a blink for a browser. */
const slowButFinite = `$: note("<a1 c2 e2 g2>*8").layer(x => x.add(note("0,7,12")).ply("2 3 4 5")).jux(rev).off(1/8, x => x.add(note("0,12")))
  .s("sawtooth").lpf(sine.range(200, 4000).slow(7))`

it("code that takes long plays while every core is busy, and so does what follows", async () => {
  expect(await analyser.describe(slowButFinite, { cycles: 2 })).toMatchObject({ ok: true, sounds: [{ s: "sawtooth" }] })
  expect(await analyser.describe('s("bd")')).toMatchObject({ ok: true, events: 4 })
}, 120_000)

it.runIf(nameOfThread() !== null)("the clock of a thread counts what it computes and not what it waits", async () => {
  const clock = ownCpuClock()
  const before = clock()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(clock() - before).toBeLessThan(250)
  const other = clockOf(nameOfThread())
  expect(other?.()).toBeGreaterThan(0)
  expect(clockOf("self/task/0")).toBeNull()
})
