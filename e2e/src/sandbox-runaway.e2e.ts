import type { Page } from "@playwright/test"
import { expect, test } from "./page-check.ts"
import { loudest, openBench, play } from "./sandbox-steps.ts"

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

// Two cores that do something else at that moment may be late by themselves.
test.describe.configure({ retries: 2 })

const innocent = { beat: 's("hh*8")' }

/** Milliseconds of the longest gap between two frames that a page may show. */
const smooth = 100

/** Opens a page in which something plays; resolves to the longest gap in its frames while it is left alone. */
async function openQuiet(page: Page): Promise<number> {
  await openBench(page)
  await play(page, innocent)
  const watch = () =>
    page.evaluate(() => {
      globalThis.bench.longestGap = 0
    })
  await page.waitForTimeout(500)
  await watch()
  await page.waitForTimeout(1_000)
  const atRest = await gapOf(page)
  await watch()
  return atRest
}

const gapOf = (page: Page) => page.evaluate(() => globalThis.bench.longestGap)

test("code without an end is refused within seconds, wherever it hangs, while what plays goes on", async ({ page }) => {
  const atRest = await openQuiet(page)
  console.log(`longest gap at rest ${Math.round(atRest)} ms`)
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
    const atRest = await openQuiet(page)
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
    const gaps = `longest gap ${Math.round(gap)} ms, at rest ${Math.round(atRest)} ms`
    console.log(`${name}: told after ${after} ms, others again after ${silence} ms, ${gaps}`)
    expect(problem).toMatchObject({ type: "diagnostic", key: "broken", problem: { line } })
    expect(after).toBeLessThan(5_000)
    expect(silence).toBeLessThan(500)
    expect(await loudest(page, 500)).toBeGreaterThan(0.02)
    expect(gap).toBeLessThan(smooth)
  })
}

test("code without an end that was prepared is refused within seconds of the press", async ({ page }) => {
  await openBench(page)
  const code = 's("bd")\nwhile (true) {}\ns("hh")'
  for (const wait of [200, 3_000]) {
    await page.evaluate((sources) => globalThis.bench.sandbox.prepare(sources), [{ key: "hang", code }])
    await page.waitForTimeout(wait)
    const begun = performance.now()
    const { loaded } = await play(page, { hang: code })
    expect(performance.now() - begun).toBeLessThan(4_000)
    expect(loaded).toMatchObject([{ key: "hang", problem: { stage: "timeout", line: 2 } }])
    await page.evaluate(() => globalThis.bench.sandbox.stop())
  }
  expect((await play(page, { beat: 's("bd*4")' })).loaded[0]?.problem).toBeNull()
})

test("what a clip leaves running is over with its answer, and held against nobody", async ({ page }) => {
  await openQuiet(page)
  const answers = await page.evaluate(async () => {
    const { sandbox } = globalThis.bench
    const ask = async (code: string) => {
      const begun = performance.now()
      const answer = await sandbox.analyse({ sources: [{ key: "a", code }], cycles: 1 })
      return { ok: answer.ok, took: performance.now() - begun }
    }
    const first = await ask('setTimeout(() => { while (true) {} }, 100)\ns("bd")')
    await new Promise((resolve) => setTimeout(resolve, 300))
    return [first, await ask('s("hh")')]
  })
  expect(answers.map(({ ok }) => ok)).toEqual([true, true])
  for (const { took } of answers) expect(took).toBeLessThan(1_000)
  const left = 'setInterval(() => { while (true) {} }, 20)\ns("bd*4")'
  const { loaded } = await page.evaluate((code) => globalThis.bench.sandbox.update([{ key: "left", code }]), left)
  expect(loaded[0]?.problem).toBeNull()
  await page.waitForTimeout(2_500)
  expect(await page.evaluate(() => globalThis.bench.events.filter(({ type }) => type === "diagnostic"))).toEqual([])
  expect(await loudest(page, 500)).toBeGreaterThan(0.02)
})

test("a clip that cannot go on without the one that was ended is told of too", async ({ page }) => {
  await openQuiet(page)
  await play(page, {
    tempo: "setcps(2)",
    broken: `register('twice', (pat) => pat.fast(2))\n${whilePlaying["a loop in a pattern function"]?.code}`,
    needs: 's("rim*2").twice()',
    ...innocent,
  })
  const keys = () =>
    page.evaluate(() =>
      globalThis.bench.events.flatMap((event) => (event.type === "diagnostic" ? [event.key] : [])).sort(),
    )
  await expect.poll(keys, { timeout: 15_000 }).toEqual(["broken", "needs"])
  expect(await loudest(page, 800)).toBeGreaterThan(0.02)
})

test("code that floods the frame with messages or its console is not heard of", async ({ page }) => {
  await openQuiet(page)
  const floods = 'for (let n = 0; n < 1e5; n++) { try { postMessage({ n }) } catch {} console.log(n) }\ns("bd*4")'
  const { loaded } = await page.evaluate((code) => globalThis.bench.sandbox.update([{ key: "flood", code }]), floods)
  expect(loaded[0]?.problem).toBeNull()
  expect(await loudest(page, 800)).toBeGreaterThan(0.02)
  expect(await gapOf(page)).toBeLessThan(smooth)
})
