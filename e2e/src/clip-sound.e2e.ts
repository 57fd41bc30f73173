import { type Page, test as plain } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { makeClip, open } from "./clip-steps.ts"
import { type OwnProduct, startOwnProduct } from "./own-product.ts"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"

const sound = (page: Page) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: /^Sound( as rendered)?$/ }) })
const alike = (page: Page) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: "Sounds like this" }) })
const asksForSound = /\/trpc\/[^?]*clip\.audio/

/** Answers what is asked of a clip's sound as a server in another state does. */
async function tellSound(page: Page, told: { state: string; problem?: string }) {
  await page.route(asksForSound, async (route) => {
    const response = await route.fetch()
    const answers: { result: { data: object } }[] = await response.json()
    const names = new URL(route.request().url()).pathname.replace("/trpc/", "").split(",")
    const json = answers.map((answer, place) =>
      names[place] === "clip.audio" ? { result: { data: { ...answer.result.data, problem: null, ...told } } } : answer,
    )
    await route.fulfill({ response, json })
  })
}

// A request that is cut off is told in the console.
test.use({ expected: /ERR_FAILED/ })

test("a clip's page says why there is no sound to show: not measured here, yet to be, failed, unreachable", async ({
  page,
}) => {
  const { path } = await makeClip()
  await open(page, path)
  await expect(sound(page)).toContainText("This server does not measure sound.")
  await expect(alike(page)).toHaveCount(0)

  await test.step("yet to be measured", async () => {
    await tellSound(page, { state: "waiting" })
    await page.reload()
    await expect(sound(page).getByRole("status")).toHaveText("The server is listening to it…")
    await expect(alike(page)).toContainText("Once its sound is measured, clips that sound like it are here.")
    await expectAccessibleInBothThemes(page)
    await page.unrouteAll({ behavior: "wait" })
  })

  await test.step("failed", async () => {
    await tellSound(page, { state: "failed", problem: "It takes more than a minute of computing" })
    await page.reload()
    await expect(sound(page)).toContainText("Its sound cannot be measured. It takes more than a minute of computing")
    await expect(alike(page)).toHaveCount(0)
    await page.unrouteAll({ behavior: "wait" })
  })

  await test.step("unreachable, and there again", async () => {
    await page.route(asksForSound, (route) => route.abort())
    await page.reload()
    const again = sound(page).getByRole("button", { name: /try again/i })
    await expect(again).toBeVisible({ timeout: 30_000 })
    await page.unrouteAll({ behavior: "wait" })
    await again.click()
    await expect(sound(page)).toContainText("This server does not measure sound.")
  })
})

plain.describe("where sound is measured", () => {
  plain.describe.configure({ mode: "serial" })
  let own: OwnProduct
  plain.beforeAll(async () => {
    plain.setTimeout(240_000)
    own = await startOwnProduct({ STRUDEL_EAR: "true" })
  })
  plain.afterAll(() => own.remove())

  plain("clips are found by it, likened, and told what a change did to it", async ({ page }) => {
    plain.setTimeout(240_000)
    const client = createClient({ url: own.url })
    const make = (id: string, code: string) => client.clip.create.mutate({ projectId: "heard", id, name: id, code })
    const measured = (id: string) =>
      expect
        .poll(async () => (await client.clip.audio.query({ projectId: "heard", id })).state, { timeout: 120_000 })
        .toBe("measured")
    await make("bass", 'note("c2*4").s("sawtooth").lpf(400).gain(.3)')
    await make("hats", 's("hh*16").gain(.6)')
    await make("twin", 'note("c2*4").s("sawtooth").lpf(420).gain(.6)')
    for (const id of ["twin", "hats", "bass"]) await measured(id)
    await client.clip.update.mutate({
      projectId: "heard",
      id: "bass",
      code: 'note("c2*4").s("sawtooth").lpf(4000).gain(.9)',
    })
    await measured("bass")
    await client.clip.update.mutate({
      projectId: "heard",
      id: "bass",
      code: 'note("c2*4").s("sawtooth").lpf(400).gain(.3)',
    })
    await measured("bass")

    const clipIds = ["bass", "hats"]
    await client.song.create.mutate({ projectId: "heard", id: "both", name: "Both", clipIds })
    const song = await client.song.audio.query({ projectId: "heard", id: "both" })
    expect(song).toMatchObject({ state: "measured", seconds: 32, sections: [{ name: "bass" }, { name: "hats" }] })
    expect(song.sections[1]?.changes).toEqual(expect.arrayContaining(["brighter", "busier"]))

    await page.goto(`${own.url}/projects/heard/clips/bass`)
    await expect(sound(page).getByRole("img", { name: /^Waveform/ })).toBeVisible()
    await expect(alike(page).getByRole("listitem").first()).toContainText("twin")
    await expect(alike(page).getByRole("button", { name: "Play twin" })).toBeVisible()
    const versions = page.getByRole("list", { name: "Versions" })
    await expect(versions.getByRole("listitem").filter({ hasText: "v2" })).toContainText(
      /Sound: loudness up .*brighter/,
    )
    await versions.getByRole("button", { name: /^v2/ }).click()
    await versions.getByRole("button", { name: /^v1/ }).click()
    await expect(page.getByText(/^Sound loudness up \d+ dB/)).toBeVisible()
    await expectAccessibleInBothThemes(page)

    await page.goto(`${own.url}/clips?project=heard`)
    await page.locator("html[data-alive]").waitFor({ state: "attached" })
    await page.getByRole("combobox", { name: "Sound" }).selectOption("bright")
    await expect(page).toHaveURL(/sound=bright/)
    const cards = page.locator("[data-clip]")
    await expect(cards).toHaveCount(1)
    await expect(cards).toContainText("hats")
    await page.getByRole("button", { name: "Remove the filter Bright" }).click()
    await page.getByRole("combobox", { name: "Sort by" }).selectOption("density")
    await expect(cards.first()).toContainText("hats")

    await page.getByRole("button", { name: "Play hats" }).click()
    const even = page.getByRole("button", { name: "Even out loudness" })
    await expect(even).toHaveAttribute("aria-pressed", "false")
    await even.click()
    await expect(even).toHaveAttribute("aria-pressed", "true")
    await page.reload()
    await page.getByRole("button", { name: "Play hats" }).click()
    await expect(even).toHaveAttribute("aria-pressed", "true")
  })
})
