import { randomUUID } from "node:crypto"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { bar, box, client, createSessions, createTakes, names, open, row, rows, say } from "./session-steps.ts"
import { undoLast } from "./toast-steps.ts"

test("filters and order live in the address, and survive a reload", async ({ page, browser, baseURL }) => {
  const { path, ids } = await createSessions(["Alpha", "Beta", "Gamma"])
  await say(ids[1] ?? "", "one", "two")
  await say(ids[2] ?? "", "one")
  await client().session.setStatus.mutate({ id: ids[0] ?? "", status: "terminated" })
  await open(page, path)

  await page.getByRole("columnheader", { name: "Messages" }).getByRole("link").click()
  await expect(page).toHaveURL(/sort=messages/)
  await expect(names(page)).toHaveText(["Beta", "Gamma", "Alpha"])
  await expect(page.getByRole("columnheader", { name: "Messages" })).toHaveAttribute("aria-sort", "descending")
  await page.getByRole("columnheader", { name: "Messages" }).getByRole("link").click()
  await expect(page.getByRole("columnheader", { name: "Messages" })).toHaveAttribute("aria-sort", "ascending")
  await expect(names(page)).toHaveText(["Alpha", "Gamma", "Beta"])

  await page.getByRole("radio", { name: "Active" }).check({ force: true })
  await expect(page).toHaveURL(/status=active/)
  await expect(names(page)).toHaveText(["Gamma", "Beta"])
  await page.reload()
  await expect(names(page)).toHaveText(["Gamma", "Beta"])

  const shared = await browser.newPage({ ...(baseURL ? { baseURL } : {}) })
  await shared.goto(page.url())
  await expect(names(shared)).toHaveText(["Gamma", "Beta"])
  await shared.close()

  await page.getByLabel("Sort by").selectOption("created")
  await expect(page.getByRole("columnheader", { name: "Created" })).toHaveAttribute("aria-sort", "ascending")
  await page.getByLabel("From").fill("2999-01-01")
  await expect(page.getByText("No session fits these filters")).toBeVisible()
  await page.getByLabel("From").fill("")
  await expect(names(page)).toHaveCount(2)

  const about = { projectId: `p-${randomUUID().slice(0, 8)}`, itemType: "song", itemId: "sunset" } as const
  await client().project.create.mutate({ id: about.projectId, name: "Filtered by" })
  const agentName = `agent-${randomUUID().slice(0, 8)}`
  const others = await createSessions(["Delta", "Epsilon"], { ...about, agentName })
  await createSessions(["Zeta"], { ...about, itemId: "dawn" })
  await page.goto(`/sessions?project=${about.projectId}`)
  await expect(names(page)).toHaveCount(3)
  await page.getByLabel("About a").selectOption("song")
  await page.getByLabel("Item id").fill("sunset")
  await expect(page).toHaveURL(/item=sunset/)
  await expect(names(page)).toHaveText(["Delta", "Epsilon"])
  await page.goto(`/sessions?tag=${others.tag}`)
  await page.getByLabel("Agent", { exact: true }).selectOption(agentName)
  await expect(page).toHaveURL(new RegExp(`agent=${agentName}`))
  await expect(names(page)).toHaveText(["Delta", "Epsilon"])
  await page.getByLabel("Project", { exact: true }).selectOption(about.projectId)
  await expect(names(page)).toHaveText(["Delta", "Epsilon"])
  await page.getByLabel("Item id").fill("dawn")
  await expect(page.getByText("No session fits these filters")).toBeVisible()
})

