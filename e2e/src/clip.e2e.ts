import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

const code = ["// four on the floor", 's("sbd*4")', '  .gain("1 .8")', "  .room(.2)", "", "// end"].join("\n")

/** A clip of a project of its own. */
async function makeClip(rest: { code?: string; metadata?: Record<string, unknown> } = {}) {
  const key = { projectId: `clip-page-${randomUUID().slice(0, 8)}`, id: "kick" }
  await client().clip.create.mutate({ ...key, name: "Deep kick", code, metadata: { bpm: 124 }, ...rest })
  return { key, path: `/projects/${key.projectId}/clips/${key.id}` }
}

const editor = (page: Page) => page.getByRole("textbox", { name: /^Code of/ })
const saveKey = "ControlOrMeta+s"
const saved = (page: Page, version: number) =>
  expect(page.getByRole("status").filter({ hasText: `v${version}` })).toContainText("Saved")
const unsaved = (page: Page) => expect(page.getByText("Unsaved changes", { exact: true })).toBeVisible()

async function open(page: Page, path: string) {
  await page.goto(path)
  await expect(page.locator("[data-editor=ready]")).toBeVisible({ timeout: 20_000 })
}

async function typeAtEnd(page: Page, text: string) {
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(text)
}

test("code and metadata are saved together, and a reload shows them", async ({ page }) => {
  const { key, path } = await makeClip({ metadata: { bpm: 124, mood: { dark: true } } })
  await open(page, path)
  await saved(page, 1)
  await typeAtEnd(page, " of it")
  await unsaved(page)
  await page.getByLabel("Tempo").fill("126.5")
  await page.getByLabel("Tags", { exact: true }).fill("drums,")
  await page.keyboard.type("deep")
  await page.keyboard.press("Enter")
  await page.getByRole("button", { name: "Teal" }).click()
  await page.keyboard.press(saveKey)
  await saved(page, 2)
  expect(await client().clip.byId.query(key)).toMatchObject({
    version: 2,
    code: `${code} of it`,
    metadata: { bpm: 126.5, tags: ["drums", "deep"], color: "#12a594", mood: { dark: true } },
  })
  await page.reload()
  await expect(page.getByText("// end of it")).toBeVisible({ timeout: 20_000 })
  await expect(page.getByLabel("Tempo")).toHaveValue("126.5")
})

