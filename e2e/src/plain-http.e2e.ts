import { expect, test } from "./page-check.ts"
import { bar, heard, makeClips } from "./player-steps.ts"
import { loudest, openBench, play } from "./sandbox-steps.ts"

/** An address of another machine, which browsers do not trust as they do localhost. */
const studio = "192.0.2.1"

test.use({
  baseURL: async ({ baseURL }, use) => {
    const address = new URL(baseURL ?? "")
    address.hostname = studio
    await use(address.origin)
  },
  launchOptions: async ({ launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), `--host-resolver-rules=MAP ${studio} 127.0.0.1`]
    await use({ ...launchOptions, args })
  },
  // Such a page is told that a policy does not count there.
  expected: /Cross-Origin-Opener-Policy/,
})

test("over plain http from another machine clips are heard, and what cannot be is said", async ({ page }) => {
  const projectId = await makeClips({
    saws: 'note("c3 e3 g3").s("supersaw")',
    dirt: 's("bd*4").distort(2).crush(4)',
  })
  await page.goto(`/projects/${projectId}/clips/saws`)
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.getByRole("button", { name: "Play The saws" }).first().click()
  await heard(page)
  await expect(page.getByText("“supersaw” is replaced by built-in sounds.")).toBeVisible()
  await bar(page)
    .getByRole("button", { name: /^Sounds/ })
    .click()
  await expect(page.getByText("replaced by sawtooth")).toBeVisible()
  await expect(
    page.getByText("Over plain http browsers run no sound processors; over https or at localhost they do"),
  ).toBeVisible()

  await page.goto(`/projects/${projectId}/clips/dirt`)
  await page.getByRole("button", { name: "Play The dirt" }).first().click()
  await heard(page)
  await expect(page.getByText("“distort” and “crush” are left out: over plain http")).toBeVisible()
})

test("over plain http too what is too loud is turned down, and leaves others to be heard", async ({ page }) => {
  await openBench(page)
  await play(page, {
    loud: 'note("c3*4").s("sawtooth").gain(1e9).postgain(1e9)',
    innocent: 'note("c4*8").s("square").gain(.5)',
  })
  await expect.poll(() => loudest(page, 500), { timeout: 15_000 }).toBeGreaterThan(0.5)
  expect(await loudest(page, 1_000)).toBeLessThanOrEqual(1)
  // With the loud one's fader down, the other one is there.
  await page.evaluate(() => globalThis.bench.sandbox.mix({ volume: 1, gains: { loud: 0, innocent: 1 } }))
  await page.waitForTimeout(500)
  await expect.poll(() => loudest(page, 500)).toBeGreaterThan(0.02)
})
