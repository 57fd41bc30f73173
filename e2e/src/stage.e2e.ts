import type { Locator } from "@playwright/test"
import { client } from "./clip-steps.ts"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { bar, heard, makeClips, seen, silent, watch } from "./player-steps.ts"
import { excess, screens, smallTargets, standBelowEachOther } from "./screen-steps.ts"

const codes = { kick: 'setcpm(120)\ns("sbd*4")', lead: 'setcpm(120)\nnote("c3 e3 g3 e3").s("sawtooth").lpf(900)' }
const body = "## Door (2 bars)\n\n- [K](clip:kick)\n\n## Floor (64 bars)\n\n- [K](clip:kick)\n- [L](clip:lead)\n"

async function makeSong() {
  const projectId = await makeClips(codes)
  const clipIds = ["kick", "kick", "lead"]
  await client().song.create.mutate({ projectId, id: "night", name: "Night", body, clipIds })
  await client().song.create.mutate({ projectId, id: "day", name: "Day", clipIds: ["lead"] })
  return projectId
}

test("a song is performed on a stage: sections follow each other, and clips are muted by number", async ({ page }) => {
  const projectId = await makeSong()
  await page.goto(`/projects/${projectId}/songs/night`)
  await page.getByRole("link", { name: "Stage" }).click()
  const stage = page.getByRole("region", { name: "Stage: Night" })
  await expect(stage.getByText("Door", { exact: true })).toBeVisible()
  // Not the tempo that the player rests at.
  await expect(stage).not.toContainText("120 bpm")
  await expect(stage).toContainText("Then Floor")
  await expectAccessible(page)
  await watch(page, "section[aria-label='Stage: Night']")
  await page.keyboard.press("Space")
  await heard(page)
  await expect(stage).toContainText("240 bpm")
  // Two bars of half a second.
  await expect(stage.getByRole("status")).toHaveText("Floor", { timeout: 10_000 })
  await expect(stage).toContainText("Then The end")
  await expect(stage).toContainText(/[1-9]\d* \/ 64 · \d+ to go/)
  expect((await seen(page)).filter((told) => /Door.*[12] \/ 2 · [12] to go/.test(told))).not.toEqual([])
  await page.evaluate(() => {
    document.documentElement.requestFullscreen = async () => void document.body.classList.add("full-screen-asked")
  })
  await stage.getByRole("button", { name: "Full screen" }).click()
  await expect(page.locator("body.full-screen-asked")).toHaveCount(1)
  // What lies below the stage is out of the keys' reach.
  for (let presses = 0; presses < 9; presses++) {
    await page.keyboard.press("Tab")
    const place = await page.evaluate(() => {
      const { activeElement } = document
      return activeElement === document.body ? "nowhere" : activeElement?.closest("section")?.ariaLabel
    })
    expect(["nowhere", "Stage: Night"]).toContain(place)
  }
  await page.keyboard.press("1")
  await expect(stage.getByRole("button", { name: /^The kick/ })).toHaveAttribute("aria-pressed", "false")
  await page.keyboard.press("2")
  await silent(page)
  await page.keyboard.press("2")
  await heard(page)
  await page.keyboard.press("ArrowLeft")
  // It is heard for a second, less than a busy machine may need to look.
  const before = (await seen(page)).length
  const doors = async () => (await seen(page)).slice(before).filter((told) => /Door.*[12] \/ 2/.test(told))
  await expect.poll(doors).not.toEqual([])
  // Until then it told what was heard, and what was to come.
  expect((await seen(page)).filter((told) => /2 of 2.*Floor.*On the next cycle: Door/.test(told))).not.toEqual([])
  await stage.getByRole("button", { name: "Stop" }).click()
  await page.keyboard.press("Escape")
  await expect(page).toHaveURL(/\/songs\/night$/)
})

