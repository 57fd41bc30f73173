import type { Page } from "@playwright/test"
import { expect } from "./page-check.ts"
import { render, sampleClips } from "./render-steps.ts"
import { play, testOnOneBench } from "./sandbox-steps.ts"
import { type Heard, onsetsOf, peakOf } from "./wav-reading.ts"

const test = testOnOneBench()

/** The loudest of a stretch of seconds. */
const loudIn = ({ mono, sampleRate }: Heard, from: number, to: number): number =>
  mono.subarray(from * sampleRate, to * sampleRate).reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** The loudest peak of what plays until it is loud enough to be heard, for some seconds at most. */
const loudestSoon = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { bench } = globalThis
    const since = performance.timeOrigin + performance.now()
    const end = since + 20_000
    let peak = 0
    while (peak < 0.005 && performance.timeOrigin + performance.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      peak = Math.max(0, ...bench.meters.filter(({ at }) => at > since).map((meter) => meter.peak))
    }
    return peak
  })

/** Stops what plays and waits until it has died away. */
const hush = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { bench } = globalThis
    await bench.sandbox.stop()
    await new Promise((resolve) => setTimeout(resolve, 150))
    bench.meters.length = 0
  })

test("every clip of the sample collection that plays is heard with no network", async ({ page }) => {
  test.setTimeout(300_000)
  const silent: string[] = []
  let played = 0
  for (const { key, code } of sampleClips) {
    const { loaded } = await play(page, { [key]: code })
    expect(loaded, key).toMatchObject([{ problem: null }])
    if (!loaded[0]?.plays) continue
    played++
    const peak = await loudestSoon(page)
    await hush(page)
    console.log(`${key}: ${peak.toFixed(3)}`)
    if (peak < 0.005) silent.push(key)
  }
  expect(silent).toEqual([])
  expect(played).toBeGreaterThan(20)
  expect(await page.evaluate(() => globalThis.bench.asked.filter((url) => !url.startsWith("https://")))).toEqual([])
})

test("four on the floor is heard on the beat", async ({ page }) => {
  const { heard, seconds, progress } = await render(page, { codes: { kick: 'setcps(0.5)\ns("bd*4")' }, cycles: 2 })
  // The last kick has ended by then.
  expect(seconds).toBeCloseTo(4, 3)
  const onsets = onsetsOf(heard)
  console.log(onsets.map((onset) => onset.toFixed(4)).join(" "))
  expect(onsets.length).toBe(8)
  for (const [index, onset] of onsets.entries()) expect(Math.abs(onset - index * 0.5)).toBeLessThan(0.01)
  expect(progress.at(-1)).toBeGreaterThan(0.9)
})

test("what is stretched is heard from its first event on", async ({ page }) => {
  const { heard } = await render(page, { codes: { kick: 'setcps(1)\ns("bd*2").stretch(1)' }, cycles: 1 })
  const onsets = onsetsOf(heard)
  console.log(onsets.map((onset) => onset.toFixed(4)).join(" "))
  expect(onsets.map((onset) => Math.round(onset * 10) / 10)).toEqual([0, 0.5])
})

test("the factor of the tempo shortens what is rendered", async ({ page }) => {
  const { heard } = await render(page, { codes: { tick: 'setcps(0.5)\ns("rim*4")' }, cycles: 2, factor: 2 })
  const onsets = onsetsOf(heard)
  expect(onsets.map((onset) => Math.round(onset * 100) / 100)).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75])
})

test("a kick ducks the pad of the clip beside it, when it is struck", async ({ page }) => {
  const codes = {
    kick: 'setcps(0.5)\ns("bd*2").gain(0).duckorbit(2).duckattack(0.3).duckdepth(1)',
    pad: 'note("c4").s("sine").orbit(2).clip(1).gain(1)',
  }
  const { heard } = await render(page, { codes, cycles: 2 })
  const loud = (from: number, to: number) => loudIn(heard, from, to)
  for (const stroke of [1, 3]) {
    expect(loud(stroke - 0.1, stroke - 0.01)).toBeGreaterThan(0.1)
    expect(loud(stroke + 0.01, stroke + 0.05)).toBeLessThan(loud(stroke - 0.1, stroke - 0.01) / 10)
    expect(loud(stroke + 0.4, stroke + 0.5)).toBeGreaterThan(0.1)
  }
})

