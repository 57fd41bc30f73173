import type { Plan, Sounding } from "@strudel-agent/sandbox/protocol"
import { expect } from "./page-check.ts"
import { play, playPlan, sounding, testOnOneBench } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

const test = testOnOneBench()
test.use(wholeBrowser)

/** Milliseconds between what is heard, without the first. */
function gapsOf(events: Sounding[]): number[] {
  const times = events.map(({ at }) => at).sort((one, other) => one - other)
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

const clip = (key: string, tempo: "match" | "own" = "match") => ({ key, tempo })

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