/** Where the code's first line is, written down at every frame while the editor is on its way and once when it is there. */
function watchCode() {
  const places: Record<string, { x: number; y: number; height: number }> = {}
  Object.assign(window, { places })
  const look = () => {
    const box = document.querySelector<HTMLElement>("main [data-editor]")
    const walker = box && document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
    for (let node = walker?.nextNode(); node; node = walker?.nextNode()) {
      if (!node.textContent?.includes("four on the floor")) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const { x = 0, y = 0 } = range.getClientRects()[0] ?? {}
      places[box?.dataset.editor ?? ""] = { x, y, height: box?.getBoundingClientRect().height ?? 0 }
      break
    }
    if (!places.ready) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

test("the editor takes the place of the code without a jump", async ({ page }) => {
  const { path } = await makeClip()
  await page.addInitScript(watchCode)
  await open(page, path)
  const { loading, ready } =
    await page.evaluate<Record<string, { x: number; y: number; height: number } | undefined>>("places")
  expect(loading?.height).toBeGreaterThan(100)
  expect(Math.abs((ready?.x ?? 0) - (loading?.x ?? 0))).toBeLessThan(1.5)
  expect(Math.abs((ready?.y ?? 0) - (loading?.y ?? 0))).toBeLessThan(1.5)
  expect(Math.abs((ready?.height ?? 0) - (loading?.height ?? 0))).toBeLessThan(1.5)
})

test("leaving with unsaved changes is asked about: by a link, by the back button, by closing", async ({ page }) => {
  const { key, path } = await makeClip()
  await page.goto(`/projects/${key.projectId}`)
  await page
    .getByRole("link", { name: /Deep kick/ })
    .first()
    .click()
  await expect(page).toHaveURL(path)
  await expect(page.locator("[data-editor=ready]")).toBeVisible({ timeout: 20_000 })
  await typeAtEnd(page, "!")
  await unsaved(page)
  const dialog = page.getByRole("dialog", { name: /Leave with unsaved changes/ })

  await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Stay" }).click()
  await expect(page).toHaveURL(path)

  // Playwright would wait for the step that is stopped.
  await page.evaluate(() => history.back())
  await expect(dialog).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(path)
  await expect(editor(page)).toContainText("// end!")

  const asked = page.waitForEvent("dialog")
  const reload = page.reload().catch(() => undefined)
  const prompt = await asked
  expect(prompt.type()).toBe("beforeunload")
  await prompt.dismiss()
  await reload

  await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
  await dialog.getByRole("button", { name: "Save and leave" }).click()
  await expect(page).toHaveURL(/\/songs$/)
  expect((await client().clip.byId.query(key)).code).toBe(`${code}!`)
})

test("a draft outlives a crash, and is offered again", async ({ page, context }) => {
  const { key, path } = await makeClip()
  await open(page, path)
  await typeAtEnd(page, " unsaved")
  await unsaved(page)
  await page.waitForTimeout(600)
  await page.close({ runBeforeUnload: false })

  const next = await context.newPage()
  await open(next, path)
  await expect(next.getByText(/You have unsaved changes from/)).toBeVisible()
  await expect(editor(next)).not.toContainText("unsaved")
  await next.getByRole("button", { name: "Compare", exact: true }).click()
  await expect(next.getByRole("textbox", { name: "Your unsaved changes" })).toContainText("// end unsaved")
  await expectAccessible(next)
  await next.getByRole("button", { name: "Continue" }).click()
  await expect(editor(next)).toContainText("// end unsaved")
  await next.keyboard.press(saveKey)
  await saved(next, 2)
  await next.reload()
  await expect(next.locator("[data-editor=ready]")).toBeVisible()
  await expect(next.getByText(/You have unsaved changes from/)).toHaveCount(0)

  await typeAtEnd(next, " again")
  await unsaved(next)
  await next.waitForTimeout(600)
  await next.close({ runBeforeUnload: false })
  const last = await context.newPage()
  await open(last, path)
  await last.getByRole("button", { name: "Discard" }).click()
  await expect(last.getByText(/You have unsaved changes from/)).toHaveCount(0)
  expect((await client().clip.byId.query(key)).version).toBe(2)
})

test.describe("a lost connection", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED|Failed to load resource/ })

  test("keeps what was typed, says so, and saves by itself when it is back", async ({ page, context }) => {
    const { key, path } = await makeClip()
    await open(page, path)
    await typeAtEnd(page, " offline")
    // What the page loads when it rests has come by then.
    await page.waitForTimeout(2000)
    await context.setOffline(true)
    await page.keyboard.press(saveKey)
    await expect(page.getByText("Not saved.")).toBeVisible()
    await expect(page.getByText(/kept in this browser/)).toBeVisible()
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible()
    await expectAccessible(page)
    await context.setOffline(false)
    await saved(page, 2)
    expect((await client().clip.byId.query(key)).code).toBe(`${code} offline`)
  })
})

test.describe("two editors of one clip", () => {
  // The browser writes down that the server said 409.
  test.use({ expected: /409 \(Conflict\)/ })

  test("the second sees both versions side by side, and no version is lost", async ({ page, browser, baseURL }) => {
    const { key, path } = await makeClip()
    await open(page, path)
    const other = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage()
    await open(other, path)
    await typeAtEnd(page, " mine")
    await other.getByText("// four on the floor").click()
    await other.keyboard.press("End")
    await other.keyboard.type(" theirs")
    await other.keyboard.press(saveKey)
    await saved(other, 2)
    await other.context().close()

    await editor(page).focus()
    await page.keyboard.press(saveKey)
    await expect(page.getByRole("heading", { name: "Changed in two places" })).toBeVisible()
    await expect(page.getByRole("textbox", { name: "Version 2, stored elsewhere" })).toContainText("floor theirs")
    const result = page.getByRole("textbox", { name: "Yours, to be saved" })
    await expect(result).toContainText("// end mine")
    await expect(result).toContainText("floor theirs")
    expect((await client().clip.byId.query(key)).version).toBe(2)
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: "dark" })
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await page.setViewportSize({ width: 1440, height: 900 })

    await page.getByRole("button", { name: "Take mine" }).click()
    await expect(result).not.toContainText("theirs")
    await page.getByRole("button", { name: "Merge both" }).click()
    await expect(result).toContainText("floor theirs")
    await page.getByRole("button", { name: "Save as version 3" }).click()
    await saved(page, 3)
    await expect(editor(page)).toContainText("floor theirs")
    const { items } = await client().clip.versions.query(key)
    expect(items.map((version) => [version.version, version.code])).toEqual([
      [3, `${code.replace("floor", "floor theirs")} mine`],
      [2, code.replace("floor", "floor theirs")],
      [1, code],
    ])
  })

  test("who changed the same line chooses, and a field that both changed is asked about", async ({ page }) => {
    const { key, path } = await makeClip()
    await open(page, path)
    await typeAtEnd(page, " mine")
    await page.getByLabel("Tempo").fill("90")
    await client().clip.update.mutate({ ...key, code: `${code} theirs`, metadata: { bpm: 140, scale: "C minor" } })
    await page.keyboard.press(saveKey)
    await expect(page.getByText(/Both changed the same lines/)).toBeVisible()
    await expect(page.getByRole("group", { name: "Both changed the tempo" })).toBeVisible()
    await page.getByRole("button", { name: "Take this over from the left" }).first().click()
    await expect(page.getByRole("textbox", { name: "Yours, to be saved" })).toContainText("// end theirs")
    await page.keyboard.press(saveKey)
    await saved(page, 3)
    expect(await client().clip.byId.query(key)).toMatchObject({
      code: `${code} theirs`,
      metadata: { bpm: 90, scale: "C minor" },
    })
  })
})