test("what is typed into a dialog as it opens goes into its first field, and nowhere else", async ({ page }) => {
  const { tag, path } = await createSessions(["Alpha", "Beta"])
  await open(page, path)
  const here = page.url()
  const views = page.getByRole("navigation", { name: "Views" })
  await page.keyboard.press("j")
  for (const typed of ["Kick work", `Work #1 ${tag}`]) {
    await views.getByRole("button", { name: "Save this view" }).click()
    const dialog = page.getByRole("dialog", { name: "Save this view" })
    await expect(dialog.getByLabel("Name")).toBeFocused()
    await page.keyboard.type(typed)
    await expect(dialog.getByLabel("Name")).toHaveValue(typed)
    await page.keyboard.press("Escape")
    await expect(dialog).toHaveCount(0)
  }
  expect(page.url()).toBe(here)
  await page.keyboard.press("?")
  const map = page.getByRole("dialog", { name: "Keyboard" })
  await expect(map).toBeFocused()
  await page.keyboard.type("Kick work #1")
  await expect(map).toBeVisible()
  expect(page.url()).toBe(here)
  await page.keyboard.press("Escape")
  await expect(names(page)).toHaveCount(2)
})

test.describe("views", () => {
  test.use({ expected: /409 \(Conflict\)/ })

  test("a view is saved, shown, replaced, renamed, deleted and taken back", async ({ page }) => {
    const { tag, path } = await createSessions(["Alpha", "Beta"])
    const views = page.getByRole("navigation", { name: "Views" })
    await open(page, path)
    await views.getByRole("button", { name: "Save this view" }).click()
    await page.getByRole("dialog").getByLabel("Name").fill(tag)
    await page.keyboard.press("Enter")
    await expect(views.getByRole("link", { name: tag })).toHaveAttribute("aria-current", "true")

    await views.getByRole("link", { name: "All sessions" }).click()
    await expect(page).toHaveURL(/\/sessions$/)
    await views.getByRole("link", { name: tag }).click()
    await expect(page).toHaveURL(new RegExp(`tag=${tag}`))
    await expect(names(page)).toHaveText(["Alpha", "Beta"])

    await page.getByRole("columnheader", { name: "Messages" }).getByRole("link").click()
    await views.getByRole("button", { name: `Change the view ${tag}` }).click()
    await page.getByRole("menuitem", { name: "Replace with what is shown" }).click()
    await page.reload()
    await expect(views.getByRole("link", { name: tag })).toHaveAttribute("aria-current", "true")
    const kept = (await client().view.list.query({ page: "sessions" })).items.find(({ name }) => name === tag)
    expect(kept?.search).toBe(`sort=messages&tag=${tag}`)

    const another = await client().view.create.mutate({ page: "sessions", name: `${tag} too`, search: "status=idle" })
    await page.reload()
    await expect(async () => {
      await views.getByRole("button", { name: `Change the view ${tag}`, exact: true }).click({ timeout: 1000 })
      await page.getByRole("menuitem", { name: "Rename…" }).click({ timeout: 1000 })
    }).toPass()
    await page.getByRole("dialog").getByLabel("Name").fill(another.name)
    await page.keyboard.press("Enter")
    await expect(page.getByRole("alert").filter({ hasText: "There is a view of this name already." })).toBeVisible()
    await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue(another.name)
    await page.getByRole("dialog").getByLabel("Name").fill(`${tag} renamed`)
    await page.keyboard.press("Enter")
    await expect(views.getByRole("link", { name: `${tag} renamed` })).toBeVisible()

    await views.getByRole("button", { name: `Change the view ${tag} renamed` }).click()
    await page.getByRole("menuitem", { name: "Delete" }).click()
    await expect(views.getByRole("link", { name: `${tag} renamed` })).toHaveCount(0)
    await undoLast(page)
    await expect(views.getByRole("link", { name: `${tag} renamed` })).toBeVisible()
    await client().view.delete.mutate({ id: another.id })
    await client().view.delete.mutate({ id: kept?.id ?? "" })
  })
})

test("what grew since it was last looked at is marked until it is looked at", async ({ page }) => {
  const { path, ids } = await createSessions(["Alpha", "Beta"])
  await open(page, path)
  await expect(row(page, "Beta").getByText(/new$/)).toHaveCount(0)
  await say(ids[1] ?? "", "first", "A **softer** hat,\nno swing")
  await page.reload()
  await expect(row(page, "Beta").getByText("2 new")).toBeVisible()
  await expect(row(page, "Beta")).toContainText("A softer hat, no swing")
  await page.getByRole("link", { name: "Unseen only" }).click()
  await expect(names(page)).toHaveText(["Beta"])

  await names(page).first().click()
  await expect(page.getByRole("region", { name: "Messages" })).toContainText("softer")
  await expect.poll(async () => (await client().session.byId.query({ id: ids[1] ?? "" })).seenCount).toBe(2)
  await page.goto(path)
  await expect(row(page, "Beta")).toBeVisible()
  await expect(row(page, "Beta").getByText(/new$/)).toHaveCount(0)
})

