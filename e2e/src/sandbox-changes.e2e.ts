import type { Page } from "@playwright/test"
import type { Plan } from "@strudel-agent/sandbox/protocol"
import { expect } from "./page-check.ts"
import { planOf, play, playPlan, sounding, testOnOneBench } from "./sandbox-steps.ts"

const test = testOnOneBench()

/** Resolves when so many events have sounded. */
const untilHeard = (page: Page, count: number) =>
  expect.poll(async () => (await sounding(page)).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count)

const clip = (key: string) => ({ key, tempo: "match" as const })

test("a clip that is added or taken out leaves the others where they are, in the same channel", async ({ page }) => {
  const plan = (...keys: string[]): Plan => ({
    sections: [{ id: keys.join(), cycles: 64, cps: 4, clips: keys.map((key) => clip(key)) }],
    loop: true,
    align: "running",
  })
  const pad = 's("<bd sd rim cp>")'
  await playPlan(page, { pad }, plan("pad"))
  await page.waitForTimeout(1_100)
  const update = (key: string, code: string | null, next: Plan) =>
    page.evaluate(({ sources, next }) => globalThis.bench.sandbox.update(sources, next), {
      sources: code === null ? [] : [{ key, code }],
      next,
    })
  const added = await update("tick", 's("<hh oh>")', plan("pad", "tick"))
  expect(added.loaded).toMatchObject([{ key: "tick", problem: null }])
  expect(added.cycle).toBeGreaterThan(3)
  await expect.poll(async () => (await sounding(page)).filter(({ key }) => key === "tick").length).toBeGreaterThan(2)
  const taken = await update("pad", null, plan("tick"))
  const faster = await update("tick", 's("<hh oh>*2")', plan("tick"))
  await expect
    .poll(async () => (await sounding(page)).filter(({ begin }) => begin > faster.cycle).length)
    .toBeGreaterThan(4)
  const events = await sounding(page)
  const of = (key: string) => events.filter((event) => event.key === key)
  // A busy machine may miss an event, yet never goes back to the first.
  const begins = of("pad").map(({ begin }) => begin)
  expect(begins).toEqual([...new Set(begins)].sort((one, other) => one - other))
  expect(of("pad").map(({ sound }) => sound)).toEqual(begins.map((begin) => ["bd", "sd", "rim", "cp"][begin % 4]))
  expect(begins.filter((begin) => begin >= added.cycle).length).toBeGreaterThan(1)
  expect(Math.max(...begins)).toBeLessThan(taken.cycle)
  expect(Math.min(...of("tick").map(({ begin }) => begin))).toBeGreaterThanOrEqual(added.cycle)
  expect(of("tick").some(({ begin }) => begin >= faster.cycle && begin % 1 === 0.5)).toBe(true)
})

test("a change that waits is forgotten when something else plays, and when the plan ends", async ({ page }) => {
  await play(page, { one: 'setcps(0.25)\ns("hh*8")' })
  await untilHeard(page, 1)
  const waiting = await page.evaluate(() =>
    globalThis.bench.sandbox.update([{ key: "one", code: 'setcps(0.25)\ns("cp*8")' }]),
  )
  expect(waiting.cycle).toBe(1)
  await play(page, { two: 'setcps(4)\ns("rim*2")' })
  // By then the change would have been due.
  const ofTwo = async () => (await sounding(page)).filter(({ key }) => key === "two").length
  await expect.poll(ofTwo, { timeout: 20_000 }).toBeGreaterThan(34)
  expect((await sounding(page)).filter(({ sound }) => sound === "cp")).toEqual([])

  const short: Plan = {
    sections: [{ id: "a", cycles: 0.5, cps: 1, clips: [clip("three")] }],
    loop: false,
    align: "section",
  }
  await playPlan(page, { three: 's("hh*4")' }, short)
  await page.evaluate(() => globalThis.bench.sandbox.update([{ key: "three", code: 's("cp*4")' }]))
  await page.waitForFunction(() =>
    globalThis.bench.events.some((event) => event.type === "silent" && event.because === "ended"),
  )
  await play(page, { four: 'setcps(4)\ns("rim*2")' })
  await expect.poll(async () => (await sounding(page)).filter(({ key }) => key === "four").length).toBeGreaterThan(12)
})