test("what others store is taken over while nothing is unsaved, and told of while something is", async ({ page }) => {
  const { key, path } = await makeClip()
  await open(page, path)
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+End")
  // The stream of changes is there when the page rests.
  await page.waitForTimeout(3000)
  await client().clip.update.mutate({ ...key, code: `// intro\n${code}` })
  await expect(editor(page)).toContainText("// intro", { timeout: 15_000 })
  await page.keyboard.type(" here")
  await expect(editor(page)).toContainText("// end here")
  await client().clip.update.mutate({ ...key, name: "Renamed elsewhere" })
  await expect(page.getByText(/Changed elsewhere \(version 3\)/)).toBeVisible({ timeout: 15_000 })
  await expect(editor(page)).toContainText("// end here")
  await page.getByRole("button", { name: "Compare", exact: true }).click()
  await page.getByRole("button", { name: "Save as version 4" }).click()
  await saved(page, 4)
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Renamed elsewhere")
})

test("the history tells what changed and where it came from, compares any two, and restores", async ({ page }) => {
  const { id: sessionId } = await client().session.create.mutate({ name: "Late kick" })
  const messages = [{ role: "user" as const, content: "make it deeper" }]
  await client().message.append.mutate({ sessionId, messages })
  const { key, path } = await makeClip()
  await client().clip.update.mutate({
    ...key,
    code: code.replace("sbd*4", "sbd*8"),
    origin: { sessionId, messageIndex: 0 },
  })
  await client().clip.update.mutate({ ...key, metadata: { bpm: 130 } })
  await open(page, path)
  const rows = page.getByRole("list", { name: "Versions" }).getByRole("listitem")
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText("Late kick")
  await expect(rows.nth(1)).toContainText("make it deeper")
  await expect(rows.nth(1)).toContainText("+1")
  await expect(rows.nth(0)).toContainText("tempo")

  await page.getByRole("button", { name: "v1: compare this version" }).click()
  const comparison = page.getByRole("region", { name: "Comparison" })
  await expect(comparison).toContainText("Version 1 → 3, the current one")
  await expect(comparison.getByText("130")).toBeVisible()
  await expect(page).toHaveURL(/version=1/)
  await page.getByRole("button", { name: "v2: compare this version" }).click()
  await expect(comparison).toContainText("Version 1 → 2")
  await expect(comparison).toContainText("sbd*8")
  await comparison.getByRole("button", { name: "Side by side" }).click()
  await expect(comparison.getByRole("columnheader", { name: "After" })).toBeAttached()
  await expectAccessible(page)

  await comparison.getByRole("button", { name: "Restore version 1" }).click()
  await saved(page, 4)
  await expect(editor(page)).toContainText("sbd*4")
  await page.getByRole("button", { name: "Undo" }).click()
  await saved(page, 5)
  expect(await client().clip.byId.query(key)).toMatchObject({ version: 5, metadata: { bpm: 130 } })

  await page.getByRole("link", { name: /make it deeper/ }).click()
  await expect(page).toHaveURL(`/sessions/${sessionId}?at=0#m-0`)
  await expect(page.getByRole("region", { name: "Messages" }).getByText("make it deeper")).toBeVisible()
  const made = await client().clip.versionsOfMessage.query({ sessionId, messageIndex: 0 })
  expect(made.items).toMatchObject([{ clipId: "kick", version: 2 }])
})

