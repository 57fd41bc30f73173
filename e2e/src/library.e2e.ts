import { box, cards, names, open, type Seed, seed, unique } from "./library-steps.ts"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { undo } from "./toast-steps.ts"

const three: Seed[] = [
  {
    id: "kick",
    name: "Kick",
    metadata: { bpm: 124, tags: ["drums", "deep"], scale: "F minor", color: "#ff8800", author: "ada" },
  },
  { id: "hat", name: "Hat", metadata: { bpm: 132, tags: ["drums"], author: "bob" } },
  { id: "pad", name: "Pad", metadata: { bpm: 90, color: "#3e8fdd" } },
]

test("filters live in the address, are told as chips and let go of one by one", async ({ page, baseURL }) => {
  const { path, projectId } = await seed(baseURL, three)
  await open(page, path, "Pad")
  await expect(names(page)).toHaveText(["Pad", "Hat", "Kick"])

  await page.getByRole("checkbox", { name: /^drums/ }).check({ force: true })
  await expect(names(page)).toHaveText(["Hat", "Kick"])
  await page.getByRole("checkbox", { name: /^deep/ }).check({ force: true })
  await expect(names(page)).toHaveText(["Kick"])
  expect(new URL(page.url()).searchParams.getAll("tag")).toEqual(["drums", "deep"])
  await page.reload()
  await expect(names(page)).toHaveText(["Kick"])
  await page.getByRole("button", { name: "Remove the filter #deep" }).click()
  await expect(names(page)).toHaveText(["Hat", "Kick"])

  await page.getByLabel("From bpm").fill("130")
  await expect(names(page)).toHaveText(["Hat"])
  await page.getByRole("button", { name: "Remove the filter From 130 bpm" }).click()
  // It reaches over the tempos of what the other filters leave.
  await page.getByRole("slider", { name: "Highest tempo" }).press("Home")
  await expect(names(page)).toHaveText(["Kick"])
  await page.getByLabel("From bpm").fill("500")
  await expect(page.getByText("No clip fits these filters")).toBeVisible()
  await page.getByRole("button", { name: "Clear all" }).click()
  await expect.poll(() => new URL(page.url()).search).toBe("")

  await page.getByLabel("Project", { exact: true }).selectOption(projectId)
  await page.getByLabel("Scale").selectOption("F minor")
  await expect(names(page)).toHaveText(["Kick"])
  await page.getByLabel("Scale").selectOption("")
  await page.getByRole("button", { name: /^Colour #3e8fdd/ }).click()
  await expect(names(page)).toHaveText(["Pad"])
  await page.getByRole("button", { name: /^Colour #3e8fdd/ }).click()
  await page.getByLabel("Author").selectOption("bob")
  await expect(names(page)).toHaveText(["Hat"])
  await page.getByLabel("Author").selectOption("")
  await page.getByLabel("Sort by").selectOption("bpm")
  await expect(names(page)).toHaveText(["Pad", "Kick", "Hat"])
  await page.keyboard.press("Escape")
  await page.getByRole("searchbox", { name: "Name or code" }).fill('note("hat")')
  await expect(names(page)).toHaveText(["Hat"])
})

test("used and unused clips are told apart, and one that a song uses is not deleted", async ({ page, baseURL }) => {
  const { client, path, projectId } = await seed(baseURL, three)
  await client.song.create.mutate({ projectId, id: "dawn", name: "Dawn Chorus", clipIds: ["kick"] })
  await open(page, path, "Pad")
  await page.getByText("Unused", { exact: true }).click()
  await expect(names(page)).toHaveText(["Pad", "Hat"])
  await page.getByText("In songs", { exact: true }).click()
  await expect(names(page)).toHaveText(["Kick"])
  await page.getByRole("link", { name: "Kick" }).focus()
  await page.keyboard.press("Delete")
  await expect(page.getByText("“Kick” stays: the song Dawn Chorus uses it.")).toBeVisible()
  await expect(names(page)).toHaveText(["Kick"])
})

test("groups show their first clips and lead to all of them; rows and cards are remembered", async ({
  page,
  baseURL,
}) => {
  const tag = `t${unique()}`
  const many = Array.from({ length: 15 }, (_, i) => ({ id: `c${i}`, name: `Clip ${i}`, metadata: { tags: [tag] } }))
  const { path } = await seed(baseURL, [{ id: "bare", name: "Bare" }, ...many])
  await open(page, path, "Clip 14")
  await page.getByLabel("Group").selectOption("tag")
  await expect(page.getByRole("heading", { name: `#${tag} 15` })).toBeVisible()
  await expect(page.getByRole("region", { name: tag }).getByRole("heading", { level: 3 })).toHaveCount(12)
  await expect(page.getByRole("region", { name: "Without a tag" }).getByRole("heading", { level: 3 })).toHaveText([
    "Bare",
  ])
  await page.getByRole("radio", { name: "Rows" }).check({ force: true })
  await expect(page).toHaveURL(/view=rows/)
  await page.getByRole("button", { name: `Show all 15 of ${tag}` }).click()
  await expect(names(page)).toHaveCount(15)
  expect(new URL(page.url()).searchParams.get("tag")).toBe(tag)

  await page.goto(path)
  await expect(names(page)).toHaveCount(16)
  await expect(page.getByRole("radio", { name: "Rows" })).toBeChecked()
})

test("many clips are tagged, coloured and deleted at once, and that is taken back", async ({ page, baseURL }) => {
  const { client, path, projectId } = await seed(baseURL, three)
  await open(page, path, "Pad")
  const bar = page.getByRole("toolbar", { name: "Selected clips" })
  await box(page, "Pad").check()
  await box(page, "Kick").click({ modifiers: ["Shift"] })
  await expect(bar).toContainText("3 selected")

  await bar.getByRole("button", { name: "Tag" }).click()
  await page.getByPlaceholder("Find or make a tag").fill("night")
  await page.keyboard.press("Enter")
  await expect(cards(page).filter({ hasText: "night" })).toHaveCount(3)
  await expect(page.getByText("Tagged with night: 3 clips.")).toBeVisible()
  await page.getByRole("button", { name: "night", exact: true }).click()
  await expect(cards(page).filter({ hasText: "night" })).toHaveCount(0)
  // The button that was pressed may be gone, and the focus with it.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.keyboard.press("Escape")
  await expect(page.getByPlaceholder("Find or make a tag")).toHaveCount(0)
  await expect(bar).toContainText("3 selected")

  await bar.getByRole("button", { name: "Colour" }).click()
  await page.getByRole("button", { name: "Green" }).click()
  await expect(page.getByText("Coloured 3 clips.")).toBeVisible()
  const colors = async () =>
    (await client.clip.list.query({ projectId, sort: "name" })).items.map(({ metadata }) => metadata.color)
  expect(await colors()).toEqual(["#46a758", "#46a758", "#46a758"])
  await undo(page, "Coloured 3 clips.")
  await expect.poll(colors).toEqual([undefined, "#ff8800", "#3e8fdd"])

  await page.keyboard.press("Escape")
  await box(page, "Hat").check()
  await box(page, "Kick").check()
  await bar.getByRole("button", { name: "Delete" }).click()
  await expect(names(page)).toHaveText(["Pad"])
  await undo(page, "Deleted 2 clips.")
  await expect(names(page)).toHaveCount(3)
  await page.getByRole("link", { name: "Hat" }).focus()
  await page.keyboard.press("#")
  await expect(names(page)).toHaveCount(2)
  await page.keyboard.press("ControlOrMeta+z")
  await expect(names(page)).toHaveCount(3)
  await page.getByRole("link", { name: "Hat" }).focus()
  await page.keyboard.press("#")
  await expect(names(page)).toHaveCount(2)
  await expect.poll(async () => (await client.clip.list.query({ projectId })).items.length, { timeout: 15_000 }).toBe(2)
})

test("clips move to another project, under a free id where theirs is taken, and back", async ({ page, baseURL }) => {
  const { client, path, projectId } = await seed(baseURL, three)
  const target = `target-${unique()}`
  await client.clip.create.mutate({ projectId: target, id: "kick", name: "Other", code: "" })
  await open(page, path, "Pad")
  await box(page, "Hat").check()
  await box(page, "Kick").check()
  await page.keyboard.press("m")
  const dialog = page.getByRole("dialog", { name: "Move 2 clips" })
  await dialog.getByLabel("To the project").selectOption(target)
  await dialog.getByRole("button", { name: "Move" }).click()
  await expect(dialog.getByRole("alert")).toContainText("has a clip of this id already")
  await dialog.getByRole("button", { name: "Move 1 clip under another id" }).click()
  await expect(dialog).toBeHidden()
  await expect(names(page)).toHaveText(["Pad"])
  const ids = async (project: string) =>
    (await client.clip.list.query({ projectId: project, sort: "name" })).items.map(({ id }) => id).sort()
  expect(await ids(target)).toEqual(["hat", "kick", "kick-2"])
  await undo(page, "Moved 1 clip")
  await expect.poll(() => ids(projectId)).toHaveLength(2)
})

test("who does not move the selected clips after all still has them selected", async ({ page, baseURL }) => {
  const { path } = await seed(baseURL, three)
  await open(page, path, "Pad")
  await box(page, "Hat").check()
  await box(page, "Kick").check()
  await page.keyboard.press("m")
  await page.getByRole("dialog", { name: "Move 2 clips" }).getByRole("button", { name: "Cancel" }).click()
  await expect(page.getByRole("toolbar", { name: "Selected clips" })).toContainText("2 selected")
  await expect(box(page, "Hat")).toBeChecked()
})

test("the key that colours leaves the keys that make something alone", async ({ page, baseURL }) => {
  const { path } = await seed(baseURL, three)
  await open(page, path, "Pad")
  await box(page, "Hat").check()
  await page.keyboard.press("p")
  const bar = page.getByRole("toolbar", { name: "Selected clips" })
  await expect(bar.getByRole("button", { name: "Colour", expanded: true })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(bar.getByRole("button", { name: "Colour", expanded: false })).toBeVisible()
  await page.keyboard.press("c")
  await page.keyboard.press("o")
  await expect(page.getByRole("dialog", { name: "New song" })).toBeVisible()
})

test.describe(() => {
  test.use({ expected: /409|404|ERR_FAILED|ERR_INTERNET_DISCONNECTED/ })
  test("a clip is made, and what was refused stays filled in", async ({ page, context, baseURL }) => {
    const { client, projectId, path } = await seed(baseURL, three)
    await open(page, path, "Pad")
    await page.keyboard.press("n")
    await expect(page).toHaveURL(/new=1/)
    const dialog = page.getByRole("dialog", { name: "New clip" })
    await dialog.getByLabel("Name").fill("Kïck")
    await expect(dialog.getByLabel("Id")).toHaveValue("kick")
    await expect(dialog.getByLabel("Project")).toHaveValue(projectId)
    await dialog.getByLabel("Code").fill('$: s("bd")')
    await dialog.getByRole("button", { name: "Make the clip" }).click()
    await expect(dialog.getByRole("alert")).toHaveText("The project has a clip of this id already.")
    await expect(dialog.getByLabel("Code")).toHaveValue('$: s("bd")')
    await dialog.getByLabel("Id").fill("kick-new")

    // Without a connection it is not made, nor later when nobody waits for it.
    await context.setOffline(true)
    await dialog.getByRole("button", { name: "Make the clip" }).click()
    await expect(dialog.getByRole("alert")).toContainText("Not made.")
    await context.setOffline(false)
    expect((await client.clip.list.query({ projectId })).items).toHaveLength(3)
    await dialog.getByRole("button", { name: "Make the clip" }).click()
    await expect(page).toHaveURL(`/projects/${projectId}/clips/kick-new`, { timeout: 20_000 })
    await page.goBack()
    await expect(names(page)).toHaveCount(4)
    await expect(page).toHaveURL(path)
    await expect(dialog).toHaveCount(0)
  })

  test("who cancels while a clip is made stays, and is told", async ({ page, baseURL }) => {
    const { projectId } = await seed(baseURL, three)
    await page.goto(`/clips?project=${projectId}&new=1`)
    const dialog = page.getByRole("dialog", { name: "New clip" })
    await dialog.getByLabel("Name").fill("Late")
    let letGo = () => {}
    const waiting = new Promise<void>((resolve) => {
      letGo = resolve
    })
    await page.route("**/trpc/clip.create*", async (route) => {
      await waiting
      await route.continue()
    })
    await dialog.getByRole("button", { name: "Make the clip" }).click()
    await dialog.getByRole("button", { name: "Cancel" }).click()
    letGo()
    const told = page.getByRole("listitem").filter({ hasText: "“Late” was made all the same." })
    await expect(told).toBeVisible()
    await expect(page).toHaveURL(`/clips?project=${projectId}`)
    await told.getByRole("button", { name: "Open" }).click()
    await expect(page).toHaveURL(`/projects/${projectId}/clips/late`)
  })

  test("everything works from the keyboard", async ({ page, baseURL }) => {
    const { client, projectId, path } = await seed(baseURL, three)
    await open(page, path, "Pad")
    const link = (name: string) => page.getByRole("main").getByRole("link", { name, exact: true })
    await link("Pad").focus()
    await page.keyboard.press("j")
    await expect(link("Hat")).toBeFocused()
    await page.keyboard.press("F2")
    await page.keyboard.type("Open Hat")
    await page.keyboard.press("Enter")
    await expect(link("Open Hat")).toBeFocused()
    expect((await client.clip.byId.query({ projectId, id: "hat" })).name).toBe("Open Hat")
    await page.keyboard.press("r")
    await page.keyboard.type("Never")
    await page.keyboard.press("Escape")
    await expect(link("Open Hat")).toBeFocused()

    await page.keyboard.press("d")
    await expect(page.getByText(`Duplicated as “Open Hat copy” in ${projectId}.`)).toBeVisible()
    expect((await client.clip.byId.query({ projectId, id: "hat-2" })).version).toBe(1)

    await page.keyboard.press("x")
    await page.keyboard.press("j")
    await page.keyboard.press("X")
    const bar = page.getByRole("toolbar", { name: "Selected clips" })
    await expect(bar).toContainText("2 selected")
    await page.keyboard.press("t")
    await expect(page.getByPlaceholder("Find or make a tag")).toBeFocused()
    await page.keyboard.type("keys")
    await page.keyboard.press("Enter")
    await expect(cards(page).filter({ hasText: "keys" })).toHaveCount(2)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(bar).toBeHidden()

    await page.getByRole("button", { name: "What to do with Pad" }).focus()
    await page.keyboard.press("Enter")
    await page.getByRole("menuitem", { name: "Rename" }).press("Enter")
    await expect(page.getByRole("textbox", { name: "Name of Pad" })).toBeFocused()
  })

  test("a name that is refused stays in its field with the reason", async ({ page, baseURL }) => {
    const { path } = await seed(baseURL, three)
    await open(page, path, "Pad")
    await page.getByRole("link", { name: "Pad" }).focus()
    await page.keyboard.press("r")
    await page.route("**/trpc/clip.update**", (route) => route.abort())
    const field = page.getByRole("textbox", { name: "Name of Pad" })
    await field.fill("Renamed")
    await field.press("Enter")
    await expect(page.getByRole("main").getByText("Not renamed. The server does not answer.")).toBeVisible()
  })
})

test("a list that is read again keeps its place and its selection", async ({ page, baseURL }) => {
  const many = Array.from({ length: 60 }, (_, i) => ({ id: `c${i}`, name: `Clip ${i}` }))
  const { client, projectId, path } = await seed(baseURL, many)
  await open(page, path, "Clip 59")
  await page.mouse.wheel(0, 4000)
  await expect(page.getByText("60 clips shown")).toBeAttached()
  await page.getByRole("heading", { name: "Clip 20", exact: true }).scrollIntoViewIfNeeded()
  await box(page, "Clip 20").check()
  const top = () =>
    page
      .getByRole("heading", { name: "Clip 20", exact: true })
      .evaluate((element) => element.getBoundingClientRect().top)
  const before = await top()
  await client.clip.create.mutate({ projectId, id: "fresh", name: "Fresh", code: "" })
  await client.clip.update.mutate({ projectId, id: "c3", name: "Clip three" })
  const pill = page.getByRole("button", { name: "Show 1 new clip" })
  await page.evaluate(() => window.dispatchEvent(new Event("focus")))
  await expect(pill).toBeVisible({ timeout: 15_000 })
  expect(await top()).toBe(before)
  await expect(box(page, "Clip 20")).toBeChecked()
  await pill.click()
  await expect(page.getByRole("heading", { name: "Fresh", exact: true })).toBeVisible()
})

test("cards stand where they did however far one scrolled, and who comes back from one finds the place again", async ({
  page,
  baseURL,
}) => {
  const many = Array.from({ length: 60 }, (_, i) => ({ id: `c${i}`, name: `Clip ${i}` }))
  const { path } = await seed(baseURL, many)
  await open(page, path, "Clip 59")
  const placeOf = (name: string) =>
    page
      .getByRole("link", { name, exact: true })
      .evaluate((element) => Math.round(element.getBoundingClientRect().top + window.scrollY))
  const [first, second] = [await placeOf("Clip 59"), await placeOf("Clip 56")]
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await expect(page.getByText("60 clips shown")).toBeAttached({ timeout: 300 })
  }).toPass()
  const link = page.getByRole("link", { name: "Clip 8", exact: true })
  await link.scrollIntoViewIfNeeded()
  // Three beside each other: it is in the eighteenth line, and the first ones are not drawn.
  await expect.poll(() => placeOf("Clip 8")).toBe(first + 17 * (second - first))
  await expect(page.getByRole("link", { name: "Clip 59", exact: true })).toHaveCount(0)
  await link.focus()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Clip 8")
  await page.goBack()
  await expect(page.getByText("60 clips shown")).toBeAttached()
  await expect(link).toBeInViewport()
})

for (const width of [1440, 390]) {
  test(`the library reads well for everybody, ${width} wide, in both themes`, async ({ browser, baseURL }) => {
    const { client, path, projectId } = await seed(baseURL, three)
    await client.song.create.mutate({ projectId, id: "dawn", name: "Dawn", clipIds: ["kick"] })
    const page = await browser.newPage({ viewport: { width, height: 900 }, baseURL })
    await open(page, path, "Pad")
    await expectAccessibleInBothThemes(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    if (width < 1000) await page.getByRole("button", { name: /^Filters/ }).click()
    await page.getByRole("radio", { name: "Rows" }).check({ force: true })
    await page.getByLabel("Group").selectOption("project")
    await expect(page.getByRole("region", { name: projectId })).toBeVisible()
    await box(page, "Pad").check()
    await page.keyboard.press("t")
    await expect(page.getByPlaceholder("Find or make a tag")).toBeVisible()
    await expectAccessibleInBothThemes(page)
    await page.keyboard.press("Escape")
    await page.keyboard.press("m")
    await expect(page.getByRole("dialog")).toBeVisible()
    await expectAccessibleInBothThemes(page)
    await page.close()
  })
}
