import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import type { Answer } from "@strudel-agent/strudel/result"
import type { Tunings } from "@strudel-agent/strudel/tunings"
import { expect } from "./page-check.ts"
import { loudest, play, testOnOneBench } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

const test = testOnOneBench()
test.use(wholeBrowser)

declare global {
  /** The engine as the server bundles it. */
  var strudelEngine: { evaluate(code: string, options: { cycles: number; tunings?: Tunings }): Promise<Answer> }
}

const root = join(import.meta.dirname, "..", "..")

/** A clip for each feature of the language, and those of the sample collection. */
function readCorpus(): { name: string; code: string }[] {
  const projects = join(root, "samples", "projects")
  const folders = readdirSync(projects).map((project) => join(projects, project, "clips"))
  return [join(root, "packages", "strudel", "fixtures", "clips"), ...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".js"))
      .sort()
      .map((file) => ({ name: file, code: readFileSync(join(folder, file), "utf8") })),
  )
}

test("a clip is heard, tells what sounds and where it is, and stops at once", async ({ page }) => {
  const taken = await play(page, { kick: 's("bd*4")' })
  expect(taken.loaded).toEqual([{ key: "kick", cps: 0.5, cpsSet: false, problem: null, plays: true }])
  expect(await loudest(page, 1_500)).toBeGreaterThan(0.1)
  const told = await page.evaluate(() => globalThis.bench.events)
  const sounding = told.flatMap((event) => (event.type === "sounding" ? event.events : []))
  expect(sounding.slice(0, 3)).toMatchObject([
    {
      key: "kick",
      begin: 0,
      end: 0.25,
      sound: "bd",
      locations: [
        [3, 5],
        [6, 7],
      ],
    },
    { begin: 0.25 },
    { begin: 0.5 },
  ])
  expect(told.filter(({ type }) => type === "position").length).toBeGreaterThan(3)
  await page.evaluate(() => globalThis.bench.sandbox.stop())
  await page.waitForTimeout(120)
  expect(await loudest(page, 500)).toBeLessThan(0.001)
})

const lost = (page: Page) =>
  page.evaluate(() => globalThis.bench.events.flatMap((event) => (event.type === "silent" ? [event.because] : [])))

const frameOf = (page: Page) => page.frames().find((frame) => frame.url().endsWith("/sandbox.html"))

test("a frame that freezes while it plays is reported once, and the next call has another", async ({ page }) => {
  await play(page, { kick: 's("bd*4")' })
  // Nobody waits for what never comes back.
  frameOf(page)
    ?.evaluate(() => {
      for (;;);
    })
    .catch(() => {})
  await expect.poll(() => lost(page), { timeout: 15_000 }).toEqual(["frozen"])
  await play(page, { kick: 's("bd*4")' })
  expect(await loudest(page, 800)).toBeGreaterThan(0.1)
  expect(await lost(page)).toEqual(["frozen"])
})

test("a frame that is gone while it plays is reported once, and the next call has another with the same settings", async ({
  page,
}) => {
  await play(page, { kick: 's("bd*4")' })
  await page.evaluate(async () => {
    await globalThis.bench.sandbox.mix({ volume: 0, gains: {} })
    await globalThis.bench.sandbox.tempo(2)
  })
  await frameOf(page)?.evaluate(() => window.location.replace("about:blank"))
  await expect.poll(() => lost(page), { timeout: 15_000 }).toEqual(["frozen"])
  await play(page, { kick: 's("bd*4")' })
  expect(await loudest(page, 800)).toBeLessThan(0.001)
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 1, gains: {} }))
  expect(await loudest(page, 800)).toBeGreaterThan(0.1)
  const cps = await page.evaluate(() =>
    globalThis.bench.events.flatMap((event) => (event.type === "position" ? event.position.cps : [])).at(-1),
  )
  expect(cps).toBe(1)
  expect(await page.locator("iframe").count()).toBe(1)
})

test("code that hangs is refused to whoever asks what it plays, and takes no other question along", async ({
  page,
}) => {
  const answers = await page.evaluate(async () => {
    const { sandbox } = globalThis.bench
    const begun = performance.now()
    const codes = ["s('bd*4')", "while (true) {}\ns('bd')", "s('hh*8')"]
    const asked = codes.map(async (code) => {
      const answer = await sandbox.analyse({ sources: [{ key: "a", code }], cycles: 1 })
      const about = answer.ok ? answer.haps.length : `${answer.error.stage} ${answer.error.line}`
      return [about, performance.now() - begun] as const
    })
    return Promise.all(asked)
  })
  expect(answers.map(([about]) => about)).toEqual([4, "timeout 1", 8])
  expect(Math.max(...answers.map(([, took]) => took))).toBeLessThan(2_500)
})

