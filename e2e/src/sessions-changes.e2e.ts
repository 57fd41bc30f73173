import { randomUUID } from "node:crypto"
import type { Inputs } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"
import { bar, box, client, createSessions, createTakes, names, namesIn, open, row, run } from "./session-steps.ts"
import { toast, undo } from "./toast-steps.ts"

test("many sessions are chosen, tagged, terminated, and deleted with a way back", async ({ page }) => {
  const { path, tag, ids } = await createSessions(["Alpha", "Beta", "Gamma", "Delta"])
  await open(page, path)
  await box(page, "Alpha").click()
  await box(page, "Gamma").click({ modifiers: ["Shift"] })
  await expect(bar(page).getByText("3", { exact: false }).first()).toBeVisible()

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
  await undo(page, `Tagged 3 sessions with ${tag}-live.`)
  await expect.poll(async () => (await client().session.byId.query({ id: ids[0] ?? "" })).metadata.tags).toEqual([tag])

  await bar(page).getByRole("button", { name: "Rename" }).click()
  const renaming = page.getByRole("dialog", { name: "Rename 3 sessions" })
  await renaming.getByLabel("Name", { exact: true }).fill("Late night {n}, was {name}")
  await expect(renaming.getByRole("list", { name: "The names" })).toContainText("Late night 2, was Beta")
  await expectAccessible(page)
  await page.keyboard.press("Enter")
  await expect(names(page)).toHaveText([
    ...["Late night 1, was Alpha", "Late night 2, was Beta", "Late night 3, was Gamma"],
    "Delta",
  ])
  await expect.poll(() => namesIn(tag)).toContain("Late night 3, was Gamma")
  await undo(page, "Renamed 3 sessions.")
  await expect.poll(() => namesIn(tag)).toEqual(["Alpha", "Beta", "Delta", "Gamma"])

  await bar(page).getByRole("button", { name: "Terminate" }).click()
  await expect(row(page, "Beta").getByRole("cell", { name: "Terminated" })).toBeVisible()
  await expect.poll(async () => (await client().session.list.query({ tag, status: "terminated" })).items.length).toBe(3)
  await bar(page).getByRole("button", { name: "Activate" }).click()
  await expect.poll(async () => (await client().session.list.query({ tag, status: "active" })).items.length).toBe(4)

  await bar(page).getByRole("button", { name: "Delete" }).click()
  await expect(names(page)).toHaveText(["Delta"])
  await expect(bar(page)).toHaveCount(0)
  await undo(page, "Deleted 3 sessions.")
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
  const told = toast(page, "Terminated 2 sessions.")
  await expect(told).toBeVisible()
  await bar(page).getByRole("button", { name: "Delete" }).hover()
  const top = async () => (await bar(page).boundingBox())?.y ?? 0
  const raised = await top()
  await told.getByRole("button", { name: "Undo" }).dispatchEvent("click")
  await expect.poll(statuses).toEqual(["active", "idle", "terminated"])
  // A press that begins as the toast goes away ends on what it began on.
  await expect(told).toHaveCount(0)
  expect(await top()).toBe(raised)
  await page.mouse.move(5, 5)
  await expect.poll(top).toBeGreaterThan(raised)
})

test("where the only session that fits is deleted, a sentence is left, and undo by key brings it back", async ({
  page,
}) => {
  const { path } = await createSessions(["Alone"])
  await open(page, path)
  await row(page, "Alone").getByRole("link").first().focus()
  await page.keyboard.press("#")
  await expect(page.getByText("No session fits these filters")).toBeVisible()
  await page.keyboard.press("ControlOrMeta+z")
  await expect(row(page, "Alone")).toBeVisible()
  await expect(page.getByText("No session fits these filters")).toHaveCount(0)
  // Nothing is left to be taken back.
  await page.keyboard.press("ControlOrMeta+z")
  await expect(row(page, "Alone")).toBeVisible()
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
  await undo(page, "Renamed “Alpha” to “Alpha, slower”.")
  await expect(names(page).first()).toHaveText("Alpha")
  await expect.poll(async () => (await client().session.byId.query({ id: ids[0] ?? "" })).name).toBe("Alpha")
  await row(page, "Alpha").getByRole("link", { name: "Alpha", exact: true }).focus()
  await page.keyboard.press("r")
  await field.fill("never kept")
  await page.keyboard.press("Escape")
  await expect(names(page).first()).toHaveText("Alpha")
  await page.keyboard.press("F2")
  await field.fill("")
  await page.keyboard.press("Enter")
  await expect(names(page).first()).toHaveText(/^strudel · \d{4}-/)
})