for (const [screen, viewport] of Object.entries(screens)) {
  const isTouch = screen === "phone" || screen === "lying"
  test(`the stage, its song and the launcher fit the screen: ${screen}`, async ({ browser, baseURL }) => {
    const projectId = await makeSong()
    const context = await browser.newContext({ baseURL, viewport, hasTouch: isTouch, isMobile: isTouch })
    const page = await context.newPage()
    await page.goto(`/projects/${projectId}/songs/night`)
    const way = page.getByRole("link", { name: "Stage" })
    await expect(way).toBeInViewport()
    expect(await excess(page)).toBeLessThanOrEqual(0)
    if (isTouch) expect(await smallTargets(page.locator("body"))).toEqual([])

    await way.click()
    const stage = page.getByRole("region", { name: "Stage: Night" })
    const next = stage.getByRole("button", { name: "Next", exact: true })
    await expect(next).toBeVisible()
    const [title, status] = [stage.getByRole("heading", { name: "Night" }), stage.getByRole("status")]
    const [clip, then] = [stage.getByRole("button", { name: /^The kick/ }), stage.getByText("Then Floor")]
    expect(await standBelowEachOther([title, status, clip, next])).toBe(true)
    expect(await standBelowEachOther([title, status, then, next])).toBe(true)
    for (const part of [title, status, clip, then, next]) await expect(part).toBeInViewport({ ratio: 1 })
    // All of it is in sight: nothing has to be scrolled.
    expect(
      await stage.evaluate((each) =>
        [each, ...each.children].every(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight + 1),
      ),
    ).toBe(true)
    await expectAccessibleInBothThemes(page)
    if (isTouch) expect(await smallTargets(stage)).toEqual([])

    await page.goto(`/projects/${projectId}/launcher`)
    const pad = page.locator("[data-pad=kick]")
    await expect(pad).toBeInViewport({ ratio: 1 })
    expect(await standBelowEachOther([page.getByRole("heading", { name: "Launcher" }), pad])).toBe(true)
    expect(await excess(page)).toBeLessThanOrEqual(0)
    if (isTouch) expect(await smallTargets(page.locator("body"))).toEqual([])
    await context.close()
  })
}

test("type, pattern and code grow with a large screen", async ({ page }) => {
  const projectId = await makeSong()
  const sizes: number[][] = []
  for (const viewport of [screens.desk, screens.large]) {
    await page.setViewportSize(viewport)
    await page.goto(`/projects/${projectId}/songs/night/stage`)
    const stage = page.getByRole("region", { name: "Stage: Night" })
    const code = stage.locator("[data-editor=ready]").first()
    await expect(code).toContainText("sbd", { timeout: 20_000 })
    const type = (part: Locator) => part.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize))
    const pattern = await stage.locator("canvas").boundingBox()
    sizes.push([
      await type(stage.getByRole("status")),
      await type(code.locator(".cm-line").first()),
      pattern?.height ?? 0,
    ])
    await page.goto(`/projects/${projectId}/launcher`)
    const pad = page.locator("[data-pad=kick]")
    await expect(pad).toBeVisible()
    sizes.at(-1)?.push(await type(pad), (await pad.boundingBox())?.height ?? 0)
  }
  const [desk = [], large = []] = sizes
  expect(desk).toHaveLength(5)
  for (const [index, size] of desk.entries()) expect(large[index]).toBeGreaterThan(size * 1.3)
})

test("a playlist plays through, and goes on with the next song on demand", async ({ page }) => {
  const projectId = await makeSong()
  const short = { id: "short", name: "Short", body: "## All (2 bars)\n\n- [K](clip:kick)\n", clipIds: ["kick"] }
  await client().song.create.mutate({ projectId, ...short })
  const songIds = ["short", "day", "night"]
  await client().playlist.create.mutate({ projectId, id: "evening", name: "Evening", songIds })
  await page.goto(`/projects/${projectId}/playlists/evening`)
  await page.getByRole("link", { name: "Stage" }).click()
  const stage = page.getByRole("region", { name: "Stage: Evening" })
  await stage.getByRole("button", { name: "Play", exact: true }).click()
  await expect(stage.getByRole("status")).toHaveText("Day: The lead", { timeout: 15_000 })
  await stage.getByRole("button", { name: "Next song" }).click()
  await expect(stage.getByRole("status")).toHaveText("Night: Door", { timeout: 10_000 })
  await heard(page)
  await expect(stage.getByRole("button", { name: "Next song" })).toBeDisabled()
})