test("the keyboard alone does everything", async ({ page }) => {
  const { path, tag, ids } = await createSessions(["Alpha", "Beta", "Gamma", "Delta"])
  await open(page, path)
  const key = (name: string) => page.keyboard.press(name)
  await key("j")
  await expect(names(page).nth(0)).toBeFocused()
  await key("x")
  await expect(box(page, "Alpha")).toBeChecked()
  await key("j")
  await key("j")
  await key("Shift+X")
  await expect(box(page, "Beta")).toBeChecked()
  await expect(box(page, "Gamma")).toBeChecked()
  await key("t")
  await page.getByPlaceholder("Find a tag").pressSequentially(`${tag}-keys`)
  await key("Enter")
  await key("Escape")
  await expect.poll(async () => (await client().session.list.query({ tag: `${tag}-keys` })).items.length).toBe(3)
  await expect(names(page).nth(2)).toBeFocused()
  await key("e")
  await expect.poll(async () => (await client().session.list.query({ tag, status: "terminated" })).items.length).toBe(3)
  await key("Escape")
  await expect(bar(page)).toHaveCount(0)
  await key("ControlOrMeta+a")
  await expect(bar(page)).toContainText("4")
  await key("Escape")
  await key("#")
  await expect(names(page)).toHaveText(["Alpha", "Beta", "Delta"])
  await expect(names(page).nth(2)).toBeFocused()
  await key("ControlOrMeta+z")
  await expect(names(page)).toHaveCount(4)
  await expect(page.getByText("Deleted “Gamma”.")).toHaveCount(0)
  await key("f")
  await expect(page.getByLabel("Project", { exact: true })).toBeFocused()
  await page.getByLabel("Project", { exact: true }).blur()
  await key("j")
  await key("Enter")
  await expect(page).toHaveURL(new RegExp(`/sessions/${ids[0]}`))
})

test("a long list reads on by itself, draws what is near, and what arrives moves neither the place nor the choice", async ({
  page,
}) => {
  const { path, ids } = await createTakes(320)
  await open(page, path)
  await box(page, "Take 3").click()
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await expect(page.getByText("320 sessions shown")).toBeAttached({ timeout: 300 })
  }).toPass({ intervals: [0] })
  await expect(row(page, "Take 319")).toBeVisible()
  await expect(row(page, "Take 319")).toHaveAttribute("aria-rowindex", "321")
  await expect(page.getByRole("table", { name: "Sessions" })).toHaveAttribute("aria-rowcount", "321")
  // Those near the end, and those around the choice, which has the focus.
  expect(await rows(page).count()).toBeLessThan(200)
  await expectAccessible(page)

  await page.evaluate(() => window.scrollTo(0, 9000))
  await expect(row(page, "Take 165")).toBeInViewport()
  const asked = new Set<string>()
  page.on("request", (request) => {
    for (const [, cursor = ""] of decodeURIComponent(request.url()).matchAll(/"cursor":"([^"]+)"/g)) asked.add(cursor)
  })
  const placeOf = (name: string) => row(page, name).evaluate((element) => element.getBoundingClientRect().top)
  const before = await placeOf("Take 165")
  await say(ids[310] ?? "", "something new")
  await say(ids[166] ?? "", "something new, too")
  await expect(row(page, "Take 166")).not.toBeInViewport({ timeout: 15_000 })
  expect(Math.abs((await placeOf("Take 165")) - before)).toBeLessThan(2)
  await expect(bar(page)).toContainText("1")
  await client().session.setStatus.mutate({ id: ids[165] ?? "", status: "terminated" })
  await expect(row(page, "Take 165")).toContainText("Terminated", { timeout: 15_000 })
  // Of seven pages those near what is in sight, beside the first.
  expect(asked.size).toBeLessThanOrEqual(3)

  await page.getByRole("link", { name: "Take 165", exact: true }).focus()
  for (let step = 0; step < 40; step++) await page.keyboard.press("j")
  await expect(page.getByRole("link", { name: "Take 206", exact: true })).toBeFocused()
  await page.evaluate(() => window.scrollTo(0, 0))
  await expect(names(page).first()).toHaveText("Take 166")
  await expect(names(page).nth(1)).toHaveText("Take 310")
  await expect(box(page, "Take 3")).toBeChecked()
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(row(page, "Take 311")).toBeVisible()
  await expect(row(page, "Take 310")).toHaveCount(0)
})