test("what takes long to load is waited for, and what is too much is refused in words", async ({ page }) => {
  const hanging = Object.fromEntries([1, 2, 3, 4, 5].map((each) => [`hangs ${each}`, "while (true) {}\nsilence"]))
  const { loaded } = await play(page, { ...hanging, kick: 's("bd*4")' })
  expect(loaded.map(({ problem }) => problem?.stage ?? null)).toEqual([...Array(5).fill("timeout"), null])
  expect(await loudest(page, 800)).toBeGreaterThan(0.05)
  await page.evaluate(() => globalThis.bench.sandbox.stop())
  const many = Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`clip ${index}`, 's("bd")']))
  await expect(play(page, many)).rejects.toThrow("The player takes 256 clips at a time at most")
})

test("code without an end that was prepared is refused within seconds of the press", async ({ page }) => {
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
  const answers = await page.evaluate(async () => {
    const { sandbox } = globalThis.bench
    const ask = async (code: string) => (await sandbox.analyse({ sources: [{ key: "a", code }], cycles: 1 })).ok
    const first = await ask('setTimeout(() => { while (true) {} }, 100)\ns("bd")')
    await new Promise((resolve) => setTimeout(resolve, 300))
    return [first, await ask('s("hh")')]
  })
  expect(answers).toEqual([true, true])
  await play(page, { beat: 's("hh*8")' })
  const left = 'setInterval(() => { while (true) {} }, 20)\ns("bd*4")'
  const { loaded } = await page.evaluate((code) => globalThis.bench.sandbox.update([{ key: "left", code }]), left)
  expect(loaded[0]?.problem).toBeNull()
  await page.waitForTimeout(2_500)
  expect(await page.evaluate(() => globalThis.bench.events.filter(({ type }) => type === "diagnostic"))).toEqual([])
  expect(await loudest(page, 500)).toBeGreaterThan(0.02)
})

test("nothing plays any more once the last clip has failed, and that is told after why", async ({ page }) => {
  const code =
    'setcps(2)\ns("bd*4").withHap((hap) => {\n  if (hap.whole.begin >= 5) throw new Error("no more")\n  return hap\n})'
  await play(page, { only: code })
  const told = () =>
    page.evaluate(() =>
      globalThis.bench.events.flatMap((event) =>
        event.type === "diagnostic" ? [`${event.key} failed`] : event.type === "silent" ? [event.because] : [],
      ),
    )
  await expect.poll(told, { timeout: 15_000 }).toEqual(["only failed", "diagnostic"])
})

test("a clip that cannot go on without the one that was ended is told of too", async ({ page }) => {
  const loop = 's("bd*4").withHap((hap) => {\n  while (hap.whole.begin >= 5) {}\n  return hap\n})'
  await play(page, {
    tempo: "setcps(2)",
    broken: `register('twice', (pat) => pat.fast(2))\n${loop}`,
    needs: 's("rim*2").twice()',
    beat: 's("hh*8")',
  })
  const keys = () =>
    page.evaluate(() =>
      globalThis.bench.events.flatMap((event) => (event.type === "diagnostic" ? [event.key] : [])).sort(),
    )
  await expect.poll(keys, { timeout: 15_000 }).toEqual(["broken", "needs"])
  expect(await loudest(page, 800)).toBeGreaterThan(0.02)
})

test("every clip of the corpus plays in the browser's worker what it plays in Node", async ({ page }) => {
  await import(import.meta.resolve("@strudel-agent/strudel/engine"))
  const tunings = readFileSync(new URL(import.meta.resolve("@strudel-agent/strudel/tunings.json")), "utf8")
  await globalThis.strudelEngine.evaluate("silence", { cycles: 1, tunings: JSON.parse(tunings) })
  const corpus = readCorpus()
  const answers = await page.evaluate(async (clips) => {
    const { sandbox } = globalThis.bench
    const timed: { answer: Awaited<ReturnType<typeof sandbox.analyse>>; took: number }[] = []
    for (const { name, code } of clips) {
      const begun = performance.now()
      timed.push({
        answer: await sandbox.analyse({ sources: [{ key: name, code }], cycles: 4 }),
        took: performance.now() - begun,
      })
    }
    return timed
  }, corpus)
  const rows: { clip: string; events: number; ms: number; same: boolean }[] = []
  for (const [index, { name, code }] of corpus.entries()) {
    const inNode = await globalThis.strudelEngine.evaluate(code, { cycles: 4 })
    const timed = answers[index]
    const { haps } = timed?.answer.ok ? timed.answer : { haps: [] }
    const same = JSON.stringify(inNode) === JSON.stringify(timed?.answer)
    rows.push({ clip: name, events: haps.length, ms: Math.round(timed?.took ?? 0), same })
    expect(timed?.answer, name).toEqual(inNode)
  }
  console.table(rows)
  expect(rows.length).toBeGreaterThan(100)
  expect(rows.filter(({ events }) => events > 0).length).toBeGreaterThan(80)
})
