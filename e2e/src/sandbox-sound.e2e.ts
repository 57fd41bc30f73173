import type { Page } from "@playwright/test"
import { expect, test } from "./page-check.ts"
import { loudest, openBench, play } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

test.use(wholeBrowser)

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
  expect(Math.abs(first - at)).toBeLessThan(200)
  await page.waitForTimeout(200)
  await page.evaluate(() => globalThis.bench.sandbox.stop())
  await page.waitForTimeout(300)
  return first - pressed
}

const inWords = (times: number[]) => times.map((time) => `${Math.round(time)} ms`).join(", ")
const median = (times: number[]) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)]

test("what was heard or prepared before sounds at once", async ({ page }) => {
  await openBench(page)
  await page.waitForTimeout(1_500)
  const beat = 's("bd hh sd hh").gain(1)'
  const first = await timeToSound(page, { beat })
  const again: number[] = []
  for (let turn = 0; turn < 7; turn++) again.push(await timeToSound(page, { beat }))
  const others: number[] = []
  for (const [name, code] of Object.entries(various)) {
    await page.evaluate((sources) => globalThis.bench.sandbox.prepare(sources), [{ key: name, code }])
    await page.waitForTimeout(600)
    others.push(await timeToSound(page, { [name]: code }))
  }
  console.log(`press to sound: ${inWords([first])}, again: ${inWords(again)}, other clips: ${inWords(others)}`)
  // The figures above are what counts; the bounds only tell that nothing is loaded anew, on a busy machine too.
  expect(first).toBeLessThan(5_000)
  expect(median(again)).toBeLessThan(500)
  expect(median(others)).toBeLessThan(500)
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