test("an address opens a version, and a line", async ({ page }) => {
  const lines = Array.from({ length: 200 }, (_, line) => `// line ${line + 1}`).join("\n")
  const { key, path } = await makeClip({ code: lines })
  await client().clip.update.mutate({ ...key, code: lines.replace("line 7\n", "line seven\n") })
  await page.goto(`${path}?version=1`)
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText("line seven")
  await open(page, `${path}?line=150`)
  await expect(editor(page)).toBeFocused()
  await expect(page.getByText("// line 150", { exact: true })).toBeInViewport()
  await page.keyboard.type("$: ")
  await expect(editor(page)).toContainText("$: // line 150")
})

test("a refused value is said at its field, and nothing is saved", async ({ page }) => {
  const { key, path } = await makeClip()
  await open(page, path)
  await page.getByLabel("Tempo").fill("fast")
  await page.keyboard.press(saveKey)
  await expect(page.getByRole("alert").filter({ hasText: "A number above 0 and at most 10,000." })).toBeVisible()
  await expect(page.getByText("Not saved: mend what is marked first.")).toBeVisible()
  await expect(page.getByLabel("Tempo")).toHaveAttribute("aria-invalid", "true")
  await expectAccessible(page)
  await page.getByLabel("Tempo").fill("124")
  await page.getByLabel("Description").fill("x".repeat(70_000))
  await page.keyboard.press(saveKey)
  await expect(page.getByText(/At most 65,536 bytes in all, not 70,\d{3} bytes/)).toBeVisible()
  expect((await client().clip.byId.query(key)).version).toBe(1)
})

test("everything works by the keyboard alone", async ({ page }) => {
  const { key, path } = await makeClip()
  await open(page, path)
  await page.keyboard.press("F2")
  await page.keyboard.type("Deeper kick")
  await page.keyboard.press("Enter")
  await saved(page, 2)
  expect((await client().clip.byId.query(key)).name).toBe("Deeper kick")
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused()

  await editor(page).focus()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.press("Tab")
  await expect(editor(page)).toBeFocused()
  await unsaved(page)
  await page.keyboard.press("ControlOrMeta+z")
  await saved(page, 2)
  await page.keyboard.press("ControlOrMeta+f")
  await page.keyboard.type("room")
  await expect(page.locator(".cm-searchMatch").first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press("Escape")
  await expect(editor(page)).toBeFocused()
  await page.keyboard.press("Escape")
  await page.keyboard.press("Tab")
  await expect(editor(page)).not.toBeFocused()
  await expect(page.getByLabel("Tempo")).toBeFocused()
})

test("a clip is duplicated, moved, and deleted with a way back", async ({ page }) => {
  const { key, path } = await makeClip()
  const toProjectId = `${key.projectId}-b`
  await client().project.create.mutate({ id: toProjectId, name: `Other ${key.projectId}` })
  await open(page, path)
  const more = page.getByRole("button", { name: /^More about/ })
  // What draws the menu is fetched when the button is pointed at.
  const openMenu = async () => {
    await more.hover()
    await page.waitForTimeout(1000)
    await more.click()
  }
  await openMenu()
  await page.getByRole("menuitem", { name: "Duplicate" }).click()
  await page.getByRole("button", { name: "Open it" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Deep kick copy", { timeout: 20_000 })
  await expect(page.locator("[data-editor=ready]")).toBeVisible()
  await openMenu()
  await page.getByRole("menuitem", { name: "Move to a project…" }).click()
  await page.getByLabel("To the project").selectOption({ label: `Other ${key.projectId}` })
  await page.getByRole("button", { name: "Move", exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/projects/${toProjectId}/clips/`))
  const moved = await client().clip.list.query({ projectId: toProjectId })
  expect(moved.items).toHaveLength(1)

  await open(page, path)
  await openMenu()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await expect(page).toHaveURL(/\/clips$/)
  await page.getByRole("button", { name: "Undo" }).click()
  expect((await client().clip.byId.query(key)).version).toBe(1)
})

test("nobody stumbles over the page, in both themes, wide and narrow", async ({ page }) => {
  const { path } = await makeClip({
    metadata: { bpm: 124, scale: "C minor", tags: ["drums", "deep"], color: "#e5484d", description: "Deep.", own: 1 },
  })
  await open(page, path)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
  }
})
