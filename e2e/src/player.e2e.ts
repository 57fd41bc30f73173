import { client, editor, open, saved, saveKey, typeAtEnd } from "./clip-steps.ts"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import {
  bar,
  cycle,
  evaluateKey,
  heard,
  level,
  makeClips,
  openClips,
  painting,
  play,
  seen,
  silent,
  stopKey,
  watch,
} from "./player-steps.ts"

const kick = 's("sbd*4")'
const drone = 'note("c3 e3 g3 e3").s("sawtooth").lpf(800)'

test("a press plays a clip, on every page until it is stopped", async ({ page }) => {
  const projectId = await makeClips({ kick })
  await openClips(page, projectId)
  await expect(bar(page)).toHaveCount(0)
  await play(page, "The kick")
  await heard(page)
  await expect(bar(page).getByRole("link", { name: "The kick" })).toBeVisible()
  await expect(page.getByRole("status").filter({ hasText: "Playing The kick" })).toHaveCount(1)
  // The pianoroll and the scope move with the sound.
  for (const canvas of await bar(page).locator("canvas").all()) {
    await expect.poll(async () => (await painting(canvas)).painted).toBeGreaterThan(50)
    const { picture } = await painting(canvas)
    await expect.poll(async () => (await painting(canvas)).picture).not.toBe(picture)
  }
  await expect(bar(page).locator("canvas")).toHaveCount(2)

  await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
  await expect(page.getByRole("heading", { name: "Songs", level: 1 })).toBeVisible()
  await heard(page)
  await bar(page).getByRole("link", { name: "The kick" }).click()
  await expect(page).toHaveURL(`/projects/${projectId}/clips/kick`)
  await heard(page)

  await bar(page).getByRole("button", { name: "Stop", exact: true }).click()
  await silent(page)
  await expect(page.getByRole("button", { name: "Play The kick" })).toBeVisible()
})

test("the one long note of a clip is heard on a page that has not played before, also where it takes long to make", async ({
  page,
}) => {
  const projectId = await makeClips({ low: 'note("c2").s("z_sine").slow(4)', high: 'note("c4").s("sine").slow(4)' })
  for (const name of ["The low", "The high", "The low"]) {
    await openClips(page, projectId)
    await play(page, name)
    // It lasts eight seconds: what comes later would be the next one.
    await expect.poll(() => level(page), { timeout: 6_000 }).toBeGreaterThan(0.02)
    await page.keyboard.press(stopKey)
  }
})

test("the bar covers nothing of the page and moves nothing when it comes", async ({ page }) => {
  const projectId = await makeClips({ kick })
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size)
    await openClips(page, projectId)
    const card = page.locator("[data-clip]").first()
    const before = await card.boundingBox()
    await play(page, "The kick")
    await heard(page)
    expect(await card.boundingBox()).toEqual(before)
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    const end = await page.locator("main > * > *").last().boundingBox()
    const top = (await bar(page).boundingBox())?.y ?? 0
    expect((end?.y ?? 0) + (end?.height ?? 0)).toBeLessThanOrEqual(top + 1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width)
  }
})

test("several clips play at once, each with mute and solo", async ({ page }) => {
  const projectId = await makeClips({ kick: `setcpm(90)\n${kick}`, drone: `setcpm(90)\n${drone}` })
  await openClips(page, projectId)
  await play(page, "The kick")
  await expect.poll(() => cycle(page)).toBeGreaterThan(2)
  await page.getByRole("button", { name: "What to do with The drone" }).click()
  await page.getByRole("menuitem", { name: "Add to what plays" }).click()
  await expect(bar(page)).toContainText("The kick + The drone")
  await expect(bar(page)).not.toContainText("On the next cycle")
  expect(await cycle(page)).toBeGreaterThan(2)
  await bar(page).getByRole("button", { name: "Mix" }).click()
  const clips = bar(page).getByRole("list", { name: "Clips that play" })
  await expect(clips.getByRole("listitem")).toHaveCount(2)

  await clips.getByRole("button", { name: "Mute The kick" }).click()
  await expect(clips.getByRole("button", { name: "Mute The kick" })).toHaveAttribute("aria-pressed", "true")
  await heard(page)
  await clips.getByRole("button", { name: "Mute The drone" }).click()
  await expect.poll(() => level(page), { timeout: 10_000 }).toBeLessThan(0.01)
  await clips.getByRole("button", { name: "Mute The drone" }).click()
  await heard(page)
  await clips.getByRole("button", { name: "Solo The kick" }).click()
  await expect.poll(() => level(page), { timeout: 10_000 }).toBeLessThan(0.01)
  await clips.getByRole("button", { name: "Mute The kick" }).click()
  await heard(page)
  await clips.getByRole("button", { name: "Remove The drone from what plays" }).click()
  await expect(clips.getByRole("listitem")).toHaveCount(1)
  await bar(page).getByRole("slider", { name: "Volume" }).fill("0")
  await expect.poll(() => level(page), { timeout: 10_000 }).toBeLessThan(0.01)
})

