import { randomUUID } from "node:crypto"
import type { Locator, Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

const clipNames = { kick: "Kick", bass: "Bass", pad: "Pad", hats: "Hats" }
const bpm: Record<string, number> = { kick: 120, bass: 120, pad: 90, hats: 120 }

/** A project of its own for one test, with four clips and a song of three of them. */
async function createProject(clipIds: string[] = ["kick", "bass", "pad"], body = "") {
  const projectId = `arrange-${randomUUID().slice(0, 8)}`
  await client().project.create.mutate({ id: projectId, name: `Arrange ${projectId.slice(-4)}` })
  for (const [id, name] of Object.entries(clipNames)) {
    const metadata = { bpm: bpm[id], bars: 4, scale: "A minor" }
    await client().clip.create.mutate({ projectId, id, name, code: 's("bd*4")', metadata })
  }
  await client().song.create.mutate({ projectId, id: "night", name: "Night", clipIds, body })
  return { projectId, path: `/projects/${projectId}/songs/night` }
}

const order = (page: Page, parts = "Clips") => page.getByRole("list", { name: `${parts} in order` })
const names = (page: Page, parts?: string) => order(page, parts).locator("[data-row]").allTextContents()
const handle = (page: Page, name: string) => order(page).getByRole("button", { name: `Move ${name},` })

const storedIds = async (projectId: string) =>
  (await client().song.byId.query({ projectId, id: "night" })).clipIds.join(" ")
const expectStored = (projectId: string, ids: string) => expect.poll(() => storedIds(projectId)).toBe(ids)

async function exportAll(projectId: string) {
  const found: { path: string; content: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client().project.exportFiles.query({ projectId, cursor })
    found.push(...page.files)
    cursor = page.nextCursor
  }
  return found
}

/** Waits until the page answers to keys and presses: what the server drew comes to life after the first paint. */
async function untilAlive(page: Page) {
  await page.locator("main h1").waitFor()
  await page.waitForFunction(() => {
    const button = document.querySelector("main button")
    return button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"))
  })
}

async function open(page: Page, path: string) {
  await page.goto(path)
  await untilAlive(page)
}

async function reload(page: Page) {
  await page.reload()
  await untilAlive(page)
}

async function drag(page: Page, from: Locator, to: Locator) {
  await from.hover()
  // What makes rows draggable is loaded when the pointer comes.
  await page.waitForTimeout(1500)
  const target = await to.boundingBox()
  if (!target) throw new Error("there is nothing to drag to")
  await from.hover()
  await page.mouse.down()
  await page.mouse.move(target.x + 10, target.y + target.height / 2, { steps: 12 })
  await page.mouse.move(target.x + 10, target.y + target.height / 2 + 2, { steps: 3 })
  await page.waitForTimeout(250)
  await page.mouse.up()
}

test("a song is arranged with the mouse, and stays so", async ({ page }) => {
  const { projectId, path } = await createProject()
  await open(page, path)
  await expect.poll(() => names(page)).toEqual(["Kick", "Bass", "Pad"])
  await drag(page, handle(page, "Kick"), handle(page, "Pad"))
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])
  await expectStored(projectId, "bass pad kick")
  await reload(page)
  await expect.poll(() => names(page)).toEqual(["Bass", "Pad", "Kick"])
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
  await field.fill("hat")
  await expect(page.getByRole("option", { name: "Hats" })).toBeVisible()
  await expect(page.getByRole("option")).toHaveCount(1)
  await page.keyboard.press("Enter")
  await expect.poll(() => names(page)).toEqual(["Kick", "Hats", "Bass", "Pad"])
  await field.fill("pad")
  await expect(page.getByRole("option")).toHaveCount(1)
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
  await page.getByRole("button", { name: "Undo" }).click()
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
    await page.unroute("**/trpc/song.setClips*")
    await page.getByRole("button", { name: "Try again" }).click()
    await expect.poll(() => names(page)).toEqual(["Bass", "Kick", "Pad"])
    await expectStored(projectId, "bass kick pad")
    await expect(page.getByRole("alert").filter({ hasText: "Not saved." })).toHaveCount(0)
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
  await expect(page.getByRole("option", { name: "Bass" })).toBeVisible()
  await expect(page.getByRole("option")).toHaveCount(1)
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

test("a song is made, renamed, tagged and deleted, each with a way back", async ({ page }) => {
  const { projectId } = await createProject()
  await open(page, `/songs?project=${projectId}`)
  await page.keyboard.press("n")
  const dialog = page.getByRole("dialog", { name: "A new song" })
  await dialog.getByLabel("Name").fill("Früh am Morgen")
  await expect(dialog.getByLabel("Id")).toHaveValue("fruh-am-morgen")
  await expect(dialog.getByLabel("Project")).toHaveValue(projectId)
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(`/projects/${projectId}/songs/fruh-am-morgen`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Früh am Morgen")

  await page.getByRole("button", { name: "Rename" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("Spät")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Spät")
  await page.getByRole("button", { name: "Undo" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Früh am Morgen")

  await page.getByRole("textbox", { name: "Add a tag" }).fill("dawn")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("list", { name: "Tags" })).toContainText("dawn")
  const key = { projectId, id: "fruh-am-morgen" }
  await expect.poll(async () => (await client().song.byId.query(key)).metadata).toEqual({ tags: ["dawn"] })

  await page.getByRole("button", { name: "Delete this song" }).click()
  await expect(page).toHaveURL("/songs")
  await page.getByRole("button", { name: "Undo" }).click()
  await open(page, `/songs?project=${projectId}`)
  await page.getByRole("button", { name: "What to do with Früh am Morgen" }).click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await expect(page.locator("main [data-row]")).toHaveText(["Night"])
  const gone = () =>
    client()
      .song.byId.query(key)
      .then(
        () => "there",
        () => "gone",
      )
  expect(await gone()).toBe("there")
  await expect.poll(gone, { timeout: 15_000 }).toBe("gone")
})

test("a song that a playlist plays is not deleted; the way to the playlist is shown", async ({ page }) => {
  const { projectId } = await createProject()
  await client().playlist.create.mutate({ projectId, id: "friday", name: "Friday", songIds: ["night"] })
  await open(page, `/songs?project=${projectId}`)
  await expect(async () => {
    await page.keyboard.press("j")
    await expect(page.locator("main [data-row]")).toBeFocused({ timeout: 500 })
  }).toPass()
  await page.keyboard.press("Delete")
  const dialog = page.getByRole("dialog", { name: "Night is in use" })
  await expectAccessible(page)
  await dialog.getByRole("link", { name: "Friday" }).click()
  await expect(page).toHaveURL(`/projects/${projectId}/playlists/friday`)
})

test("a playlist is made, arranged with the keyboard, and deleted", async ({ page }) => {
  const { projectId } = await createProject()
  await client().song.create.mutate({ projectId, id: "dawn", name: "Dawn", clipIds: ["pad"] })
  await open(page, `/playlists?new=1&project=${projectId}`)
  const dialog = page.getByRole("dialog", { name: "A new playlist" })
  await dialog.getByLabel("Name").fill("Set")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(`/projects/${projectId}/playlists/set`)
  await untilAlive(page)
  await page.keyboard.press("a")
  for (const name of ["Night", "Dawn"]) {
    await page.getByRole("combobox", { name: "Find a song to add" }).fill(name)
    await expect(page.getByRole("option")).toHaveCount(1)
    await page.keyboard.press("Enter")
  }
  await page.keyboard.press("Escape")
  await expect.poll(() => names(page, "Songs")).toEqual(["Night", "Dawn"])
  await page.keyboard.press("Alt+ArrowUp")
  const key = { projectId, id: "set" }
  await expect.poll(async () => (await client().playlist.byId.query(key)).songIds).toEqual(["dawn", "night"])
  await reload(page)
  await expect.poll(() => names(page, "Songs")).toEqual(["Dawn", "Night"])
  await expect(page.getByText("the tempo changes here, from 90")).toBeAttached()
  await untilAlive(page)
  await page.getByRole("button", { name: "Delete this playlist" }).click()
  await expect(page).toHaveURL("/playlists")
  await page.goto("/projects")
  await expect
    .poll(async () => (await client().playlist.list.query({ projectId })).items.length, { timeout: 15_000 })
    .toBe(0)
})

test("a project is made, described, and deleted only by its id, with a way back", async ({ page }) => {
  const id = `made-${randomUUID().slice(0, 8)}`
  await open(page, "/projects?new=1")
  const dialog = page.getByRole("dialog", { name: "A new project" })
  await dialog.getByLabel("Name").fill("Made here")
  await dialog.getByLabel("Id").fill(id)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(`/projects/${id}`, { timeout: 15_000 })
  await client().clip.create.mutate({ projectId: id, id: "kick", name: "Kick", code: "silence" })
  await reload(page)
  await page.getByRole("button", { name: "Edit description" }).click()
  await page.getByRole("textbox", { name: "Description" }).fill("All about [the kick](clip:kick).")
  await page.keyboard.press("Control+s")
  await expect(page.getByRole("region", { name: "Description" }).getByRole("link")).toHaveAttribute(
    "href",
    `/projects/${id}/clips/kick`,
  )
  await expectAccessible(page)

  await page.getByRole("button", { name: "Delete this project" }).click()
  const sure = page.getByRole("dialog", { name: "Delete Made here?" })
  await expect(sure.getByRole("list", { name: "What goes" })).toContainText("1 clip")
  await expect(sure.getByRole("button", { name: "Delete the project" })).toBeDisabled()
  await expectAccessible(page)
  await sure.getByRole("textbox").fill(id)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL("/projects")
  await page.getByRole("button", { name: "Undo" }).click()
  await page.goto(`/projects?q=Made+here`)
  expect((await client().project.byId.query({ id })).clipCount).toBe(1)
  await expect(page.locator("main [data-row]").filter({ hasText: "Made here" }).first()).toBeVisible()
  await client().project.delete.mutate({ id })
})

test("lists are sorted by name, and by the last change", async ({ page }) => {
  const { projectId } = await createProject()
  await client().song.create.mutate({ projectId, id: "a", name: "Alto" })
  await client().song.create.mutate({ projectId, id: "z", name: "Zebra" })
  await open(page, `/songs?project=${projectId}`)
  await expect(page.locator("main [data-row]")).toHaveText(["Zebra", "Alto", "Night"])
  await page.getByLabel("Sort by").selectOption("Name")
  await expect(page).toHaveURL(/sort=name/)
  await expect(page.locator("main [data-row]")).toHaveText(["Alto", "Night", "Zebra"])
})

test("nobody stumbles on these pages, in both themes, wide and narrow", async ({ page }) => {
  const { projectId, path } = await createProject(["kick", "kick", "pad"], "Text with [Kick](clip:kick).")
  await client().playlist.create.mutate({ projectId, id: "set", name: "Set", songIds: ["night", "night"] })
  for (const each of [path, `/projects/${projectId}/playlists/set`, `/projects/${projectId}`, "/projects"]) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await open(page, each)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme })
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 })
        await expectAccessible(page)
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(
          0,
        )
      }
    }
  }
})