test("a session that comes above what is in sight is offered, and moves nothing", async ({ page }) => {
  const { path, tag } = await createTakes(60)
  await open(page, path)
  await page.evaluate(() => window.scrollTo(0, 1200))
  await expect(row(page, "Take 20")).toBeInViewport()
  const top = () => row(page, "Take 20").evaluate((element) => element.getBoundingClientRect().top)
  const before = await top()
  await client().session.create.mutate({ name: "Fresh", metadata: { tags: [tag] } })
  const offer = page.getByRole("button", { name: "Show 1 new session" })
  await expect(offer).toBeVisible()
  expect(Math.abs((await top()) - before)).toBeLessThan(2)
  await expectAccessible(page)
  await offer.click()
  await expect(row(page, "Fresh")).toBeInViewport()
  await expect(offer).toHaveCount(0)
})

test("a list reads on where a busy browser tells of two moments at once, the first of which is over", async ({
  page,
}) => {
  await page.addInitScript(() => {
    window.IntersectionObserver = class extends IntersectionObserver {
      constructor(tell: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super((entries, observer) => {
          const over = entries.map((entry) => Object.create(entry, { isIntersecting: { value: false } }))
          tell([...over, ...entries], observer)
        }, options)
      }
    }
  })
  const { path } = await createTakes(60)
  await open(page, path)
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect(page.getByText("60 sessions shown")).toBeAttached()
})

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test("rows are chosen by taps after a button or a long press", async ({ page }) => {
    const { path } = await createSessions(["Alpha", "Beta"])
    await page.goto(path)
    await expect(names(page)).toHaveText(["Alpha", "Beta"])
    await expect(async () => {
      const select = page.getByRole("button", { name: "Select", exact: true })
      if (await select.isVisible()) await select.tap({ timeout: 1000 })
      await expect(page.getByRole("button", { name: "Done" })).toBeVisible({ timeout: 1000 })
    }).toPass()
    await names(page).first().tap()
    await expect(page).toHaveURL(/\/sessions\?/)
    await expect(bar(page)).toContainText("1")
    await expectAccessible(page)
    await bar(page).getByRole("button", { name: "Select none" }).tap()
    await expect(bar(page)).toHaveCount(0)

    const touch = { pointerType: "touch", bubbles: true, clientX: 100, clientY: 400 }
    await names(page).nth(1).dispatchEvent("pointerdown", touch)
    await expect(bar(page)).toContainText("1")
    await names(page).nth(1).dispatchEvent("pointerup", touch)
    await expect(box(page, "Beta")).toBeChecked()
  })
})

for (const width of [1440, 390]) {
  test(`nobody stumbles at ${width} pixels, in both themes`, async ({ page }) => {
    const { path, ids } = await createSessions(["Alpha", "Beta", "Gamma"])
    await say(ids[0] ?? "", "new")
    await client().session.setStatus.mutate({ id: ids[1] ?? "", status: "terminated" })
    await open(page, path)
    await page.setViewportSize({ width, height: 844 })
    await expectAccessibleInBothThemes(page)
    await page.keyboard.press("ControlOrMeta+a")
    await expect(bar(page)).toBeVisible()
    await expectAccessibleInBothThemes(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await page.keyboard.press("t")
    await expect(page.getByPlaceholder("Find a tag")).toBeFocused()
    await expectAccessibleInBothThemes(page)
  })
}