test("the editor plays what is typed, lights up what is heard, and changes on the next cycle", async ({ page }) => {
  const projectId = await makeClips({ kick })
  await client().clip.update.mutate({ projectId, id: "kick", metadata: { bpm: 120 } })
  const { version } = await client().clip.byId.query({ projectId, id: "kick" })
  await open(page, `/projects/${projectId}/clips/kick`)
  await editor(page).click()
  await page.keyboard.press(evaluateKey)
  await heard(page)
  const lit = page.locator(".cm-sounding")
  await expect(lit.first()).toHaveText(/sbd/, { timeout: 15_000 })

  // What was played is found in the text, though that has other lines before it.
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("// one\n// more\n")
  await expect(lit.first()).toHaveText(/sbd/)

  // What is commented out is still heard, and lights nothing.
  await page.keyboard.type("// ")
  await expect(lit).toHaveCount(0)
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press("Backspace")
  await expect(lit.first()).toHaveText(/sbd/)

  await typeAtEnd(page, '.sometimes(x => x.speed(2))\n// "hh*8"')
  await page.keyboard.press(evaluateKey)
  await expect(bar(page)).toContainText("On the next cycle")
  await expect(bar(page)).not.toContainText("On the next cycle", { timeout: 10_000 })
  await expect(lit.first()).toHaveText(/sbd/)
  expect((await client().clip.byId.query({ projectId, id: "kick" })).version).toBe(version)

  // A tempo that the code sets takes the place of the metadata's while it plays.
  const tempo = bar(page).getByRole("textbox", { name: "Tempo in beats per minute" })
  await expect(tempo).toHaveValue("120")
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("setcpm(37)\n")
  await page.keyboard.press(evaluateKey)
  await expect(tempo).toHaveValue("148", { timeout: 10_000 })

  // Saving plays what is saved.
  await typeAtEnd(page, " and more")
  await page.keyboard.press(saveKey)
  await expect(bar(page)).toContainText("On the next cycle")
  await saved(page, version + 1)

  await page.keyboard.press(stopKey)
  await silent(page)
  await expect(lit).toHaveCount(0)
})

test("a slider in the code changes what is heard at once, and its number, and is taken back", async ({ page }) => {
  const projectId = await makeClips({ tone: 's("sine").note("c4*4").gain(slider(0, 0, 1))' })
  await open(page, `/projects/${projectId}/clips/tone`)
  await editor(page).click()
  await page.keyboard.press(evaluateKey)
  const slider = editor(page).getByRole("slider", { name: "Slider from 0 to 1" })
  await expect(slider).toHaveValue("0", { timeout: 15_000 })
  await expect(bar(page).getByRole("button", { name: "Stop" })).toBeVisible()
  expect(await level(page)).toBe(0)
  await slider.focus()
  await page.keyboard.press("End")
  await expect(editor(page)).toContainText("slider(1, 0, 1)")
  await heard(page)
  await editor(page).focus()
  await page.keyboard.press("ControlOrMeta+z")
  await expect(editor(page)).toContainText("slider(0, 0, 1)")
  await expect(slider).toHaveValue("0")
  await silent(page)
})

test("code that does not play is marked at its line as it is typed, and can be saved all the same", async ({
  page,
}) => {
  const projectId = await makeClips({ kick })
  await open(page, `/projects/${projectId}/clips/kick`)
  const problems = page.getByRole("list", { name: "Problems in the code" })
  await typeAtEnd(page, "\n  .gain(nonsense)")
  await expect(problems).toContainText("nonsense", { timeout: 20_000 })
  await expect(problems.getByRole("button", { name: /line 2/ })).toBeVisible()
  await expect(page.locator(".cm-lintRange-error")).toHaveText(/nonsense/)
  await expect(page.locator(".cm-line-error")).toHaveText("2")
  await expectAccessible(page)

  // Above the code too, beside how it is stored.
  await expect(page.getByText("Unsaved changes")).toBeVisible()
  const fault = page.getByRole("button", { name: /^Does not play, line 2/ })
  await expect(fault).toBeVisible()
  await page.keyboard.press(saveKey)
  await saved(page, 2)
  await expect(fault).toBeVisible()
  await problems.getByRole("button", { name: /line 2/ }).click()
  await expect(editor(page)).toBeFocused()

  await page.keyboard.press("ControlOrMeta+End")
  for (let presses = 0; presses < " .gain(nonsense)".length; presses++) await page.keyboard.press("Backspace")
  await expect(problems).toHaveCount(0, { timeout: 10_000 })
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0)
})

