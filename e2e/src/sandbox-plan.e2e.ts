import type { Page } from "@playwright/test"
import type { Plan, Sounding } from "@strudel-agent/sandbox/protocol"
import { expect } from "./page-check.ts"
import { planOf, play, testOnOneBench } from "./sandbox-steps.ts"

const test = testOnOneBench()

const sounding = (page: Page): Promise<Sounding[]> =>
  page.evaluate(() => globalThis.bench.events.flatMap((event) => (event.type === "sounding" ? event.events : [])))

/** Resolves when so many events have sounded. */
const untilHeard = (page: Page, count: number) =>
  expect.poll(async () => (await sounding(page)).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count)

/** Milliseconds between what is heard, without the first. */
function gapsOf(events: Sounding[]): number[] {
  const times = events.map(({ at }) => at).sort((one, other) => one - other)
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

const clip = (key: string, tempo: "match" | "own" = "match") => ({ key, tempo })

function playPlan(page: Page, codes: { [key: string]: string }, plan: Plan) {
  const sources = Object.entries(codes).map(([key, code]) => ({ key, code }))
  return page.evaluate((options) => globalThis.bench.sandbox.play({ ...options, at: "now" }), { sources, plan })
}

test("changed code takes over with the next cycle: nothing is heard twice or left out", async ({ page }) => {
  await play(page, { beat: 'setcps(1)\ns("hh*8")' })
  await page.waitForTimeout(1_300)
  const taken = await page.evaluate(() =>
    globalThis.bench.sandbox.update([{ key: "beat", code: 'setcps(1)\ns("cp*8")' }]),
  )
  await page.waitForTimeout(2_200)
  const events = await sounding(page)
  const claps = events.filter(({ sound }) => sound === "cp")
  expect(Number.isInteger(taken.cycle)).toBe(true)
  expect(claps[0]?.begin).toBe(taken.cycle)
  expect(Math.abs((claps[0]?.at ?? 0) - taken.at)).toBeLessThan(20)
  expect(events.filter(({ sound, begin }) => sound === "hh" && begin >= taken.cycle)).toEqual([])
  for (const gap of gapsOf(events).slice(1)) expect(Math.abs(gap - 125)).toBeLessThan(25)
})

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

test("what replaces a plan waits for the end of the cycle, and begins at its own first", async ({ page }) => {
  await play(page, { one: 'setcps(1)\ns("hh*8")' })
  await page.waitForTimeout(700)
  const taken = await play(page, { two: 'setcps(1)\ns("cp*8")' }, "cycle")
  await page.waitForTimeout(1_500)
  const events = await sounding(page)
  const first = events.find(({ key }) => key === "two")
  expect(first?.begin).toBe(0)
  expect(Math.abs((first?.at ?? 0) - taken.at)).toBeLessThan(20)
  for (const gap of gapsOf(events).slice(1)) expect(Math.abs(gap - 125)).toBeLessThan(25)
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

test("sections follow each other, each at its tempo, and the end is told", async ({ page }) => {
  const plan: Plan = {
    sections: [
      { id: "slow", cycles: 1, cps: 1, clips: [clip("a")] },
      { id: "fast", cycles: 2, cps: 2, clips: [clip("a"), clip("b")] },
    ],
    loop: false,
    align: "section",
  }
  await playPlan(page, { a: 's("hh*4")', b: 's("cp*2")' }, plan)
  const change = await page.evaluate(() => globalThis.bench.events.find((event) => event.type === "arrived")?.change)
  await page.waitForFunction(() =>
    globalThis.bench.events.some((event) => event.type === "silent" && event.because === "ended"),
  )
  const events = await sounding(page)
  const begin = events[0]?.at ?? 0
  const expectHeard = (key: string, times: number[]) => {
    const heard = events.filter((event) => event.key === key).map(({ at }) => at - begin)
    expect(heard.length).toBe(times.length)
    // The first event may be told late, where the machine is busy.
    for (const [index, time] of times.entries()) expect(Math.abs((heard[index] ?? 0) - time)).toBeLessThan(60)
  }
  expectHeard("a", [0, 250, 500, 750, 1_000, 1_125, 1_250, 1_375, 1_500, 1_625, 1_750, 1_875])
  expectHeard("b", [1_000, 1_250, 1_500, 1_750])
  const reported = await page.evaluate(() =>
    globalThis.bench.events.filter(({ type }) => ["arrived", "section", "silent"].includes(type)),
  )
  expect(reported).toMatchObject([
    { type: "arrived", change },
    { type: "section", index: 0, cps: 1 },
    { type: "section", index: 1, cps: 2 },
    { type: "silent", change, because: "ended" },
  ])
})

test("a clip keeps its own tempo beside another, and the factor moves both without a jump", async ({ page }) => {
  const plan: Plan = {
    sections: [{ id: "all", cycles: 4, cps: 1, clips: [clip("match"), clip("own", "own")] }],
    loop: true,
    align: "running",
  }
  await playPlan(page, { match: 's("hh*4")', own: 'setcps(2)\ns("cp*4")' }, plan)
  await page.waitForTimeout(1_100)
  await page.evaluate(() => globalThis.bench.sandbox.tempo(2))
  await page.waitForTimeout(1_500)
  const events = await sounding(page)
  for (const [key, gap] of [
    ["match", 250],
    ["own", 125],
  ] as const) {
    const gaps = gapsOf(events.filter((event) => event.key === key)).slice(1)
    const isNear = (value: number, wanted: number) => Math.abs(value - wanted) < 20
    // One gap lies across the change.
    const odd = gaps.filter((value) => !isNear(value, gap) && !isNear(value, gap / 2))
    expect(odd.length).toBeLessThanOrEqual(1)
    for (const value of odd) expect(value).toBeLessThan(gap + 20)
    expect(gaps.filter((value) => isNear(value, gap / 2)).length).toBeGreaterThan(3)
    const begins = events.filter((event) => event.key === key).map(({ begin }) => begin)
    expect(begins).toEqual(begins.map((_, index) => index / 4))
  }
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
