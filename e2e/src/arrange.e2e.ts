import {
  client,
  createProject,
  drag,
  expectStored,
  exportAll,
  handle,
  names,
  open,
  order,
  reload,
} from "./arrange-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"
import { undoLast } from "./toast-steps.ts"

test("a song is arranged with the mouse, and stays so", async ({ page }) => {
  const { projectId, path } = await createProject()
  await open(page, path)
  await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
  await drag(page, handle(page, "Kick"), handle(page, "Pad"))
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])
  await expectStored(projectId, "bass pad kick")
  await reload(page)
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])

  const versions = page.getByRole("list", { name: "Versions" }).getByRole("listitem")
  await expect(versions).toHaveCount(2)
  await expect(versions.nth(0)).toContainText("1 clip moved")
  await page.getByRole("button", { name: "v1: compare this version" }).click()
  const comparison = page.getByRole("region", { name: "Comparison" })
  await expect(comparison).toContainText("Version 1 → 2, the current one")
  await expect(page).toHaveURL(/version=1/)
  const changed = comparison.getByRole("list", { name: "Changed order" }).getByRole("listitem")
  await expect(changed).toHaveText([/1.*Kick.*moved away/, /1.*Bass/, /2.*Pad/, /3.*Kick.*moved here/])
  await comparison.getByRole("button", { name: "Restore version 1" }).click()
  await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
  await expectStored(projectId, "kick bass pad")
  await expect(comparison).toContainText("Both say the same.")
  await undoLast(page)
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])
  await expectStored(projectId, "bass pad kick")
  await expect(versions).toHaveCount(4)
})

test("a former version of a song is restored without a clip that is gone, and changes from elsewhere show in the history", async ({
  page,
}) => {
  const body = "Slowly at first.\n\n- [Kick](clip:kick)\n- [Hats](clip:hats)"
  const { projectId, path } = await createProject(["kick", "hats"], body)
  const key = { projectId, id: "night" }
  await client().song.setClips.mutate({ ...key, clipIds: ["kick"] })
  await client().clip.delete.mutate({ projectId, id: "hats" })
  await open(page, `${path}?version=1`)
  const comparison = page.getByRole("region", { name: "Comparison" })
  await expect(comparison).toContainText("Version 1 has 1 clip that is no longer there: hats.")
  await expect(comparison.getByRole("list", { name: "Changed order" })).toContainText("hats · no longer there")
  await expect(comparison.getByRole("list", { name: "Changed lines of the text" })).toContainText("removed: - [Hats]")

  await client().song.update.mutate({ ...key, name: "Late night", body: "Quickly at first.\n\n- [Kick](clip:kick)" })
  await expect(comparison).toContainText("Version 1 → 3, the current one")
  await expect(page.getByRole("list", { name: "Versions" }).getByRole("listitem").first()).toContainText("name")
  await expect(comparison.getByText("Late night")).toBeVisible()
  await expectAccessible(page)

  await comparison.getByRole("button", { name: "Restore version 1 without 1 clip" }).click()
  await expect(page.getByText("Restored version 1 without 1 clip.")).toBeVisible()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night")
  expect(await client().song.byId.query(key)).toMatchObject({ version: 4, name: "Night", body, clipIds: ["kick"] })
})

test("a row moves into another section of the song's text, and comes back with every byte", async ({ page }) => {
  const body = [
    "Lights out.\n\n## Door (8 bars)\n\n- [Kick](clip:kick)\n\n## Stairs (8 bars)\n\n- [Kick](clip:kick)\n",
    "- [Hats](clip:hats)\n\n## Line (16 bars)\n\n- [Kick](clip:kick)\n- [Bass](clip:bass)",
  ].join("")
  const { projectId, path } = await createProject(["kick", "kick", "hats", "kick", "bass"], body)
  const key = { projectId, id: "night" }
  await open(page, path)
  const rows = order(page).getByRole("listitem")
  const read = ["Door", "Kick", "Stairs", "Kick", "Hats", "Line", "Kick", "Bass"]
  for (const [place, words] of read.entries()) await expect(rows.nth(place)).toContainText(words)
  await handle(page, "Kick").first().focus()
  for (let step = 0; step < 3; step++) await page.keyboard.press("Alt+ArrowDown")
  await expect
    .poll(async () => (await client().song.byId.query(key)).body)
    .toContain("## Door (8 bars)\n\n## Stairs (8 bars)\n\n- [Kick](clip:kick)\n- [Hats](clip:hats)\n\n## Line")
  await expect(rows).toHaveCount(7)
  for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z")
  await expect.poll(async () => (await client().song.byId.query(key)).body).toBe(body)
  await expect(rows).toHaveCount(8)
  await expectAccessible(page)
})