test("keys play and stop, and one that is held gives a taste of the clip under the pointer", async ({ page }) => {
  const projectId = await makeClips({ kick, drone })
  await openClips(page, projectId)
  await page.getByRole("link", { name: "The kick" }).focus()
  await page.keyboard.press("Space")
  await expect(bar(page)).toContainText("The kick", { timeout: 15_000 })
  await heard(page)
  await page.keyboard.press("Space")
  await silent(page)

  await page.locator("[data-clip$='/drone'] h3").hover()
  await page.keyboard.down("h")
  await expect(bar(page)).toContainText("The drone")
  await heard(page)
  // Its key is let go, by whatever name.
  await page.keyboard.down("Shift")
  await page.keyboard.up("h")
  await page.keyboard.up("Shift")
  await silent(page)

  await page.getByRole("searchbox").focus()
  await page.keyboard.type("a kick ")
  await expect(page.getByRole("searchbox")).toHaveValue("a kick ")
  await silent(page)
  await page.keyboard.press("Escape")
  await page.locator("body").click({ position: { x: 700, y: 5 } })
  await page.keyboard.press("?")
  const map = page.getByRole("dialog", { name: "Keyboard" })
  await expect(map).toContainText("Hold to hear the clip under the pointer")
  await expect(map).toContainText("Stop, also in the editor")
})

test("a sound that is missing is said by its name once, and the panel says why", async ({ page }) => {
  const projectId = await makeClips({ odd: 's("casiotone_of_nobody*4, sawtooth")' })
  await open(page, `/projects/${projectId}/clips/odd`)
  await page.getByRole("button", { name: "More about The odd" }).click()
  await page.getByRole("menuitem", { name: "The sounds it needs" }).click()
  const needed = page.getByRole("dialog", { name: "Sounds of The odd" })
  const each = needed.getByRole("list", { name: "Sounds" }).getByRole("listitem")
  await expect(each).toHaveText([/^casiotone_of_nobody(missing|replaced)/, /^sawtoothcomputed/], { timeout: 20_000 })
  await expectAccessible(page)
  await expect(bar(page)).toHaveCount(0)

  await openClips(page, projectId)
  await play(page, "The odd")
  const said = page.getByText(/“casiotone_of_nobody” is (missing|replaced)/)
  await expect(said).toHaveCount(1, { timeout: 15_000 })
  await page.locator("[data-sonner-toast]").getByRole("button", { name: "Sounds" }).click()
  const sounds = bar(page).getByRole("list", { name: "Sounds" })
  await expect(sounds.getByRole("listitem").first()).toContainText("casiotone_of_nobody")
  await expect(bar(page).getByRole("checkbox", { name: /Load sounds from the network/ })).not.toBeChecked()
  await expect(said).toHaveCount(0)
  await bar(page).getByRole("button", { name: "Stop", exact: true }).click()
  await bar(page).getByRole("button", { name: "Play", exact: true }).click()
  await heard(page)
  // Longer than sounds are gathered to be said together.
  await page.waitForTimeout(2500)
  await expect(said).toHaveCount(0)
  await page.keyboard.press("Escape")
  await expect(sounds).toHaveCount(0)
})

