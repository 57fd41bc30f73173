import { randomUUID } from "node:crypto"
import { client, createProject, names, open, reload, untilAlive } from "./arrange-steps.ts"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { undoLast } from "./toast-steps.ts"

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
  await undoLast(page)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Früh am Morgen")

  // Each is stored at once, faster than the one before it may be.
  await page.getByRole("textbox", { name: "Add a tag" }).focus()
  for (const tag of ["dawn", "dew", "dark"]) {
    await page.keyboard.type(tag)
    await page.keyboard.press("Enter")
  }
  await page.keyboard.press("Backspace")
  await expect(page.getByRole("list", { name: "Tags" })).toHaveText("dawndew")
  const key = { projectId, id: "fruh-am-morgen" }
  await expect.poll(async () => (await client().song.byId.query(key)).metadata).toEqual({ tags: ["dawn", "dew"] })
  await expect(page.getByText(/^The tag .+ is not/)).toHaveCount(0)

  await page.getByRole("button", { name: "Delete this song" }).click()
  await expect(page).toHaveURL("/songs")
  await undoLast(page)
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

test("a song whose dialog is closed while it is made leads nowhere, and is told of", async ({ page }) => {
  const { projectId } = await createProject()
  await open(page, `/songs?project=${projectId}`)
  let answer: (() => void) | undefined
  await page.route("**/trpc/song.create**", async (route) => {
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    await route.continue()
  })
  await page.keyboard.press("n")
  const dialog = page.getByRole("dialog", { name: "A new song" })
  await dialog.getByLabel("Name").fill("Dusk")
  await page.keyboard.press("Enter")
  await expect.poll(() => answer !== undefined).toBe(true)
  await dialog.getByRole("button", { name: "Cancel" }).click()
  await expect(dialog).toHaveCount(0)
  answer?.()
  await expect(page.getByText("“Dusk” was made all the same.")).toBeVisible()
  await expect(page.locator("main [data-row]")).toHaveText(["Dusk", "Night"])
  await expect(page).toHaveURL(`/songs?project=${projectId}`)
  await page.getByRole("button", { name: "Open", exact: true }).click()
  await expect(page).toHaveURL(`/projects/${projectId}/songs/dusk`)
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
    await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(1)
    await page.keyboard.press("Enter")
  }
  await page.keyboard.press("Escape")
  await expect.poll(() => names(page, "Songs")).toEqual(["Night", "Dawn"])
  const key = { projectId, id: "set" }
  const stored = () => client().playlist.byId.query(key)
  await expect.poll(async () => (await stored()).songIds).toEqual(["night", "dawn"])
  const { version } = await stored()
  await page.keyboard.press("Alt+ArrowUp")
  await expect.poll(async () => (await stored()).songIds).toEqual(["dawn", "night"])
  await page.getByRole("button", { name: `v${version}: compare this version` }).press("Enter")
  const comparison = page.getByRole("region", { name: "Comparison" })
  await expect(comparison.getByRole("heading", { level: 2 })).toBeFocused()
  await comparison.getByRole("button", { name: `Restore version ${version}` }).press("Enter")
  await expect.poll(() => names(page, "Songs")).toEqual(["Night", "Dawn"])
  await undoLast(page)
  await expect.poll(() => names(page, "Songs")).toEqual(["Dawn", "Night"])
  await comparison.getByRole("button", { name: "Close the comparison" }).click()
  await expect(comparison).toHaveCount(0)
  await client().playlist.update.mutate({ ...key, body: "Begin with [the dawn](song:dawn)." })
  await reload(page)
  await expect.poll(() => names(page, "Songs")).toEqual(["Dawn", "Night"])
  await page.getByRole("region", { name: "Notes" }).getByRole("link", { name: "the dawn" }).click()
  await expect(page).toHaveURL(`/projects/${projectId}/songs/dawn`)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dawn")
  await page.goBack()
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
  await undoLast(page)
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
  test.slow()
  const { projectId, path } = await createProject(["kick", "kick", "pad"], "Text with [Kick](clip:kick).")
  await client().playlist.create.mutate({ projectId, id: "set", name: "Set", songIds: ["night", "night"] })
  await client().song.update.mutate({ projectId, id: "night", body: "Other text.", clipIds: ["pad", "kick"] })
  await client().playlist.update.mutate({ projectId, id: "set", name: "Late set", songIds: ["night"] })
  const set = `/projects/${projectId}/playlists/set`
  for (const each of [path, `${path}?version=1`, set, `${set}?version=1`, `/projects/${projectId}`, "/projects"]) {
    await page.setViewportSize({ width: 1440, height: 900 })
    await open(page, each)
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 })
      await expectAccessibleInBothThemes(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    }
  }
})