test("a song is arranged with the keyboard alone, and tells what happens in words", async ({ page }) => {
  const { projectId, path } = await createProject()
  await open(page, path)
  await handle(page, "Kick").focus()
  await page.keyboard.press("Space")
  await expect(handle(page, "Kick")).toHaveAttribute("aria-pressed", "true")
  await expect(page.getByText("Kick, place 1 of 3, lifted.")).toBeAttached()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowDown")
  await expect(page.getByText("Kick, place 3 of 3", { exact: true })).toBeAttached()
  await page.keyboard.press("Escape")
  await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
  await page.keyboard.press("Space")
  await page.keyboard.press("End")
  await page.keyboard.press("Space")
  await expect(handle(page, "Kick")).toBeFocused()
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])
  await expectStored(projectId, "bass pad kick")

  await page.getByRole("link", { name: "Kick" }).focus()
  await page.keyboard.press("Alt+ArrowUp")
  await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad"])
  await expect(page.getByRole("link", { name: "Kick" })).toBeFocused()
  await page.keyboard.press("+")
  await page.keyboard.press("+")
  await page.keyboard.press("-")
  await expectStored(projectId, "bass kick kick pad")
  await page.keyboard.press("Delete")
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad"])
  await expect(page.getByRole("link", { name: "Pad" })).toBeFocused()
  await page.keyboard.press("Control+z")
  await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad"])
  await page.keyboard.press("d")
  await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad", "Pad"])
  await expectStored(projectId, "bass kick kick pad pad")
})

test("clips are added from the library by search, one after the other", async ({ page }) => {
  const { projectId, path } = await createProject()
  await open(page, path)
  await page.getByRole("link", { name: "Kick" }).focus()
  await page.keyboard.press("a")
  const field = page.getByRole("combobox", { name: "Find a clip to add" })
  await expect(field).toBeFocused()
  // Enter comes before what it takes is found.
  await field.fill("hat")
  await page.keyboard.press("Enter")
  await expect.poll(() => names(page)).toEqual(["Kick", "Hats", "Bass", "Pad"])
  await field.fill("pad")
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(1)
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await expect.poll(() => names(page)).toEqual(["Kick", "Hats", "Pad", "Bass", "Pad"])
  await page.keyboard.press("Escape")
  await expect(field).toHaveCount(0)
  await expectStored(projectId, "kick hats pad bass pad")
  await expect(page.getByText("5 clips · 20 bars · 3 tempo changes")).toBeVisible()
})

test("a clip is repeated, removed and taken back, and the exported file says so", async ({ page }) => {
  const { projectId, path } = await createProject(["kick", "bass"], "- [Kick](clip:kick)\n- [Bass](clip:bass)")
  await open(page, path)
  const row = order(page).getByRole("listitem").filter({ hasText: "Kick" })
  await row.hover()
  for (let times = 0; times < 3; times++) await row.getByRole("button", { name: "Once more" }).click()
  await expect(row).toContainText("×4")
  await row.getByRole("button", { name: "Remove Kick" }).click()
  await expect.poll(() => names(page)).toEqual(["Bass"])
  await undoLast(page)
  await expect.poll(() => names(page)).toEqual(["Kick", "Bass"])
  await expectStored(projectId, "kick kick kick kick bass")
  await reload(page)
  await expect(row).toContainText("×4")
  const file = (await exportAll(projectId)).find(({ path }) => path === "songs/night.md")
  const links = atob(file?.content ?? "").match(/clip:\w+/g)
  expect(links).toEqual(["clip:kick", "clip:kick", "clip:kick", "clip:kick", "clip:bass"])
})