test("a song tells its sections and goes on with the next on demand; the tempo is multiplied", async ({ page }) => {
  const projectId = await makeClips({ kick: `setcpm(60)\n${kick}`, drone: `setcpm(60)\n${drone}` })
  const body =
    "# Night\n\n## Intro (8 bars)\n\n- [K](clip:kick)\n\n## Drop (8 bars)\n\n- [K](clip:kick)\n- [D](clip:drone)\n"
  await client().song.create.mutate({ projectId, id: "night", name: "Night", body, clipIds: ["kick", "kick", "drone"] })
  await page.goto(`/projects/${projectId}/songs/night`)
  await page.getByRole("button", { name: "Play Night" }).click()
  await expect(bar(page)).toContainText("Intro · 1 of 2", { timeout: 15_000 })
  await heard(page)
  const tempo = bar(page).getByRole("textbox", { name: "Tempo in beats per minute" })
  await expect(tempo).toHaveValue("240")
  await tempo.fill("300")
  await page.keyboard.press("Enter")
  await expect(tempo).toHaveValue("300")
  await bar(page)
    .getByRole("button", { name: /^Back to the written tempo/ })
    .click()
  await expect(tempo).toHaveValue("240")
  await watch(page, "section[aria-label=Player]")
  await bar(page).getByRole("button", { name: "Next section" }).click()
  await expect(bar(page)).toContainText("Drop · 2 of 2", { timeout: 10_000 })
  const frames = await seen(page)
  const waiting = frames.filter((told) => told.includes("On the next cycle: Drop"))
  expect(waiting.length).toBeGreaterThan(0)
  // It comes with the cycle that begins: what was told last before is the end of one.
  const before = frames.findLast((told) => !told.includes("Drop · 2 of 2") && !/section: 1\.1/.test(told))
  expect(before).toMatch(/section: \d+\.4 \/ 8/)
  await heard(page)
})

test("the bar and its panels are accessible in both themes, wide and narrow", async ({ page }) => {
  const projectId = await makeClips({ kick, drone })
  await openClips(page, projectId)
  await play(page, "The kick")
  await heard(page)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const panel of ["Mix", "Sounds"]) {
      await bar(page).getByRole("button", { name: panel }).click()
      await expect(bar(page).getByRole("heading", { name: panel })).toBeVisible()
      await expectAccessibleInBothThemes(page)
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})

test("what is needed to play is there before the press, once for all pages", async ({ page }) => {
  const projectId = await makeClips({ kick, drone })
  await openClips(page, projectId)
  const frame = page.locator("iframe[title=Player]")
  await expect(frame).toHaveCount(0)
  await page.getByRole("button", { name: "Play The kick" }).hover()
  await expect(frame).toHaveCount(1)
  await expect(bar(page)).toHaveCount(0)
  await play(page, "The kick")
  await heard(page)
  await page.getByRole("link", { name: "The drone" }).click()
  await page.getByRole("button", { name: "Play The drone" }).click()
  await expect(bar(page)).toContainText("The drone")
  await heard(page)
  await expect(frame).toHaveCount(1)
})

test("a clip without an end is said, and what is lost plays again", async ({ page }) => {
  const projectId = await makeClips({ kick, endless: "while (true) {}" })
  await openClips(page, projectId)
  await page.getByRole("button", { name: "Play The endless" }).click()
  await expect(page.getByText(/^The endless does not play: /)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole("button", { name: "Play The endless" })).toBeVisible()
  await play(page, "The kick")
  await heard(page)

  await page.evaluate(() => document.querySelector("iframe[title=Player]")?.remove())
  await bar(page).getByRole("button", { name: "Mix" }).click()
  await bar(page).getByRole("button", { name: "Mute The kick" }).click()
  await expect(bar(page)).toContainText("was started again", { timeout: 20_000 })
  await bar(page).getByRole("button", { name: "Mute The kick" }).click()
  await page.getByRole("button", { name: "Play again" }).click()
  await expect(bar(page)).not.toContainText("was started again")
  await heard(page)
})

test("what somebody else saves of a clip is heard on the next cycle where it plays, unless something unsaved plays", async ({
  page,
}) => {
  const projectId = await makeClips({ kick: 's("sbd*4").gain(0)', drone })
  const key = { projectId, id: "kick" }
  await openClips(page, projectId)
  await play(page, "The kick")
  await expect.poll(() => cycle(page)).toBeGreaterThan(0)
  expect(await level(page)).toBe(0)
  await client().clip.update.mutate({ ...key, code: kick, expectedVersion: 1 })
  await heard(page)
  await client().clip.update.mutate({ ...key, code: 's("sbd*4").gain(0)', expectedVersion: 2 })
  await silent(page)
  await page.keyboard.press(stopKey)

  await open(page, `/projects/${projectId}/clips/drone`)
  await typeAtEnd(page, ".gain(.6)")
  await page.keyboard.press(evaluateKey)
  await heard(page)
  await client().clip.update.mutate({ projectId, id: "drone", code: "silence", expectedVersion: 1 })
  await expect.poll(async () => (await client().clip.byId.query({ projectId, id: "drone" })).version).toBe(2)
  const then = await cycle(page)
  await expect.poll(() => cycle(page)).toBeGreaterThan(then + 2)
  await heard(page)
  await page.keyboard.press(stopKey)
})
