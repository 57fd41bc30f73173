import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { expect, test } from "./page-check.ts"
import { fullMix, loudest, openBench, planOf, play } from "./sandbox-steps.ts"
import { onsetsOf, peakOf, readWav, rmsOf } from "./wav-reading.ts"

const projects = join(import.meta.dirname, "..", "..", "samples", "projects")

/** Every clip of the sample collection by project and file. */
const clips = readdirSync(projects).flatMap((project) =>
  readdirSync(join(projects, project, "clips")).map((file) => ({
    key: `${project}/${file}`,
    code: readFileSync(join(projects, project, "clips", file), "utf8"),
  })),
)

async function render(page: Page, options: { codes: { [key: string]: string }; cycles: number; factor?: number }) {
  const { codes, cycles, factor = 1 } = options
  const wanted = {
    sources: Object.entries(codes).map(([key, code]) => ({ key, code })),
    plan: planOf(...Object.keys(codes)),
    cycles,
    factor,
    mix: fullMix,
    tail: 0.5,
    sampleRate: 44_100 as const,
  }
  const { base64, seconds, took, progress } = await page.evaluate(async (options) => {
    const begun = performance.now()
    const progress: number[] = []
    const { wav, seconds } = await globalThis.bench.sandbox.render({
      ...options,
      onProgress: (part) => progress.push(part),
    })
    const took = performance.now() - begun
    const url = URL.createObjectURL(new Blob([wav]))
    const reader = new FileReader()
    const base64 = await new Promise<string>((resolve) => {
      reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ""))
      reader.readAsDataURL(new Blob([wav]))
    })
    URL.revokeObjectURL(url)
    return { base64, seconds, took, progress }
  }, wanted)
  return { heard: readWav(Buffer.from(base64, "base64")), seconds, took, progress }
}

test("every clip of the sample collection that plays is heard with no network", async ({ page }) => {
  test.setTimeout(300_000)
  await openBench(page)
  const silent: string[] = []
  let played = 0
  for (const { key, code } of clips) {
    const answer = await page.evaluate((source) => globalThis.bench.sandbox.analyse({ sources: [source], cycles: 4 }), {
      key,
      code,
    })
    if (!answer.ok) throw new Error(`${key}: ${answer.error.message}`)
    if (answer.haps.length === 0) continue
    played++
    const { heard, seconds, took } = await render(page, { codes: { [key]: code }, cycles: 4 })
    const rms = rmsOf(heard)
    console.log(
      `${key}: rms ${rms.toFixed(4)}, peak ${peakOf(heard).toFixed(2)}, ${seconds.toFixed(1)} s in ${(took / 1000).toFixed(1)} s, ${(seconds / (took / 1000)).toFixed(1)} times as fast`,
    )
    if (rms < 0.002) silent.push(key)
  }
  expect(silent).toEqual([])
  expect(played).toBeGreaterThan(20)
  expect(await page.evaluate(() => globalThis.bench.asked.filter((url) => !url.startsWith("https://")))).toEqual([])
})

test("four on the floor is heard on the beat", async ({ page }) => {
  await openBench(page)
  const { heard, seconds, progress } = await render(page, { codes: { kick: 'setcps(0.5)\ns("bd*4")' }, cycles: 2 })
  expect(seconds).toBeCloseTo(4.5, 3)
  const onsets = onsetsOf(heard)
  console.log(onsets.map((onset) => onset.toFixed(4)).join(" "))
  expect(onsets.length).toBe(8)
  for (const [index, onset] of onsets.entries()) expect(Math.abs(onset - index * 0.5)).toBeLessThan(0.01)
  expect(progress.at(-1)).toBeGreaterThan(0.9)
})

test("what is stretched is heard from its first event on", async ({ page }) => {
  await openBench(page)
  const { heard } = await render(page, { codes: { kick: 'setcps(1)\ns("bd*2").stretch(1)' }, cycles: 1 })
  const onsets = onsetsOf(heard)
  console.log(onsets.map((onset) => onset.toFixed(4)).join(" "))
  expect(onsets.map((onset) => Math.round(onset * 10) / 10)).toEqual([0, 0.5])
})

test("the factor of the tempo shortens what is rendered", async ({ page }) => {
  await openBench(page)
  const { heard } = await render(page, { codes: { tick: 'setcps(0.5)\ns("rim*4")' }, cycles: 2, factor: 2 })
  const onsets = onsetsOf(heard)
  expect(onsets.map((onset) => Math.round(onset * 100) / 100)).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75])
})