test("the bars of a section are written into the song's text, and how it plays is kept", async ({ page }) => {
  const projectId = await makeSong()
  await page.goto(`/projects/${projectId}/songs/night`)
  const picture = page.locator("main svg:has(> g > rect)")
  // Where each section begins, of the 640 that the picture is wide.
  const begins = () => picture.locator("rect").evaluateAll((blocks) => blocks.map((block) => block.getAttribute("x")))
  await expect.poll(begins).not.toEqual([])
  const before = await begins()
  const field = page.getByRole("textbox", { name: "Bars of Floor" })
  await field.fill("12")
  await field.press("Enter")
  const stored = async () => (await client().song.byId.query({ projectId, id: "night" })).body
  await expect.poll(stored).toBe(body.replace("64 bars", "12 bars"))
  await expect.poll(begins).not.toEqual(before)
  expect(new Set(await begins()).size).toBe((body.match(/^## /gm) ?? []).length)
  await page.getByRole("combobox", { name: "Order" }).selectOption("All clips at once")
  await page.getByRole("checkbox", { name: "Loop" }).check()
  await page.reload()
  await expect(page.getByRole("combobox", { name: "Order" })).toHaveValue("stack")
  await expect(page.getByRole("textbox", { name: "Bars of Floor" })).toHaveValue("12")
  await page.getByRole("button", { name: "Play Night" }).click()
  await expect(bar(page)).toContainText("Night", { timeout: 15_000 })
  await heard(page)
  await expect(bar(page).getByRole("button", { name: "Next section" })).toHaveCount(0)
})

test("a song has one tempo, or each of its sections its own, as it is chosen", async ({ page }) => {
  const projectId = await makeClips({ ...codes, lead: 'setcpm(90)\nnote("c3 e3").s("sawtooth")' })
  const body = "## A (1 bar)\n\n- [K](clip:kick)\n\n## B (64 bars)\n\n- [L](clip:lead)\n"
  await client().song.create.mutate({ projectId, id: "two", name: "Two", body, clipIds: ["kick", "lead"] })
  const analysed = async () => {
    const { items } = await client().clip.list.query({ projectId })
    return items.every(({ state }) => state !== null)
  }
  await expect.poll(analysed, { timeout: 60_000 }).toBe(true)
  await page.goto(`/projects/${projectId}/songs/two`)
  const tempo = bar(page).getByRole("textbox", { name: "Tempo in beats per minute" })
  for (const [choice, bpm] of [
    ["Each section its own tempo", "180"],
    ["One tempo for all", "240"],
  ] as const) {
    await page.getByRole("combobox", { name: "Tempo" }).selectOption(choice)
    await page.getByRole("button", { name: "Play Two" }).click()
    await expect(bar(page)).toContainText("B · 2 of 2", { timeout: 15_000 })
    await expect(tempo).toHaveValue(bpm)
    await page.getByRole("button", { name: "Stop Two" }).click()
  }
})

test.describe("a stage that the server does not answer", () => {
  test.use({ expected: /ERR_FAILED/ })

  test("says so, and tries again", async ({ page }) => {
    const projectId = await makeSong()
    await page.route("**/trpc/clip.byId*", (route) => route.abort())
    await page.goto(`/projects/${projectId}/songs/night/stage`)
    const stage = page.getByRole("region", { name: "Stage: Night" })
    // It is asked for a few times before that.
    await expect(stage).toContainText("Night could not be loaded.", { timeout: 20_000 })
    await expectAccessible(page)
    await page.unrouteAll()
    await stage.getByRole("button", { name: "Try again" }).click()
    await expect(stage.getByText("Door", { exact: true })).toBeVisible()
  })
})
