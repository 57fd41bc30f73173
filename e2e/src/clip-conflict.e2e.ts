import type { Page } from "@playwright/test"
import { client, code, editor, makeClip, open, saved, saveKey, typeAtEnd } from "./clip-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"

/** Opens a clip and waits until its page hears of what others store. */
async function openLive(page: Page, path: string) {
  const stream = page.waitForResponse((response) => response.url().includes("/trpc/live.watch"))
  await open(page, path)
  await stream
}

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
    // As an editor of Windows has it, and as it stays.
    const windows = code.replaceAll("\n", "\r\n")
    const { key, path } = await makeClip({ code: windows })
    await open(page, path)
    await typeAtEnd(page, " mine")
    await page.getByLabel("Tempo").fill("90")
    await client().clip.update.mutate({ ...key, code: `${windows} theirs`, metadata: { bpm: 140, scale: "C minor" } })
    await page.keyboard.press(saveKey)
    await expect(page.getByText(/Both changed the same lines/)).toBeVisible()
    await expect(page.getByRole("group", { name: "Both changed the tempo" })).toBeVisible()
    await page.getByRole("button", { name: "Take this over from the left" }).first().click()
    await expect(page.getByRole("textbox", { name: "Yours, to be saved" })).toContainText("// end theirs")
    await page.keyboard.press(saveKey)
    await saved(page, 3)
    expect(await client().clip.byId.query(key)).toMatchObject({
      code: `${windows} theirs`,
      metadata: { bpm: 90, scale: "C minor" },
    })
  })
})

test.describe("a merge by hand", () => {
  test.use({ expected: /409 \(Conflict\)|ERR_FAILED/ })

  test("outlives a save that fails, a reload, more editing and a save that comes too late", async ({ page }) => {
    const { key, path } = await makeClip()
    // What others store is heard of only by the answer to a save.
    await page.route("**/trpc/live.*", (route) => route.abort())
    await open(page, path)
    await typeAtEnd(page, " mine")
    const second = code.replace("floor", "floor second")
    await client().clip.update.mutate({ ...key, code: second })
    await page.keyboard.press(saveKey)
    const result = page.getByRole("textbox", { name: "Yours, to be saved" })
    await expect(result).toContainText("floor second")
    await result.click()
    await page.keyboard.press("ControlOrMeta+End")
    await page.keyboard.type(" by hand")

    await page.route("**/trpc/clip.update*", (route) => route.abort())
    await page.keyboard.press(saveKey)
    await expect(page.getByText(/Not saved\. The server does not answer\. .* What you merged is kept/)).toBeVisible()
    await expect(result).toContainText("// end mine by hand")
    await expect(result).toBeFocused()
    await page.getByRole("button", { name: "Save as version 3" }).click()
    await expect(page.getByRole("button", { name: "Save as version 3" })).toBeFocused()

    await page.reload()
    await page.getByRole("button", { name: "Continue" }).click()
    await expect(result).toContainText("// end mine by hand")
    await page.unroute("**/trpc/clip.update*")
    await page.getByRole("button", { name: "Go on editing" }).click()
    await expect(page.getByText(/What you merged is in the editor/)).toBeVisible()
    await expect(editor(page)).toBeFocused()
    await typeAtEnd(page, ", typed on")
    await page.keyboard.press(saveKey)
    await expect(result).toContainText("// end mine by hand, typed on")
    await expect(result).toContainText("floor second")

    const third = second.replace("sbd*4", "sbd*8")
    await page.route(
      "**/trpc/clip.update*",
      async (route) => {
        await client().clip.update.mutate({ ...key, code: third })
        await route.continue()
      },
      { times: 1 },
    )
    await page.getByRole("button", { name: "Save as version 3" }).click()
    await expect(page.getByText(/Version 3 was stored while you compared. It fits/)).toBeVisible()
    await expect(result).toContainText("// end mine by hand, typed on")
    await page.getByRole("button", { name: "Save as version 4" }).click()
    await saved(page, 4)
    await expect(editor(page)).toBeFocused()
    expect((await client().clip.byId.query(key)).code).toBe(`${third} mine by hand, typed on`)
  })
})

test("a version that is stored while one compares is merged, and none is overwritten unseen", async ({ page }) => {
  const { key, path } = await makeClip()
  await openLive(page, path)
  await typeAtEnd(page, " mine")
  await page.getByLabel("Tempo").fill("90")
  const second = code.replace("floor", "floor second")
  await client().clip.update.mutate({ ...key, code: second })
  await page.getByRole("button", { name: "Compare", exact: true }).click({ timeout: 15_000 })
  const result = page.getByRole("textbox", { name: "Yours, to be saved" })
  await expect(result).toContainText("floor second")
  await result.click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(" by hand")
  await expect(page.getByRole("button", { name: "Save as version 3" })).toBeVisible()

  // What fits is put into the merge, and what was written there by hand stays.
  const third = second.replace("sbd*4", "sbd*8")
  await client().clip.update.mutate({ ...key, code: third })
  await expect(page.getByText(/Version 3 was stored while you compared/)).toBeVisible({ timeout: 15_000 })
  await expect(result).toContainText("sbd*8")
  await expect(result).toContainText("floor second")
  await expect(result).toContainText("// end mine by hand")
  await expect(page.getByRole("button", { name: "Save as version 4" })).toBeEnabled()

  // What does not fit is asked about before anything is saved.
  await client().clip.update.mutate({ ...key, code: `${third} fourth`, metadata: { bpm: 140 } })
  const question = page.getByRole("alert").filter({ hasText: /Version 4 was stored while you compared/ })
  await expect(question).toBeVisible({ timeout: 15_000 })
  await expect(question).toContainText("the tempo")
  await expect(result).toContainText("// end mine by hand")
  await expect(page.getByRole("button", { name: "Save as version 5" })).toBeDisabled()
  await expectAccessible(page)
  await page.keyboard.press(saveKey)
  await page.getByRole("button", { name: "Go on with mine" }).click()
  await page.getByRole("button", { name: "Save as version 5" }).click()
  await saved(page, 5)
  const { items } = await client().clip.versions.query(key)
  expect(items.slice(0, 2).map(({ version, code }) => [version, code])).toEqual([
    [5, `${third} mine by hand`],
    [4, `${third} fourth`],
  ])
  expect(await client().clip.byId.query(key)).toMatchObject({ metadata: { bpm: 90 } })
})

test("what others store is taken over while nothing is unsaved, and told of while something is", async ({ page }) => {
  const { key, path } = await makeClip()
  await openLive(page, path)
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+End")
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
