import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, test } from "./page-check.ts"

/** Bytes of compressed scripts that a page may load until it is there. */
const mostAtFirst = 150_000
/** Bytes that it may load in all before anybody touches it. */
const mostAtRest = 330_000

/** Compressed bytes of the scripts asked for before the page was there, and of all until it rests. */
async function scriptBytes(page: Page): Promise<{ first: number; all: number }> {
  await page.waitForLoadState("networkidle")
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation")
    const there = navigation instanceof PerformanceNavigationTiming ? navigation.loadEventStart : 0
    const scripts = performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
    const sum = (entries: PerformanceResourceTiming[]) =>
      entries.reduce((bytes, entry) => bytes + entry.encodedBodySize, 0)
    return { first: sum(scripts.filter(({ startTime }) => startTime < there)), all: sum(scripts) }
  })
}

async function sampleSession(): Promise<string> {
  const client = createClient({ url: test.info().project.use.baseURL ?? "" })
  const find = async () => (await client.session.list.query({ projectId: "house" })).items[0]?.id ?? ""
  await expect.poll(find, { timeout: 60_000 }).not.toBe("")
  return find()
}

test("the first scripts of the main pages stay within 150 KB", async ({ page }) => {
  test.slow()
  for (const path of ["/sessions", "/clips", `/sessions/${await sampleSession()}`, "/songs", "/search?q=kick"]) {
    await page.goto(path)
    const { first, all } = await scriptBytes(page)
    console.log(`${path.slice(0, 20)}: ${first} bytes of scripts at first, ${all} at rest`)
    expect(first).toBeGreaterThan(50_000)
    expect(first, path).toBeLessThanOrEqual(mostAtFirst)
    expect(all, "the islands came to life").toBeGreaterThan(first)
    expect(all, path).toBeLessThanOrEqual(mostAtRest)
  }
})