test.describe("without a connection", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED|ERR_FAILED/ })

  test("an order that is not stored is rolled back and kept for another try", async ({ page }) => {
    const { projectId, path } = await createProject()
    await open(page, path)
    await page.route("**/trpc/song.setClips*", (route) => route.abort())
    await page.getByRole("link", { name: "Kick" }).focus()
    await page.keyboard.press("Alt+ArrowDown")
    await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad"])
    await expect(page.getByRole("alert").filter({ hasText: "Not saved." })).toBeVisible()
    await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
    await expectAccessible(page)

    // The page is left and comes again: the browser asks, and the order is kept.
    const asked = page.waitForEvent("dialog").then((dialog) => dialog.accept())
    await reload(page)
    await asked
    const notice = page.getByRole("alert").filter({ hasText: "Your last order was not saved." })
    await expect(notice.getByRole("listitem")).toHaveText(["Kick", "Bass", "Pad", "Bass", "Kick", "Pad"])
    await expectAccessible(page)
    await page.unroute("**/trpc/song.setClips*")
    await notice.getByRole("button", { name: "Save mine" }).click()
    await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad"])
    await expectStored(projectId, "bass kick pad")
    await expect(notice).toHaveCount(0)
  })

  test("edits of an order made offline are stored when back, and one that fails as its page is left is told", async ({
    page,
    context,
  }) => {
    const { projectId, path } = await createProject()
    await open(page, path)
    await page.getByRole("link", { name: "Kick" }).focus()
    // What moves rows is there before the connection goes.
    await page.waitForLoadState("networkidle")
    await context.setOffline(true)
    const notice = page.getByRole("alert").filter({ hasText: "saved when the server is back" })
    await page.keyboard.press("Alt+ArrowDown")
    await expect(notice).toBeVisible()
    await page.getByRole("link", { name: "Pad" }).focus()
    await page.keyboard.press("d")
    await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
    await context.setOffline(false)
    await expectStored(projectId, "bass kick pad pad")
    await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad", "Pad"])
    await expect(notice).toHaveCount(0)

    await page.route("**/trpc/song.setClips*", (route) => route.abort())
    await page.getByRole("link", { name: "Kick" }).focus()
    await page.keyboard.press("Delete")
    await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
    await expect(page).toHaveURL(/\/songs$/)
    const told = page.getByRole("listitem").filter({ hasText: "The order was not stored." })
    await expect(told).toBeVisible()
    await page.unroute("**/trpc/song.setClips*")
    await told.getByRole("button", { name: "Try again" }).click()
    await expectStored(projectId, "bass pad pad")
  })
})

test.describe("two at once", () => {
  test.use({ expected: /409 \(Conflict\)|ERR_FAILED/ })

  test("the second to write an order sees both, and decides", async ({ page, browser, baseURL }) => {
    const { projectId, path } = await createProject()
    const other = await browser.newContext({ baseURL: baseURL ?? "" })
    const theirs = await other.newPage()
    // The first page hears of nothing, as if its connection were slow.
    await page.route("**/trpc/live.*", (route) => route.abort())
    await page.route("**/trpc/song.byId*", (route) => route.continue())
    await open(page, path)
    await open(theirs, path)
    await theirs.getByRole("link", { name: "Pad" }).focus()
    await theirs.keyboard.press("Alt+ArrowUp")
    await page.getByRole("link", { name: "Kick" }).focus()
    await page.keyboard.press("Delete")
    await expectStored(projectId, "kick pad bass")
    const notice = page.getByRole("alert").filter({ hasText: "another order elsewhere" })
    await expect(notice).toBeVisible()
    await expect(notice.getByRole("listitem")).toHaveText(["Kick", "Pad", "Bass", "Bass", "Pad"])
    await expect.poll(() => names(page)).toEqual(["Kick", "Pad", "Bass"])
    await expectAccessible(page)
    await notice.getByRole("button", { name: "Save mine" }).click()
    await expectStored(projectId, "bass pad")
    await other.close()
  })

  test("a text that was changed elsewhere is not overwritten unseen", async ({ page }) => {
    const { projectId, path } = await createProject(["kick"], "First.")
    await page.route("**/trpc/live.*", (route) => route.abort())
    await open(page, path)
    await page.getByRole("button", { name: "Edit notes" }).click()
    await page.getByRole("textbox", { name: "Notes" }).fill("Mine.")
    await client().song.update.mutate({ projectId, id: "night", body: "Theirs." })
    await page.keyboard.press("Control+s")
    const notice = page.getByRole("alert").filter({ hasText: "changed elsewhere" })
    await expect(notice).toContainText("Theirs.")
    await notice.getByRole("button", { name: "Take the stored one" }).click()
    await expect(page.getByRole("region", { name: "Notes" })).toContainText("Theirs.")
    await undoLast(page)
    await expect(page.getByRole("textbox", { name: "Notes" })).toHaveValue("Mine.")
    await page.keyboard.press("Control+s")
    await notice.getByRole("button", { name: "Save mine over it" }).click()
    await expect(page.getByRole("region", { name: "Notes" })).toContainText("Mine.")
    await expect.poll(async () => (await client().song.byId.query({ projectId, id: "night" })).body).toBe("Mine.")
  })
})