test("a slider that is moved changes what is heard next, without evaluating the code again", async ({ page }) => {
  const code = 'setcps(1)\ns("hh*8").gain(slider(0.25, 0, 1))'
  await play(page, { beat: code })
  await untilHeard(page, 4)
  const from = code.indexOf("0.25")
  await page.evaluate((from) => globalThis.bench.sandbox.slide({ key: "beat", from, value: 0.75 }), from)
  const gains = async () => (await sounding(page)).map(({ gain }) => gain)
  await expect.poll(async () => (await gains()).at(-1), { timeout: 10_000 }).toBe(0.75)
  expect([...new Set(await gains())]).toEqual([0.25, 0.75])
})

test("code that fails leaves what played, and says where it fails", async ({ page }) => {
  await play(page, { beat: 'setcps(1)\ns("hh*8")' })
  await page.waitForTimeout(600)
  const { loaded } = await page.evaluate(() =>
    globalThis.bench.sandbox.update([{ key: "beat", code: 's("hh*8")\n  .nothing()' }]),
  )
  expect(loaded).toMatchObject([{ key: "beat", problem: { stage: "run", line: 2 } }])
  await untilHeard(page, (await sounding(page)).length + 9)
})

test("what was prepared plays as if it had not been, and leaves what played where it fails", async ({ page }) => {
  const prepare = async (key: string, code: string) => {
    await page.evaluate((sources) => globalThis.bench.sandbox.prepare(sources), [{ key, code }])
    await page.waitForTimeout(400)
  }
  await prepare("beat", 'setcps(1)\ns("hh*8")')
  expect(await sounding(page)).toEqual([])
  const { loaded, cycle } = await play(page, { beat: 'setcps(1)\ns("hh*8")' })
  expect({ loaded, cycle }).toEqual({
    loaded: [{ key: "beat", cps: 1, cpsSet: true, problem: null, plays: true }],
    cycle: 0,
  })
  await untilHeard(page, 5)
  const begins = (await sounding(page)).map(({ begin }) => begin)
  expect(begins.slice(0, 5)).toEqual([0, 0.125, 0.25, 0.375, 0.5])

  const broken = 's("hh*8")\n  .nothing()'
  await prepare("beat", broken)
  const next = await play(page, { beat: broken }, "cycle")
  expect(next.loaded).toMatchObject([{ key: "beat", problem: { stage: "run", line: 2 } }])
  // The cycle at which it would have taken over is one of these.
  await untilHeard(page, (await sounding(page)).length + 17)
})

test("functions that one clip registers are there for the next", async ({ page }) => {
  const { loaded } = await play(page, {
    tools: "register('twice', (pat) => pat.fast(2))\nsilence",
    beat: 's("hh*2").twice()',
  })
  expect(loaded.map(({ problem }) => problem)).toEqual([null, null])
  await untilHeard(page, 3)
  expect((await sounding(page)).slice(0, 3).map(({ begin }) => begin)).toEqual([0, 0.25, 0.5])
})

test("each clip has a fader that works at once", async ({ page }) => {
  await playPlan(page, { low: 'note("c2").s("sine").clip(1).slow(8)', high: 's("hh*16")' }, planOf("low", "high"))
  await page.waitForTimeout(800)
  const peak = () =>
    page.evaluate(async () => {
      await new Promise((resolve) => setTimeout(resolve, 150))
      const since = performance.timeOrigin + performance.now()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return Math.max(...globalThis.bench.meters.filter(({ at }) => at > since).map((meter) => meter.peak))
    })
  const loud = await peak()
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 1, gains: { low: 0, high: 0 } }))
  expect(await peak()).toBeLessThan(0.005)
  // Of what was taken out the page tells nothing, and it may still ring.
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 1, gains: {} }))
  expect(await peak()).toBeLessThan(0.005)
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 0.5, gains: { low: 1, high: 1 } }))
  expect(Math.abs((await peak()) / loud - 0.5)).toBeLessThan(0.15)
})
