import type { Page } from "@playwright/test"
import { client, editor, makeClip, open } from "./clip-steps.ts"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"

const options = (page: Page) => page.getByRole("listbox", { name: "Completions" }).getByRole("option")
const dialog = (page: Page) => page.getByRole("dialog", { name: "The language" })
const entry = (page: Page, name: string) => dialog(page).getByRole("article", { name, exact: true })

/** Opens a clip whose editor knows the language, with the cursor at the end of its code. */
async function openAtEnd(page: Page, code: string) {
  const clip = await makeClip({ code })
  await open(page, clip.path)
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+End")
  // Its parts come after the editor is there.
  await expect(async () => {
    await page.keyboard.press("Control+Space")
    await expect(options(page).first()).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press("Escape")
  await expect(options(page)).toHaveCount(0)
  return clip
}

test("functions, sounds, drum machines and scales are completed as they are typed", async ({ page }) => {
  await openAtEnd(page, "")
  await page.keyboard.type("s")
  await expect(options(page).filter({ hasText: /^s\(/ })).toBeVisible()
  await page.keyboard.type('("b')
  await expect(editor(page)).toHaveText('s("b")')
  await expect(options(page).first()).toHaveText(/^bd/)
  await page.keyboard.press("Enter")
  await expect(editor(page)).toHaveText('s("bd")')

  await page.keyboard.press("End")
  await page.keyboard.type(".bank")
  await expect(options(page).first()).toHaveText(/^bank/)
  await expectAccessibleInBothThemes(page)
  await page.keyboard.press("Tab")
  await expect(editor(page)).toHaveText('s("bd").bank("")')
  await expect(options(page).filter({ hasText: "RolandTR909" })).toBeVisible()
  await page.keyboard.type("TR909")
  await expect(options(page).first()).toHaveText(/^RolandTR909/)
  await page.keyboard.press("Enter")
  await expect(editor(page)).toHaveText('s("bd").bank("RolandTR909")')

  await page.keyboard.press("End")
  await page.keyboard.type('.n(0).scale("C:minor:pent')
  await expect(options(page).first()).toHaveText(/^minor:pentatonic/)
  await page.keyboard.press("Escape")
  await expect(options(page)).toHaveCount(0)
})

test("what the project's other clips define is completed, too", async ({ page }) => {
  const { key, path } = await makeClip({ code: "" })
  const code = 'register("wobbleOfMine", (x, pat) => pat.lpf(x))\nsamples({ thudOfMine: "thud.wav" })'
  await client().clip.create.mutate({ projectId: key.projectId, id: "own", name: "Own", code })
  await expect
    .poll(async () => (await client().clip.byId.query({ projectId: key.projectId, id: "own" })).state)
    .toBe("silent")
  await open(page, path)
  await editor(page).click()
  await page.keyboard.type('s("bd")')
  await expect(async () => {
    await page.keyboard.type(".wobbl")
    await expect(options(page).first()).toHaveText(/^wobbleOfMine/, { timeout: 1000 })
  }).toPass()
})

test("a word is told of under the pointer, and a function's brackets say what goes into them", async ({ page }) => {
  await openAtEnd(page, 's("bd").euclid(3, 8)')
  await page.getByText("euclid", { exact: true }).hover()
  const card = page.locator(".cm-entry")
  await expect(card).toContainText("euclid(pulses, steps, rotation?)")
  await expect(card).toContainText('s("bd").euclid(3, 8)')
  await page.mouse.move(5, 5)
  await expect(card).toHaveCount(0)

  await page.keyboard.type(".every(")
  const signature = page.locator(".cm-signature")
  await expect(signature.locator("strong")).toHaveText("cycles")
  await page.keyboard.type("2, ")
  await expect(signature.locator("strong")).toHaveText("change")
  await expect(editor(page)).toHaveText('s("bd").euclid(3, 8).every(2, )')
  // The first one may end a completion that is still being looked for.
  await expect(async () => {
    await page.keyboard.press("Escape")
    await expect(signature).toHaveCount(0, { timeout: 500 })
  }).toPass()
  // Escape has led out of the completion and the signature, and leads out of the editor.
  await page.keyboard.press("Escape")
  await page.keyboard.press("Tab")
  await expect(editor(page)).not.toBeFocused()
})

test("the language is looked up at the cursor, and an example is heard, copied and put in", async ({ page }) => {
  await openAtEnd(page, '$: s("bd").lpf(800)')
  await page.keyboard.press("Control+Home")
  for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowRight")
  await page.keyboard.type("?")
  await expect(editor(page)).toHaveText('$: s("bd").l?pf(800)')
  await expect(dialog(page)).toHaveCount(0)
  await page.keyboard.press("Backspace")

  await page.keyboard.press("F1")
  await expect(dialog(page).getByLabel("A name, or what it does")).toHaveValue("lpf")
  await expect(dialog(page).getByLabel("A name, or what it does")).toBeFocused()
  await expect(entry(page, "lpf")).toContainText("A low-pass filter")
  await expectAccessibleInBothThemes(page)
  await page.keyboard.press("Escape")
  await expect(dialog(page)).toHaveCount(0)

  await page.getByRole("heading", { level: 1 }).click()
  await page.keyboard.press("?")
  await expect(entry(page, "lpf")).toBeVisible()

  await page.keyboard.type("stutter")
  await expect(entry(page, "ply")).toBeVisible()
  await dialog(page).getByLabel("A name, or what it does").fill("lpff")
  await expect(dialog(page)).toContainText("Nothing is called “lpff”. Did you mean")
  await dialog(page).getByRole("button", { name: "lpf", exact: true }).click()
  await expect(entry(page, "lpf")).toBeVisible()

  const play = entry(page, "lpf").getByRole("button", { name: "Play the example of lpf" })
  await play.click()
  await expect(entry(page, "lpf").getByRole("button", { name: "Stop the example of lpf" })).toHaveAttribute(
    "data-phase",
    "playing",
  )
  const example = await entry(page, "lpf").getByRole("group", { name: "Example of lpf" }).textContent()
  await entry(page, "lpf").getByRole("button", { name: "Insert the example of lpf" }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(editor(page)).toContainText(`$: ${example}`)
  await expect(editor(page)).toBeFocused()
  await expect(page.locator("[data-phase=playing]")).toHaveCount(0)
})

test("the palette and the keyboard map tell of it", async ({ page }) => {
  const { path } = await makeClip({ code: 's("bd")' })
  await open(page, path)
  await page.keyboard.press("g")
  await page.keyboard.press("k")
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("Look up the language")
  await page.keyboard.press("Escape")
  await page.keyboard.press("ControlOrMeta+k")
  await page.keyboard.type("look up the lang")
  await page.getByRole("option", { name: /Look up the language/ }).click()
  await expect(dialog(page)).toBeVisible()
})

test("an unknown function and an unknown sound are said with what was probably meant", async ({ page }) => {
  const { path } = await makeClip({ code: 's("bd").lpff(800)' })
  await open(page, path)
  const problems = page.getByRole("list", { name: "Problems in the code" })
  await expect(problems).toContainText("`lpff` is not a function here: did you mean `lpf`?")
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type('s("bdd")')
  await expect(problems).toContainText("`bdd` is not a built-in sound: did you mean `bd`?")
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test("completions and the dialog stay within the screen", async ({ page }) => {
    await openAtEnd(page, 'stack(s("bd*4"), note("c2 eb2 g2").s("sawtooth"))')
    await page.keyboard.type(".ro")
    await expect(options(page).first()).toBeVisible()
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth)
    expect(await wide()).toBeLessThanOrEqual(390)
    for (const each of await page.locator(".cm-tooltip").all()) {
      const { x, width } = (await each.boundingBox()) ?? { x: -1, width: 0 }
      expect({ x: x >= 0, end: x + width <= 390 }).toEqual({ x: true, end: true })
    }
    await page.keyboard.press("F1")
    await expect(dialog(page)).toBeVisible()
    expect(await wide()).toBeLessThanOrEqual(390)
  })
})