test("a text is written with links found by search, and broken ones are told", async ({ page }) => {
  const { projectId, path } = await createProject(["kick"], "See [Ghost](clip:ghost).")
  await open(page, path)
  const notes = page.getByRole("region", { name: "Notes" })
  await expect(notes).toContainText("1 link leads nowhere: clip ghost")
  await notes.getByRole("button", { name: "Edit notes" }).click()
  const field = page.getByRole("textbox", { name: "Notes" })
  await expect(field).toBeFocused()
  await field.fill("Slowly, with ")
  await field.press("End")
  await page.keyboard.type("[[ba")
  const finder = page.getByRole("combobox", { name: "Find a clip or song to link to" })
  await expect(finder).toBeFocused()
  await expect(page.getByRole("listbox").getByRole("option", { name: "Bass" })).toBeVisible()
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(1)
  await page.keyboard.press("Enter")
  await expect(field).toHaveValue("Slowly, with [Bass](clip:bass)")
  await expect(field).toBeFocused()
  await page.keyboard.type(" and [nobody](song:nobody).")
  await expectAccessible(page)
  await page.getByRole("button", { name: "Preview" }).click()
  await expect(notes.getByRole("link", { name: "Bass" })).toBeVisible()
  await expect(notes.getByText("(broken link)")).toBeAttached()
  await page.keyboard.press("Control+s")
  await expect(notes).toContainText("1 link leads nowhere: song nobody")
  await expect(notes.getByRole("link", { name: "Bass" })).toHaveAttribute("href", `/projects/${projectId}/clips/bass`)
  await reload(page)
  await expect(notes.getByRole("link", { name: "Bass" })).toBeVisible()
})

test("a draft outlives the page", async ({ page }) => {
  const { path, projectId } = await createProject()
  await open(page, path)
  await page.getByRole("button", { name: "Edit notes" }).click()
  await page.getByRole("textbox", { name: "Notes" }).fill("Half a thought")
  await expect(page.getByText("a draft is kept in this browser")).toBeVisible()
  await page.waitForTimeout(400)
  await reload(page)
  await page.getByRole("button", { name: "Go on with it" }).click()
  await expect(page.getByRole("textbox", { name: "Notes" })).toHaveValue("Half a thought")
  await page.getByRole("button", { name: "Save" }).click()
  // The editor says the same text until it is stored.
  await expect(page.getByRole("button", { name: "Edit notes" })).toBeVisible()
  await expect(page.getByRole("region", { name: "Notes" })).toContainText("Half a thought")
  await reload(page)
  await expect(page.getByRole("button", { name: "Go on with it" })).toHaveCount(0)
  expect((await client().song.byId.query({ projectId, id: "night" })).body).toBe("Half a thought")
})

test("a text that lists the clips and their order keep in step", async ({ page }) => {
  const { projectId, path } = await createProject(["kick", "bass"], "- [Kick](clip:kick)\n- [Bass](clip:bass)")
  await open(page, path)
  await page.getByRole("link", { name: "Bass" }).first().focus()
  await page.keyboard.press("Alt+ArrowUp")
  await expectStored(projectId, "bass kick")
  const notes = page.getByRole("region", { name: "Notes" })
  await expect(notes.getByRole("link")).toHaveText(["Bass", "Kick"])
  await notes.getByRole("button", { name: "Edit notes" }).click()
  await page.getByRole("textbox", { name: "Notes" }).fill("- [Pad](clip:pad)\n- [Kick](clip:kick)\n- [None](clip:none)")
  await page.keyboard.press("Control+s")
  await expect.poll(() => names(page)).toEqual(["Pad", "Kick"])
  await expectStored(projectId, "pad kick")
})
