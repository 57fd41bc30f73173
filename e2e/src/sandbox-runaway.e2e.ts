import type { Page } from "@playwright/test"
import { expect, test } from "./page-check.ts"
import { loudest, openBench, play } from "./sandbox-steps.ts"

/** Code that keeps a machine busy for ever, and the line that is to blame where one is. */
const atLoad: { [name: string]: { code: string; line: number | null } } = {
  "a loop at top level": { code: 'const a = 1\nwhile (true) {}\ns("bd")', line: 2 },
  "a loop in a callback at load": { code: 's("bd").fmap((x) => {\n  for (;;) {}\n})', line: 2 },
  "a promise that never comes": { code: 'await new Promise(() => {})\ns("bd")', line: null },
  "a bomb of memory": { code: 'const all = []\nwhile (true) all.push(new Array(1e6).fill(1))\ns("bd")', line: 2 },
  "a million events a cycle": { code: 's("bd").fast(1e6)', line: null },
}

const whilePlaying: { [name: string]: { code: string; line: number | null } } = {
  "a loop in a pattern function": {
    code: 's("bd*4").withHap((hap) => {\n  while (hap.whole.begin >= 5) {}\n  return hap\n})',
    line: 2,
  },
  "a bomb of memory": {
    code: 'const all = []\ns("bd*4").withHap((hap) => {\n  while (hap.whole.begin >= 5) all.push(new Array(1e6).fill(hap))\n  return hap\n})',
    line: 3,
  },
  "a million events": { code: 's("<bd!5 bd*1000000>")', line: null },
}

// Two cores that do something else at that moment may be late by themselves.
test.describe.configure({ retries: 2 })

const innocent = { beat: 's("hh*8")' }

async function openQuiet(page: Page) {
  await openBench(page)
  await play(page, innocent)
  await page.waitForTimeout(700)
  await page.evaluate(() => {
    globalThis.bench.longestGap = 0
  })
}

/** Code that blocked the page would do so until its deadline of 1,200 ms; a busy machine loses some frames. */
const smooth = 600

const gapOf = (page: Page) => page.evaluate(() => globalThis.bench.longestGap)

for (const [name, { code, line }] of Object.entries(atLoad)) {
  test(`${name} is refused within two seconds, while what plays goes on`, async ({ page }) => {
    await openQuiet(page)
    const { loaded, took } = await page.evaluate(async (broken) => {
      const begun = performance.now()
      const taken = await globalThis.bench.sandbox.update([{ key: "broken", code: broken }])
      return { ...taken, took: performance.now() - begun }
    }, code)
    const quietest = await page.evaluate(() => {
      const { meters } = globalThis.bench
      const recent = meters.slice(-45)
      return Math.max(...recent.slice(0, 15).map(({ peak }) => peak))
    })
    console.log(`${name}: refused after ${Math.round(took)} ms, longest gap ${Math.round(await gapOf(page))} ms`)
    expect(loaded[0]?.problem?.stage).toMatch(/timeout|query|run/)
    if (line !== null) expect(loaded[0]?.problem?.line).toBe(line)
    expect(took).toBeLessThan(2_000)
    expect(quietest).toBeGreaterThan(0.02)
    expect(await loudest(page, 500)).toBeGreaterThan(0.02)
    expect(await gapOf(page)).toBeLessThan(smooth)
  })
}

for (const [name, { code, line }] of Object.entries(whilePlaying)) {
  test(`${name} in the middle of playing costs its own clip alone`, async ({ page }) => {
    await openQuiet(page)
    // A cycle lasts a second, and the sixth is the one that does not end.
    await play(page, { tempo: "setcps(2)", broken: code, ...innocent })
    const begun = await page.evaluate(async () => {
      const { events } = globalThis.bench
      const isLate = (cycle: number) =>
        events.some((event) => event.type === "position" && event.position.cycle >= cycle)
      while (!isLate(4)) await new Promise((resolve) => setTimeout(resolve, 20))
      return performance.timeOrigin + performance.now()
    })
    const told = await page.waitForFunction(() => globalThis.bench.events.find(({ type }) => type === "problem"))
    const problem = await told.jsonValue()
    const again = await page.evaluate(async (since) => {
      for (;;) {
        const sounding = globalThis.bench.events.flatMap((event) => (event.type === "sounding" ? event.events : []))
        const next = sounding.find(({ key, at }) => key === "beat" && at >= since)
        if (next) return next.at
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }, problem?.heardAt ?? 0)
    const after = Math.round((problem?.heardAt ?? 0) - begun)
    const silence = Math.round(again - (problem?.heardAt ?? 0))
    console.log(
      `${name}: told after ${after} ms, others again after ${silence} ms, gap ${Math.round(await gapOf(page))} ms`,
    )
    expect(problem).toMatchObject({ type: "problem", key: "broken", problem: { line } })
    expect(after).toBeLessThan(2_500)
    expect(silence).toBeLessThan(500)
    expect(await loudest(page, 500)).toBeGreaterThan(0.02)
    expect(await gapOf(page)).toBeLessThan(smooth)
  })
}

test("code that floods the frame with messages or its console is not heard of", async ({ page }) => {
  await openQuiet(page)
  const floods = 'for (let n = 0; n < 1e5; n++) { try { postMessage({ n }) } catch {} console.log(n) }\ns("bd*4")'
  const { loaded } = await page.evaluate((code) => globalThis.bench.sandbox.update([{ key: "flood", code }]), floods)
  expect(loaded[0]?.problem).toBeNull()
  expect(await loudest(page, 800)).toBeGreaterThan(0.02)
  expect(await gapOf(page)).toBeLessThan(smooth)
})
