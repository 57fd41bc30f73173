import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })
const fresh = (name: string) => `${name}-${randomUUID().slice(0, 8)}`

const create = (projectId: string, id: string, code: string) =>
  client().clip.create.mutate({ projectId, id, name: `Clip ${id}`, code })

const card = (page: Page, name: string) => page.getByRole("main").getByRole("listitem").filter({ hasText: name })
const names = (page: Page) => page.getByRole("main").getByRole("heading", { level: 3 })

async function heard(): Promise<void> {
  await expect.poll(async () => (await client().clip.analysisProgress.query()).pending, { timeout: 90_000 }).toBe(0)
}

test("a clip's picture comes by itself, and changes nothing else in the list", async ({ page }) => {
  const projectId = fresh("pictures")
  await create(projectId, "kick", 's("bd*4")')
  await create(projectId, "hats", 's("hh*8")')
  await page.goto(`/clips?project=${projectId}`)
  // A product that has just begun listens to its samples first.
  const inTurn = { timeout: 45_000 }
  await expect(card(page, "Clip kick").getByRole("img", { name: "16 events in 4 cycles: bd" })).toBeVisible(inTurn)
  await expect(names(page)).toHaveText(["Clip hats", "Clip kick"])
  await create(projectId, "bass", 'note("c2 eb2").s("sawtooth")')
  await expect(card(page, "Clip bass").getByRole("img", { name: "8 events in 4 cycles: sawtooth" })).toBeVisible(inTurn)
  await expect(names(page)).toHaveText(["Clip bass", "Clip hats", "Clip kick"])
  await expectAccessible(page)
})

test("what does not play is marked with its reason, and found by that", async ({ page }) => {
  const projectId = fresh("pictures")
  await create(projectId, "broken", 's("bd")\n  .fastt(2)')
  await create(projectId, "fine", 's("bd*4")')
  await create(projectId, "none", "silence")
  await heard()
  await page.goto(`/clips?project=${projectId}`)
  const mark = card(page, "Clip broken").getByText("does not play")
  await expect(mark).toHaveAttribute("title", /^Line 2: .*fastt/)
  await expect(card(page, "Clip none").getByText("silent", { exact: true })).toBeVisible()
  await page.getByLabel("Code", { exact: true }).selectOption("Does not play")
  await expect(names(page)).toHaveText(["Clip broken"])
  expect(new URL(page.url()).searchParams.get("state")).toBe("fails")
  await page.reload()
  await expect(names(page)).toHaveText(["Clip broken"])
  await expectAccessible(page)
  await page.getByRole("button", { name: "Remove the filter Does not play" }).click()
  await expect(names(page)).toHaveCount(3)

  await page.goto(`/projects/${projectId}/clips/broken`)
  await expect(page.getByText(/^Line 2: .*fastt/)).toBeVisible()
  await client().clip.update.mutate({ projectId, id: "broken", code: 's("bd*4")' })
  await expect(page.getByRole("img", { name: "16 events in 4 cycles: bd" }).first()).toBeVisible()
  await expect(page.getByText("does not play")).toHaveCount(1)
  await expectAccessible(page)
})

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
  const projectId = fresh("many")
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
  await heard()
  await expect(page.getByText(/ · listening to \d+/)).toHaveCount(0)
  await page.reload()
  const count = page.getByText(/^\d+ clips shown/)
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    await expect(count).toHaveText("500 clips shown", { timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  const gaps = [...(await frameGaps(page, -120)), ...(await frameGaps(page, 120))].sort((one, other) => one - other)
  const at = (share: number) => Math.round(gaps[Math.floor((gaps.length - 1) * share)] ?? 0)
  console.log(`${gaps.length} frames over 500 cards: median ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`)
  expect(gaps.length).toBeGreaterThan(100)
  expect(at(0.5)).toBeLessThan(40)
  expect(at(0.95)).toBeLessThan(120)
})