test.describe("refusals", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket/ })

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

  test("a name that is refused late leaves the one that is being written alone", async ({ page }) => {
    const { path } = await createSessions(["Alpha", "Beta"])
    await open(page, path)
    let refuse = () => {}
    const refused = new Promise<void>((resolve) => {
      refuse = resolve
    })
    await page.route("**/trpc/session.renameMany**", async (route) => {
      await refused
      await route.abort()
    })
    const field = page.getByRole("textbox", { name: "Name of the session" })
    await names(page).nth(0).focus()
    await page.keyboard.press("r")
    await field.fill("Alpha, slower")
    await page.keyboard.press("Enter")
    await expect(names(page).nth(0)).toBeFocused()
    await names(page).nth(1).focus()
    await page.keyboard.press("r")
    await field.fill("Beta, half wri")
    refuse()
    await expect(toast(page, "“Alpha” is not renamed.")).toBeVisible()
    await expect(field).toHaveValue("Beta, half wri")
    await page.keyboard.press("Escape")
    await toast(page, "“Alpha” is not renamed.").getByRole("button", { name: "Try again" }).click()
    await expect(field).toHaveValue("Alpha, slower")
  })

  test("more sessions than one call takes: what was done before it failed is said, and can be taken back", async ({
    page,
  }) => {
    const { path, tag } = await createTakes(220)
    const count = async (filter: Inputs["session"]["list"] = {}) => {
      const first = await client().session.list.query({ tag, limit: 200, ...filter })
      const rest = first.nextCursor && (await client().session.list.query({ tag, ...filter, cursor: first.nextCursor }))
      return first.items.length + (rest ? rest.items.length : 0)
    }
    await open(page, path)
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
      await expect(page.getByText("220 sessions shown")).toBeAttached({ timeout: 300 })
    }).toPass({ intervals: [0] })
    await page.keyboard.press("ControlOrMeta+a")
    await expect(bar(page)).toContainText("220")
    await page.route("**/trpc/session.setStatusMany**", (route) => {
      const ids =
        route
          .request()
          .postData()
          ?.match(/[0-9a-f]{8}-/g) ?? []
      return ids.length === 20 ? route.abort() : route.continue()
    })
    await page.keyboard.press("e")
    await expect(toast(page, "Terminated 200 of 220 sessions. The server does not answer")).toBeVisible()
    expect(await count({ status: "terminated" })).toBe(200)
    await undo(page, "Terminated 200 of 220 sessions.")
    await expect.poll(() => count({ status: "terminated" })).toBe(0)

    await page.keyboard.press("#")
    await expect(toast(page, "Deleted 220 sessions.")).toBeVisible()
    await page.evaluate(() => {
      const send = window.fetch
      window.fetch = (input, init) => {
        if (String(input).includes("deleteMany")) {
          const kept = sessionStorage.getItem("deletions") ?? ""
          sessionStorage.setItem("deletions", `${kept}${init?.keepalive === true} `)
        }
        return send(input, init)
      }
    })
    expect(await count()).toBe(220)
    await page.goto("/songs")
    await expect.poll(() => count()).toBe(0)
    expect(await page.evaluate(() => sessionStorage.getItem("deletions"))).toBe("true true ")
  })
})

test.describe("a session begun by hand", () => {
  test.use({ expected: /ERR_FAILED|409 \(Conflict\)/ })

  test("is one, though its answer is lost and it is begun again", async ({ page }) => {
    const name = `Ideas for the drop ${randomUUID().slice(0, 8)}`
    await page.goto("/songs")
    await run(page, "New session")
    const dialog = page.getByRole("dialog", { name: "New session" })
    await dialog.getByLabel("Name").fill(name)
    await dialog.getByLabel("Begin with").selectOption("A beat to dance to")
    await dialog.getByLabel("Agent").fill("me")
    await page.route(
      "**/trpc/session.create**",
      async (route) => {
        await route.fetch()
        await route.abort()
      },
      { times: 1 },
    )
    await page.keyboard.press("Enter")
    await expect(dialog.getByRole("alert")).toContainText("The server does not answer")
    await dialog.getByRole("button", { name: "Start" }).click()
    await dialog.getByRole("button", { name: "It is there already: open it" }).click()
    await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}/, { timeout: 15_000 })
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name)
    const { items } = await client().session.list.query({ q: name })
    expect(items.map(({ messageCount }) => messageCount)).toEqual([1])
    await expect(page.getByText("Make a clip with a kick on every beat")).toBeVisible()
  })
})

test("the palette does with sessions what keys do", async ({ page }) => {
  const { path, tag } = await createSessions(["Alpha", "Beta", "Gamma"])
  await open(page, path)
  await box(page, "Alpha").click()
  await box(page, "Beta").click()
  // What is typed while the palette is on its way does nothing to the page.
  await page.keyboard.press("ControlOrMeta+k")
  await page.keyboard.press("e")
  await expect(page.getByRole("dialog", { name: "Find anything" }).getByRole("combobox")).toBeFocused()
  await page.keyboard.press("Escape")
  expect((await client().session.list.query({ tag, status: "active" })).items).toHaveLength(3)
  await run(page, "Terminate 2 sessions")
  await expect.poll(async () => (await client().session.list.query({ tag, status: "terminated" })).items.length).toBe(2)
  await run(page, "Select none")
  await expect(bar(page)).toHaveCount(0)
  await names(page).nth(2).focus()
  await run(page, "Delete the session")
  await expect(names(page)).toHaveText(["Alpha", "Beta"])
  await undo(page, "Deleted “Gamma”.")
  await expect(names(page)).toHaveCount(3)
})
