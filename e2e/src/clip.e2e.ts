import { chromium } from "@playwright/test"
import { choose, client, code, editor, makeClip, open, saved, saveKey, typeAtEnd, unsaved } from "./clip-steps.ts"
import { kept } from "./draft-steps.ts"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { undoLast } from "./toast-steps.ts"

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

test("the editor takes the place of the code without a jump, also below what is drawn in it", async ({ page }) => {
  const drawing = 's("hh")._pianoroll()._scope()\n  ._spiral({ size: 90 })\n'
  const { path } = await makeClip({ code: drawing + code + drawing })
  await page.addInitScript(watchCode)
  await open(page, path)
  const { loading, ready } =
    await page.evaluate<Record<string, { x: number; y: number; height: number } | undefined>>("places")
  expect(loading?.height).toBeGreaterThan(100)
  expect(Math.abs((ready?.x ?? 0) - (loading?.x ?? 0))).toBeLessThan(1.5)
  expect(Math.abs((ready?.y ?? 0) - (loading?.y ?? 0))).toBeLessThan(1.5)
  expect(Math.abs((ready?.height ?? 0) - (loading?.height ?? 0))).toBeLessThan(1.5)
})

test("leaving with unsaved changes is asked about: by a link, by a step in the history, by closing", async ({
  page,
}) => {
  const { key, path } = await makeClip()
  await open(page, path)
  // There and back, so that the history has a step to a page of the same document.
  await page.getByRole("link", { name: key.projectId, exact: true }).click()
  await expect(page).toHaveURL(`/projects/${key.projectId}`)
  await page.goBack()
  await expect(page.locator("[data-editor=ready]")).toBeVisible({ timeout: 20_000 })
  await typeAtEnd(page, "!")
  await unsaved(page)
  const dialog = page.getByRole("dialog", { name: /Leave with unsaved changes/ })

  await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole("button", { name: "Stay" }).click()
  await expect(page).toHaveURL(path)

  await page.evaluate(() => history.forward())
  await expect(dialog).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(path)
  await expect(editor(page)).toContainText("// end!")

  const asked = page.waitForEvent("dialog")
  await page.close({ runBeforeUnload: true })
  const prompt = await asked
  expect(prompt.type()).toBe("beforeunload")
  await prompt.dismiss()

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
  await kept(page, "// end unsaved")
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
  await kept(next, "// end unsaved again")
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
  await undoLast(page)
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
  // Its metadata have room for little more.
  const { key, path } = await makeClip({ metadata: { bpm: 124, own: "x".repeat(65_400) } })
  await open(page, path)
  await page.getByLabel("Tempo").fill("fast")
  await page.keyboard.press(saveKey)
  await expect(page.getByRole("alert").filter({ hasText: "A number above 0 and at most 10,000." })).toBeVisible()
  await expect(page.getByText("Not saved: mend what is marked first.")).toBeVisible()
  await expect(page.getByLabel("Tempo")).toHaveAttribute("aria-invalid", "true")
  await expectAccessible(page)
  await page.getByLabel("Tempo").fill("124")
  await page.getByLabel("Description").fill("x".repeat(200))
  await page.keyboard.press(saveKey)
  await expect(page.getByText(/At most 65,536 bytes in all, not 65,\d{3} bytes/)).toBeVisible()
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

test.describe("a clip as a whole", () => {
  // Where it was moved from, the page may ask for it once more while it is being left.
  test.use({ expected: /404 \(Not Found\)/ })

  test("a clip is duplicated, moved, and deleted with a way back", async ({ page }) => {
    const { key, path } = await makeClip()
    const toProjectId = `${key.projectId}-b`
    await client().project.create.mutate({ id: toProjectId, name: `Other ${key.projectId}` })
    await open(page, path)
    await choose(page, "Duplicate")
    await page.getByRole("button", { name: "Open it" }).click()
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Deep kick copy", { timeout: 20_000 })
    await expect(page.locator("[data-editor=ready]")).toBeVisible()
    await choose(page, "Move to a project…")
    await page.getByLabel("To the project").selectOption(toProjectId)
    await page.getByRole("button", { name: "Move", exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/projects/${toProjectId}/clips/`))
    const moved = await client().clip.list.query({ projectId: toProjectId })
    expect(moved.items).toHaveLength(1)

    await open(page, path)
    await choose(page, "Delete")
    await expect(page).toHaveURL(/\/clips$/)
    await undoLast(page)
    expect((await client().clip.byId.query(key)).version).toBe(1)
  })
})

test("nobody stumbles over the page, in both themes, wide and narrow", async ({ page }) => {
  const { path } = await makeClip({
    metadata: { bpm: 124, scale: "C minor", tags: ["drums", "deep"], color: "#e5484d", description: "Deep.", own: 1 },
  })
  await open(page, path)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await expectAccessibleInBothThemes(page)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
  }
})

test("a clip is edited and copied on a page that came without https from another machine", async ({ baseURL }) => {
  const { key, path } = await makeClip()
  const { launchOptions } = test.info().project.use
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions?.args ?? []), "--host-resolver-rules=MAP 192.0.2.1 127.0.0.1"],
  })
  const page = await browser.newPage()
  const errors: string[] = []
  page.on("pageerror", (error) => errors.push(error.message))
  await open(page, `http://192.0.2.1:${new URL(baseURL ?? "").port}${path}`)
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.getByRole("button", { name: "Copy the code" }).click()
  await expect(page.getByRole("status").filter({ hasText: "Copied." })).toBeAttached()
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type("// ")
  await page.keyboard.press("ControlOrMeta+v")
  await page.keyboard.press(saveKey)
  await saved(page, 2)
  expect((await client().clip.byId.query(key)).code).toBe(`// ${code}`)
  expect(errors).toEqual([])
  await browser.close()
})

test("the fault of a long clip is told above its code, saved or not, and leads to its line", async ({ page }) => {
  const lines = Array.from({ length: 150 }, (_, line) => `// line ${line + 2}`)
  const { path } = await makeClip({ code: ['s("bd").nonsense()', ...lines].join("\n") })
  await open(page, path)
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    const fault = page.getByRole("button", { name: /^Does not play, line 1\b/ })
    await expect(fault).toBeVisible({ timeout: 20_000 })
    await typeAtEnd(page, "x")
    await unsaved(page)
    await expect(fault).toBeInViewport()
    await fault.click()
    await expect(editor(page)).toBeFocused()
    const line = page.locator(".cm-line").filter({ hasText: "nonsense" })
    await expect(line).toBeInViewport()
    // Not below the bar.
    const [below, top] = [
      await page.getByRole("heading", { name: "Code" }).locator("..").boundingBox(),
      await line.boundingBox(),
    ]
    expect(top?.y).toBeGreaterThanOrEqual((below?.y ?? 0) + (below?.height ?? 0))
    await page.getByRole("button", { name: "Discard" }).click()
    await expect(fault).toBeVisible()
    await expectAccessible(page)
  }
})