test("a kick ducks the pad of the clip beside it, when it is struck", async ({ page }) => {
  await openBench(page)
  const codes = {
    kick: 'setcps(0.5)\ns("bd*2").gain(0).duckorbit(2).duckattack(0.3).duckdepth(1)',
    pad: 'note("c4").s("sine").orbit(2).clip(1).gain(1)',
  }
  const { heard } = await render(page, { codes, cycles: 2 })
  const loud = (from: number, to: number) =>
    heard.mono
      .subarray(from * heard.sampleRate, to * heard.sampleRate)
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  for (const stroke of [1, 3]) {
    expect(loud(stroke - 0.1, stroke - 0.01)).toBeGreaterThan(0.1)
    expect(loud(stroke + 0.01, stroke + 0.05)).toBeLessThan(loud(stroke - 0.1, stroke - 0.01) / 10)
    expect(loud(stroke + 0.4, stroke + 0.5)).toBeGreaterThan(0.1)
  }
})

test("a render is cancelled, and leaves no frame behind", async ({ page }) => {
  await openBench(page)
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
      tail: 1,
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
  await openBench(page)
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
      tail: 1,
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

/** Clips of different kinds, as a pointer comes near them one after the other. */
const various = {
  melody: 'note("c e g b").s("sawtooth").lpf(800)',
  labels: '$: s("bd*4")\n$: s("cp ~").room(.3)\n$: note("<c2 eb2>").s("square").lpf(sine.range(200, 900).slow(4))',
  scale: 'n("0 2 4 6").scale("C:minor").s("triangle").delay(.4)',
  stack: 'stack(s("bd*4"), s("hh*8").gain(perlin.range(.4, 1)), note("c2*2").s("sine"))',
  chords: 'chord("<C Am F G>").voicing().s("sine")',
  euclid: 's("bd(3,8), hh*8, ~ sd").bank("RolandTR909")',
  vibrato: 'note("a3 b3").jux(rev).s("sawtooth").vib(4)',
}

test.describe("where nothing else keeps the machine busy", () => {
  test.describe.configure({ retries: 2 })

  /** Milliseconds from a press to the first sound. */
  async function timeToSound(page: Page, codes: { [key: string]: string }): Promise<number> {
    const { at, pressed } = await play(page, codes)
    const first = await page.evaluate(
      async ({ since }) => {
        for (;;) {
          const heard = globalThis.bench.events.flatMap((event) => (event.type === "sounding" ? event.events : []))
          const found = heard.find((event) => event.at >= since)
          if (found) return found.at
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      },
      { since: pressed },
    )
    expect(Math.abs(first - at)).toBeLessThan(30)
    await page.waitForTimeout(200)
    await page.evaluate(() => globalThis.bench.sandbox.stop())
    await page.waitForTimeout(300)
    return first - pressed
  }

  const inWords = (times: number[]) => times.map((time) => `${Math.round(time)} ms`).join(", ")
  const median = (times: number[]) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)]

  test("from press to sound it takes less than half a second the first time, and hardly any then", async ({ page }) => {
    await openBench(page)
    await page.waitForTimeout(1_500)
    const beat = 's("bd hh sd hh").gain(1)'
    const first = await timeToSound(page, { beat })
    const again: number[] = []
    for (let turn = 0; turn < 7; turn++) again.push(await timeToSound(page, { beat }))
    const others: number[] = []
    for (const [name, code] of Object.entries(various)) {
      await page.evaluate((sources) => globalThis.bench.sandbox.prepare(sources), [{ key: name, code }])
      others.push(await timeToSound(page, { [name]: code }))
    }
    console.log(`press to sound: ${inWords([first])}, again: ${inWords(again)}, other clips: ${inWords(others)}`)
    expect(first).toBeLessThan(500)
    // Most of it is the way from the audio clock to the loudspeakers.
    expect(median(again)).toBeLessThanOrEqual(50)
    expect(median(others)).toBeLessThanOrEqual(50)
  })
})

test("silence after stop, though a long note was on its way", async ({ page }) => {
  await openBench(page)
  await play(page, { pad: 'note("c3").s("sawtooth").slow(8).release(3).room(0.8)' })
  await expect.poll(() => loudest(page, 800)).toBeGreaterThan(0.02)
  await page.evaluate(() => globalThis.bench.sandbox.stop())
  await page.waitForTimeout(130)
  expect(await loudest(page, 700)).toBeLessThan(0.001)
  await play(page, { beat: 's("bd*4")' })
  await expect.poll(() => loudest(page, 800)).toBeGreaterThan(0.05)
})
