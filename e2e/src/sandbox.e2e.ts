import { expect, test } from "@playwright/test"
import { loudest, openBench, play } from "./sandbox-steps.ts"

test("a clip is heard, tells what sounds and where it is, and stops at once", async ({ page }) => {
  await openBench(page)
  const taken = await play(page, { kick: 's("bd*4")' })
  expect(taken.loaded).toEqual([{ key: "kick", cps: 0.5, cpsSet: false, problem: null }])
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
