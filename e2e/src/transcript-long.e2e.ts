import type { Page } from "@playwright/test"
import { test } from "./page-check.ts"
import {
  alive,
  expect,
  expectInView,
  newSession,
  rowCount,
  type Step,
  scrollOn,
  transcript,
} from "./transcript-steps.ts"

test.describe.configure({ timeout: 240_000 })

let id = ""
test.beforeAll(async () => {
  test.setTimeout(240_000)
  id = await newSession(100_000)
})

test("100,000 messages open with the last of them at once", async ({ page }) => {
  const paint = async () => {
    await page.goto(`/sessions/${id}`)
    await expectInView(page, 99_999)
    const painted = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const observer = new PerformanceObserver((list) => {
            const [entry] = list.getEntriesByName("first-contentful-paint")
            if (entry) resolve(entry.startTime)
          })
          observer.observe({ type: "paint", buffered: true })
        }),
    )
    console.log(`first paint with the last of 100,000 messages after ${Math.round(painted)} ms`)
    return painted
  }
  // The figure is printed; the bound only tells that not all of them are read.
  expect(await paint()).toBeLessThan(10_000)
  await alive(page)
  const changed = page.getByRole("button", { name: "Changed code" })
  await changed.click()
  await expect(changed).toHaveAttribute("aria-pressed", "true")
  await expectInView(page, 99_995)
  await changed.click()
  await expect(changed).toHaveAttribute("aria-pressed", "false")
  await transcript(page).focus()
  await page.keyboard.press("Home")
  await expectInView(page, 0)
  expect(await rowCount(page)).toBeLessThanOrEqual(300)
})

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send("HeapProfiler.collectGarbage")
  const { usedSize } = await session.send("Runtime.getHeapUsage")
  await session.detach()
  return usedSize / 1024 / 1024
}

test("100,000 messages scroll up and down without a jump, in few rows and a flat heap", async ({ page }) => {
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const steps: Step[] = []
  const travel = async (by: number, until: (index: number) => boolean) => {
    for (let turn = 0; turn < 2000; turn++) {
      const step = await scrollOn(page, by)
      steps.push(step)
      if (until(Number(step.id.slice(2)))) return
    }
  }
  await travel(-2500, (index) => index < 99_600)
  const early = await heapOf(page)
  await travel(-2500, (index) => index < 99_000)
  await travel(2500, (index) => index > 99_300)
  const late = await heapOf(page)
  console.log(`heap ${early.toFixed(1)} MiB, after ${steps.length} steps ${late.toFixed(1)} MiB`)
  expect(Math.max(...steps.map(({ rows }) => rows))).toBeLessThanOrEqual(300)
  expect(steps.filter(({ moved }) => moved > 2)).toEqual([])
  expect(late).toBeLessThan(early * 1.5 + 10)
})
