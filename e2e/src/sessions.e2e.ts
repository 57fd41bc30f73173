import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

/** Sessions that bear a tag of their own, the first named the last active; a test looks at them alone. */
async function createSessions(names: string[], row: { metadata?: Record<string, unknown> } = {}) {
  const tag = `t-${randomUUID().slice(0, 8)}`
  const ids: string[] = []
  for (const name of names.toReversed()) {
    const { id } = await client().session.create.mutate({ name, metadata: { tags: [tag], ...row.metadata } })
    ids.unshift(id)
  }
  return { tag, ids, path: `/sessions?tag=${tag}` }
}

const say = (sessionId: string, ...contents: string[]) =>
  client().message.append.mutate({
    sessionId,
    messages: contents.map((content) => ({ role: "assistant" as const, content })),
  })

const rows = (page: Page) => page.getByRole("table", { name: "Sessions" }).getByRole("rowheader")
const names = (page: Page) => rows(page).getByRole("link")
const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) })
const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true })
const bar = (page: Page) => page.getByRole("toolbar", { name: "Chosen sessions" })

/** Opens the list and waits until it has come to life. */
async function open(page: Page, path: string) {
  await page.goto(path)
  await expect(rows(page).first()).toBeVisible()
  await page.waitForLoadState("networkidle")
  await expect(async () => {
    await page.getByRole("checkbox", { name: "Select all that are shown" }).check({ timeout: 1000 })
    await expect(bar(page)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press("Escape")
  await expect(bar(page)).toHaveCount(0)
}

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
    await page.getByRole("button", { name: "Undo" }).click()
    await expect(views.getByRole("link", { name: `${tag} renamed` })).toBeVisible()
    await client().view.delete.mutate({ id: another.id })
    await client().view.delete.mutate({ id: kept?.id ?? "" })
  })
})

test("many sessions are chosen, tagged, terminated, and deleted with a way back", async ({ page }) => {
  const { path, tag, ids } = await createSessions(["Alpha", "Beta", "Gamma", "Delta"])
  await open(page, path)
  await box(page, "Alpha").click()
  await box(page, "Gamma").click({ modifiers: ["Shift"] })
  await expect(bar(page).getByText("3", { exact: false }).first()).toBeVisible()
  await expect(bar(page).getByRole("button", { name: "Rename" })).toHaveCount(0)

  await bar(page).getByRole("button", { name: "Tag" }).click()
  const dialog = page.getByRole("dialog", { name: "Tags of 3 sessions" })
  await dialog.getByPlaceholder("Find a tag").fill(`${tag}-live`)
  await page.keyboard.press("Enter")
  await dialog.getByRole("button", { name: "Done" }).click()
  await expect(
    row(page, "Gamma")
      .getByRole("link", { name: `${tag}-live` })
      .first(),
  ).toBeVisible()
  await expect
    .poll(async () => (await client().session.byId.query({ id: ids[0] ?? "" })).metadata.tags)
    .toEqual([tag, `${tag}-live`])

  await bar(page).getByRole("button", { name: "Terminate" }).click()
  await expect(row(page, "Beta").getByRole("cell", { name: "Terminated" })).toBeVisible()
  await expect.poll(async () => (await client().session.list.query({ tag, status: "terminated" })).items.length).toBe(3)
  await bar(page).getByRole("button", { name: "Activate" }).click()
  await expect.poll(async () => (await client().session.list.query({ tag, status: "active" })).items.length).toBe(4)

  await bar(page).getByRole("button", { name: "Delete" }).click()
  await expect(names(page)).toHaveText(["Delta"])
  await expect(bar(page)).toHaveCount(0)
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect(names(page)).toHaveCount(4)
  expect((await client().session.list.query({ tag })).items).toHaveLength(4)

  await box(page, "Delta").click()
  await bar(page).getByRole("button", { name: "Delete" }).click()
  await expect(names(page)).toHaveCount(3)
  await expect.poll(async () => (await client().session.list.query({ tag })).items.length, { timeout: 15_000 }).toBe(3)
  await page.reload()
  await expect(names(page)).toHaveCount(3)
})

test("sessions of different status that are terminated together each get their own status back", async ({ page }) => {
  const { path, ids } = await createSessions(["Alpha", "Beta", "Gamma"])
  const [alpha = "", beta = "", gamma = ""] = ids
  await client().session.setStatus.mutate({ id: beta, status: "idle" })
  await client().session.setStatus.mutate({ id: gamma, status: "terminated" })
  await open(page, path)
  for (const name of ["Alpha", "Beta", "Gamma"]) await box(page, name).click()
  const statuses = () =>
    Promise.all([alpha, beta, gamma].map(async (id) => (await client().session.byId.query({ id })).status))
  await bar(page).getByRole("button", { name: "Terminate" }).click()
  await expect.poll(statuses).toEqual(["terminated", "terminated", "terminated"])
  await page
    .getByRole("listitem")
    .filter({ hasText: "Terminated 2 sessions." })
    .getByRole("button", { name: "Undo" })
    .click()
  await expect.poll(statuses).toEqual(["active", "idle", "terminated"])
})

