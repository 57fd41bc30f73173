import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { client } from "./clip-steps.ts"
import { expect, test } from "./page-check.ts"
import { wholeBrowser } from "./whole-browser.ts"

test.use(wholeBrowser)

/** Milliseconds between the frames of a scroll over so many pixels a frame, up or down to the end. */
const frameGaps = (page: Page, step: number) =>
  page.evaluate(async (step) => {
    const gaps: number[] = []
    let last = performance.now()
    let before = -1
    while (before !== window.scrollY) {
      before = window.scrollY
      window.scrollBy(0, step)
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      gaps.push(now - last)
      last = now
    }
    return gaps.slice(1).sort((one, other) => one - other)
  }, step)

test("500 cards with pictures scroll smoothly", async ({ page }) => {
  test.slow()
  const projectId = `many-${randomUUID().slice(0, 8)}`
  const codes = [
    's("bd*4, ~ cp, hh*8")',
    'note("<c2 eb2 g1 bb1>*8").s("sawtooth")',
    'n(irand(8).segment(16)).scale("C:minor")',
  ]
  const content = (index: number) =>
    Buffer.from(`${codes[index % 3]}.gain(${(index % 9) / 10 + 0.1})`).toString("base64")
  for (let from = 0; from < 500; from += 100) {
    const files = Array.from({ length: 100 }, (_, i) => ({ path: `clips/c${from + i}.js`, content: content(from + i) }))
    await client().project.importFiles.mutate({ projectId, files })
  }
  await page.goto(`/clips?project=${projectId}`)
  await expect(page.getByText(/ · listening to \d+/)).toBeVisible()
  const pending = async () => (await client().clip.analysisProgress.query()).pending
  await expect.poll(pending, { timeout: 90_000 }).toBe(0)
  await expect(page.getByText(/ · listening to \d+/)).toHaveCount(0)
  await page.reload()
  const count = page.getByText(/^\d+ clips shown/)
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await expect(count).toHaveText("500 clips shown", { timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  const gaps = [...(await frameGaps(page, -240)), ...(await frameGaps(page, 240))].sort((one, other) => one - other)
  const at = (share: number) => Math.round(gaps[Math.floor((gaps.length - 1) * share)] ?? 0)
  console.log(`${gaps.length} frames over 500 cards: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`)
  expect(gaps.length).toBeGreaterThan(100)
  expect(at(0.5)).toBeLessThan(40)
  expect(at(0.95)).toBeLessThan(120)
})