const echoing = 'setcpm(30)\n$: s("bd*4").room(2).roomsize(8)'

test("what rings on is heard until it is 60 dB down, for ten seconds at most", async ({ page }) => {
  const { heard, seconds } = await render(page, { codes: { echoing }, cycles: 2 })
  expect(seconds).toBeGreaterThan(8)
  expect(seconds).toBeLessThanOrEqual(14.001)
  expect(loudIn(heard, 6, 7)).toBeGreaterThan(0.01)
  expect(loudIn(heard, seconds - 0.05, seconds)).toBeLessThan(0.002)
  const dry = await render(page, { codes: { tick: 'setcps(1)\ns("rim*2")' }, cycles: 2 })
  expect(dry.seconds).toBeCloseTo(2, 3)
})

test("a loop is as long as its cycles, and begins with what rings on", async ({ page }) => {
  const { heard, seconds } = await render(page, { codes: { echoing }, cycles: 2, ending: "loops" })
  expect(seconds).toBe(4)
  // Where the first kick has not begun yet in a piece that is not looped, and the seam.
  const nearEnd = loudIn(heard, 3.9, 4)
  expect(loudIn(heard, 0.4, 0.5)).toBeGreaterThan(nearEnd / 4)
  const twice = [...heard.mono.slice(-50), ...heard.mono.slice(0, 50)]
  const steps = twice.slice(1).map((value, index) => Math.abs(value - (twice[index] ?? 0)))
  expect(steps[49]).toBeLessThan(0.1)
})

test("what is rendered is played within the same limits, and it is said", async ({ page }) => {
  const code = 'setcps(1)\ns("bd").gain(1e9).room(1).roomsize(3600)'
  const { heard, limits, seconds } = await render(page, { codes: { huge: code }, cycles: 1 })
  expect(peakOf(heard)).toBeLessThanOrEqual(1)
  expect(seconds).toBeLessThanOrEqual(11.001)
  expect(limits).toEqual([
    { kind: "clamped", key: "huge", control: "gain", asked: "1000000000", used: "10" },
    { kind: "clamped", key: "huge", control: "roomsize", asked: "3600", used: "10" },
  ])
})

test("a tempo too slow for a file is told at once", async ({ page }) => {
  for (const cps of [1e-12, 0.001]) {
    await expect(render(page, { codes: { slow: `setcps(${cps})\ns("bd")` }, cycles: 4 })).rejects.toThrow(
      "It is longer than 30 minutes",
    )
  }
})

test("a render is cancelled, and leaves no frame behind", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const ending = new AbortController()
    const clips = [{ key: "pad", tempo: "match" as const }]
    const plan = { sections: [{ id: "a", cycles: 4, cps: null, clips }], loop: true, align: "running" as const }
    const work = globalThis.bench.sandbox.render({
      sources: [{ key: "pad", code: 'note("<c3,e3,g3>*8").s("supersaw").room(1)' }],
      plan,
      cycles: 400,
      factor: 1,
      mix: { volume: 1, gains: {} },
      ending: "rings" as const,
      sampleRate: 44_100,
      signal: ending.signal,
      onProgress: (part) => part > 0.01 && ending.abort(),
    })
    const error = await work.then(
      () => "done",
      (reason: Error) => reason.name,
    )
    return { error, frames: document.querySelectorAll("iframe").length }
  })
  expect(outcome).toEqual({ error: "AbortError", frames: 1 })
})

test("a render is cancelled while its frame is being opened", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const ending = new AbortController()
    const begun = performance.now()
    const work = globalThis.bench.sandbox.render({
      sources: [{ key: "kick", code: 's("bd*4")' }],
      plan: {
        sections: [{ id: "a", cycles: 4, cps: null, clips: [{ key: "kick", tempo: "match" }] }],
        loop: true,
        align: "running",
      },
      cycles: 4,
      factor: 1,
      mix: { volume: 1, gains: {} },
      ending: "rings" as const,
      sampleRate: 44_100,
      signal: ending.signal,
    })
    ending.abort()
    const error = await work.then(
      () => "done",
      (reason: Error) => reason.name,
    )
    return { error, took: performance.now() - begun, frames: document.querySelectorAll("iframe").length }
  })
  expect(outcome).toMatchObject({ error: "AbortError", frames: 1 })
  expect(outcome.took).toBeLessThan(5_000)
})
