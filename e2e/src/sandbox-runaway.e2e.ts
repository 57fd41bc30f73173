import type { Page } from "@playwright/test"
import { expect } from "./page-check.ts"
import { loudest, play, testOnOneBench } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

const test = testOnOneBench()
test.use(wholeBrowser)

/** Code that keeps a machine busy for ever, and the line that is to blame where one is. */
const atLoad: { [name: string]: { code: string; line: number | null } } = {
  "a loop at top level": { code: 'const a = 1\nwhile (true) {}\ns("bd")', line: 2 },
  "a loop in a callback at load": { code: 's("bd").fmap((x) => {\n  for (;;) {}\n})', line: 2 },
  "a loop in the callback of a timer": {
    code: 'await new Promise((done) => setTimeout(() => {\n  while (true) {}\n}, 5))\ns("bd")',
    line: 2,
  },
  "a loop in the callback of a promise": {
    code: 'Promise.resolve().then(() => {\n  while (true) {}\n})\ns("bd")',
    line: 2,
  },
  "promises that follow each other for ever": {
    code: 'const again = () => Promise.resolve().then(again)\nagain()\ns("bd")',
    line: null,
  },
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

const innocent = { beat: 's("hh*8")' }

/** Milliseconds of the longest gap between two frames that a page may show. */
const smooth = 100

/** Lets something play, and counts the gaps between frames from then on. */
async function playQuietly(page: Page): Promise<void> {
  await play(page, innocent)
  await page.waitForTimeout(1_000)
  await page.evaluate(() => {
    globalThis.bench.longestGap = 0
  })
}

const gapOf = (page: Page) => page.evaluate(() => globalThis.bench.longestGap)

test("code without an end is refused within seconds, wherever it hangs, while what plays goes on", async ({ page }) => {
  await playQuietly(page)
  for (const [name, { code, line }] of Object.entries(atLoad)) {
    const { loaded, took, gap, quietest } = await page.evaluate(async (broken) => {
      const { bench } = globalThis
      bench.longestGap = 0
      const begun = performance.now()
      const taken = await bench.sandbox.update([{ key: "broken", code: broken }])
      const took = performance.now() - begun
      const recent = bench.meters.slice(-45, -30).map(({ peak }) => peak)
      return { ...taken, took, gap: bench.longestGap, quietest: Math.max(...recent) }
    }, code)
    console.log(`${name}: refused after ${Math.round(took)} ms, longest gap ${Math.round(gap)} ms`)
    expect(loaded[0]?.problem?.stage).toMatch(/timeout|query|run/)
    if (line !== null) expect(loaded[0]?.problem?.line).toBe(line)
    expect(took).toBeLessThan(4_000)
    expect(quietest).toBeGreaterThan(0.02)
    expect(await loudest(page, 500)).toBeGreaterThan(0.02)
    expect(gap).toBeLessThan(smooth)
  }
})

for (const [name, { code, line }] of Object.entries(whilePlaying)) {
  test(`${name} in the middle of playing costs its own clip alone`, async ({ page }) => {
    await playQuietly(page)
    // A cycle lasts a second, and the sixth is the one that does not end.
    await play(page, { tempo: "setcps(2)", broken: code, ...innocent })
    const begun = await page.evaluate(async () => {
      const { events } = globalThis.bench
      const isLate = (cycle: number) =>
        events.some((event) => event.type === "position" && event.position.cycle >= cycle)
      while (!isLate(4)) await new Promise((resolve) => setTimeout(resolve, 20))
      return performance.timeOrigin + performance.now()
    })
    const told = await page.waitForFunction(() => globalThis.bench.events.find(({ type }) => type === "diagnostic"))
    const problem = await told.jsonValue()
    const again = await page.evaluate(async (since) => {
      for (;;) {
        const sounding = globalThis.bench.events.flatMap((event) => (event.type === "sounding" ? event.events : []))
        const next = sounding.find(({ key, at }) => key === "beat" && at >= since)
        if (next) return next.at
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }, problem?.heardAt ?? 0)
    const gap = await gapOf(page)
    const after = Math.round((problem?.heardAt ?? 0) - begun)
    const silence = Math.round(again - (problem?.heardAt ?? 0))
    console.log(`${name}: told after ${after} ms, others again after ${silence} ms, longest gap ${Math.round(gap)} ms`)
    expect(problem).toMatchObject({ type: "diagnostic", key: "broken", problem: { line } })
    expect(after).toBeLessThan(5_000)
    expect(silence).toBeLessThan(500)
    expect(await loudest(page, 500)).toBeGreaterThan(0.02)
    expect(gap).toBeLessThan(smooth)
  })
}

test("code that floods the frame with messages or its console is not heard of", async ({ page }) => {
  await playQuietly(page)
  const floods = 'for (let n = 0; n < 1e5; n++) { try { postMessage({ n }) } catch {} console.log(n) }\ns("bd*4")'
  const { loaded } = await page.evaluate((code) => globalThis.bench.sandbox.update([{ key: "flood", code }]), floods)
  expect(loaded[0]?.problem).toBeNull()
  expect(await loudest(page, 800)).toBeGreaterThan(0.02)
  expect(await gapOf(page)).toBeLessThan(smooth)
})