test("a session is renamed in its row, and its name cleared", async ({ page }) => {
  const { path, ids } = await createSessions(["Alpha", "Beta"])
  await open(page, path)
  await box(page, "Alpha").click()
  await bar(page).getByRole("button", { name: "Rename" }).click()
  const field = page.getByRole("textbox", { name: "Name of the session" })
  await expect(field).toBeFocused()
  await field.fill("Alpha, slower")
  await page.keyboard.press("Enter")
  await expect(names(page).first()).toHaveText("Alpha, slower")
  await expect.poll(async () => (await client().session.byId.query({ id: ids[0] ?? "" })).name).toBe("Alpha, slower")
  await page.keyboard.press("r")
  await field.fill("never kept")
  await page.keyboard.press("Escape")
  await expect(names(page).first()).toHaveText("Alpha, slower")
  await page.keyboard.press("F2")
  await field.fill("")
  await page.keyboard.press("Enter")
  await expect(names(page).first()).toHaveText(/^strudel · \d{4}-/)
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

test.describe("refusals", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED|WebSocket/ })

  test("what the server refuses is taken back with words, and nothing typed is lost", async ({ page, context }) => {
    const { path, tag } = await createSessions(["Full"], { metadata: { text: "x".repeat(65_400) } })
    const { id } = await client().session.create.mutate({ name: "Free", metadata: { tags: [tag] } })
    await open(page, path)
    await box(page, "Full").click()
    await box(page, "Free").click()
    await page.keyboard.press("t")
    await page.getByPlaceholder("Find a tag").fill("y".repeat(100))
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.getByText("1 session not changed. The session's metadata has no room for this.")).toBeVisible()
    await expect(row(page, "Full").getByRole("link", { name: "yyy" })).toHaveCount(0)
    await expect(row(page, "Free").getByRole("link", { name: "yyy" }).first()).toBeVisible()
    await page.keyboard.press("Escape")

    await context.setOffline(true)
    await box(page, "Free").click()
    await page.keyboard.press("e")
    await expect(page.getByText(/Not changed\. The server does not answer/)).toBeVisible()
    await expect(row(page, "Free").getByRole("cell", { name: "Active" })).toBeVisible()
    await page.keyboard.press("r")
    await page.getByRole("textbox", { name: "Name of the session" }).fill("Free and typed")
    await page.keyboard.press("Enter")
    await expect(page.getByRole("alert").filter({ hasText: "The server does not answer" })).toBeVisible()
    await expect(page.getByRole("textbox", { name: "Name of the session" })).toHaveValue("Free and typed")
    await context.setOffline(false)
    await page.getByRole("textbox", { name: "Name of the session" }).press("Enter")
    await expect.poll(async () => (await client().session.byId.query({ id })).name).toBe("Free and typed")
  })
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
  await page.getByRole("button", { name: "Undo" }).last().click()
  await expect(names(page)).toHaveCount(4)
  await expect(page.getByText("Deleted “Gamma”.")).toHaveCount(0)
  await key("f")
  await expect(page.getByLabel("Project", { exact: true })).toBeFocused()
  await page.getByLabel("Project", { exact: true }).blur()
  await key("j")
  await key("Enter")
  await expect(page).toHaveURL(new RegExp(`/sessions/${ids[0]}`))
})

test("a note is begun by hand", async ({ page }) => {
  const { path } = await createSessions(["Alpha"])
  await open(page, path)
  await page.getByRole("button", { name: "New session" }).click()
  await page.getByRole("dialog").getByLabel("Name").fill("Ideas for the drop")
  await page.getByRole("dialog").getByLabel("Agent").fill("me")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}/, { timeout: 15_000 })
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Ideas for the drop")
})

test("a long list reads on by itself, and what arrives moves neither the place nor the choice", async ({ page }) => {
  const { path, ids } = await createSessions(Array.from({ length: 120 }, (_, i) => `Take ${i}`))
  await open(page, path)
  await box(page, "Take 3").click()
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await expect(names(page)).toHaveCount(120, { timeout: 500 })
  }).toPass()
  await page.evaluate(() => window.scrollTo(0, 3000))
  await page.waitForTimeout(300)
  const placeOf = (name: string) => row(page, name).evaluate((element) => element.getBoundingClientRect().top)
  const before = await placeOf("Take 60")
  await say(ids[110] ?? "", "something new")
  await expect(names(page).first()).toHaveText("Take 110", { timeout: 15_000 })
  expect(Math.abs((await placeOf("Take 60")) - before)).toBeLessThan(2)
  await expect(box(page, "Take 3")).toBeChecked()
  await expect(bar(page)).toContainText("1")
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
    await bar(page).getByRole("button", { name: "Choose none" }).tap()
    await expect(bar(page)).toHaveCount(0)

    const touch = { pointerType: "touch", bubbles: true, clientX: 100, clientY: 400 }
    await names(page).nth(1).dispatchEvent("pointerdown", touch)
    await expect(bar(page)).toContainText("1")
    await names(page).nth(1).dispatchEvent("pointerup", touch)
    await expect(box(page, "Beta")).toBeChecked()
  })
})

for (const [width, colorScheme] of [
  [1440, "dark"],
  [1440, "light"],
  [390, "dark"],
  [390, "light"],
] as const) {
  test(`nobody stumbles at ${width} pixels in the ${colorScheme}`, async ({ page }) => {
    const { path, ids } = await createSessions(["Alpha", "Beta", "Gamma"])
    await say(ids[0] ?? "", "new")
    await client().session.setStatus.mutate({ id: ids[1] ?? "", status: "terminated" })
    await page.emulateMedia({ colorScheme })
    await open(page, path)
    await page.setViewportSize({ width, height: 844 })
    await expectAccessible(page)
    await page.keyboard.press("ControlOrMeta+a")
    await expect(bar(page)).toBeVisible()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await page.keyboard.press("t")
    await expect(page.getByPlaceholder("Find a tag")).toBeFocused()
    await expectAccessible(page)
  })
}
