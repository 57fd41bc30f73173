import { readFile } from "node:fs/promises"
import { parseTranscript } from "@strudel-agent/project-folder/transcript-file"
import { expectAccessible, test } from "./page-check.ts"
import { alive, client, expect, expectInView, newSession, row, scrollOn, take } from "./transcript-steps.ts"

test.describe("code changes", () => {
  const clip = { projectId: `e2e-${Date.now()}`, id: "kick" }
  let id = ""
  const code = async () => (await client().clip.byId.query(clip)).code
  test.beforeAll(async () => {
    id = await newSession(20, "Code", clip)
    const { codeChanges } = take(5, clip)
    const after = codeChanges && !Array.isArray(codeChanges) ? codeChanges.after : undefined
    await client().clip.create.mutate({ ...clip, name: "Kick", code: "first" })
    await client().clip.update.mutate({ ...clip, code: String(after), origin: { sessionId: id, messageIndex: 5 } })
  })

  test("are shown one below the other or side by side, and stay so", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=5#m-5`)
    await alive(page)
    const diff = row(page, 5).locator("[data-diff]")
    await expect(diff).toHaveAttribute("data-diff", "unified")
    await row(page, 5)
      .getByRole("button", { name: /^Show side by side/ })
      .click()
    await expect(diff).toHaveAttribute("data-diff", "split")
    await expectAccessible(page)
    await page.reload()
    await alive(page)
    await expect(diff).toHaveAttribute("data-diff", "split")
    await row(page, 5)
      .getByRole("button", { name: /^Show one below/ })
      .click()
    await expect(diff).toHaveAttribute("data-diff", "unified")
  })

  test("lead to the version that they made", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=5#m-5`)
    await alive(page)
    await row(page, 5)
      .getByRole("button", { name: /^Open this version/ })
      .click()
    await expect(page).toHaveURL(new RegExp(`/projects/${clip.projectId}/clips/kick\\?version=2$`))
  })

  test("are taken back and applied again, and that is undone", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=5#m-5`)
    await alive(page)
    await row(page, 5)
      .getByRole("button", { name: /^Restore before: kick/ })
      .click()
    await expect.poll(code).toBe('s("bd*5")\nsame\n')
    await page.getByRole("button", { name: "Undo" }).click()
    await expect.poll(code).toBe('s("bd*5").gain(2)\nsame\n')
    await row(page, 5)
      .getByRole("button", { name: /^Restore before: kick/ })
      .click()
    await expect.poll(code).toBe('s("bd*5")\nsame\n')
    await row(page, 5)
      .getByRole("button", { name: /^Apply after: kick/ })
      .click()
    await expect.poll(code).toBe('s("bd*5").gain(2)\nsame\n')
    const { sessionId, messageIndex } = await client()
      .clip.byId.query(clip)
      .then(({ version }) => client().clip.version.query({ ...clip, version }))
    expect([sessionId, messageIndex]).toEqual([id, 5])
  })

  test.describe("on a clip that somebody else changes", () => {
    test.use({ expected: /409 \(Conflict\)/ })

    test("ask before they write over it", async ({ page }) => {
      await client().clip.update.mutate({ ...clip, code: 's("bd*5")\nsame\n' })
      await page.goto(`/sessions/${id}?at=5#m-5`)
      await alive(page)
      await page.route(
        "**/trpc/clip.update**",
        async (route) => {
          await client().clip.update.mutate({ ...clip, code: "by somebody else" })
          await route.continue()
        },
        { times: 1 },
      )
      await row(page, 5)
        .getByRole("button", { name: /^Apply after: kick/ })
        .click()
      const dialog = page.getByRole("dialog", { name: /has changed since/ })
      await expect(dialog).toContainText("by somebody else")
      await expectAccessible(page)
      expect(await code()).toBe("by somebody else")
      await dialog.getByRole("button", { name: /^Write over/ }).click()
      await expect.poll(code).toBe('s("bd*5").gain(2)\nsame\n')
    })
  })
})

test.describe("writing", () => {
  const stored = async (sessionId: string) =>
    (await client().message.list.query({ sessionId, limit: 200 })).messages.map(({ role, content }) => [role, content])

  test("a message and a note appear, are stored, and a draft outlives a reload", async ({ page }) => {
    const id = await newSession(100)
    await page.goto(`/sessions/${id}`)
    await alive(page)
    const box = page.getByRole("textbox", { name: "A message" })
    await box.fill("Louder, please\nand longer")
    await box.press("Control+Enter")
    await expect(row(page, 100)).toContainText("Louder, please")
    await expect(page.getByRole("list", { name: "Not stored yet" })).toHaveCount(0)
    await expect(box).toHaveValue("")
    await page.getByRole("radio", { name: "Note" }).check({ force: true })
    await page.getByRole("textbox", { name: "A note" }).fill("remember this")
    await page.getByRole("button", { name: "Send" }).click()
    await expect(row(page, 101)).toContainText("remember this")
    expect((await stored(id)).slice(-2)).toEqual([
      ["user", "Louder, please\nand longer"],
      ["note", "remember this"],
    ])
    await expect(page.getByText("102 messages")).toBeVisible()
    await page.getByRole("textbox", { name: "A note" }).fill("half a thought")
    await page.waitForTimeout(400)
    await page.reload()
    await alive(page)
    await expect(page.getByRole("textbox", { name: "A note" })).toHaveValue("half a thought")
  })

  test.describe("where the connection fails", () => {
    test.use({ expected: /ERR_FAILED|ERR_CONNECTION/ })

    test("what was not sent says so, stays over a reload, and counts once when it is sent again", async ({ page }) => {
      const id = await newSession(10)
      await page.goto(`/sessions/${id}`)
      await alive(page)
      let sent = 0
      await page.route("**/trpc/message.append**", async (route) => {
        // It reaches the server, and its answer is lost.
        if (sent++ === 0) await route.fetch()
        await route.abort()
      })
      await page.getByRole("textbox", { name: "A message" }).fill("do I reach you?")
      await page.getByRole("button", { name: "Send" }).click()
      await expect(page.getByText(/^Not sent: The server does not answer/).or(row(page, 10))).toBeVisible({
        timeout: 20_000,
      })
      await page.unroute("**/trpc/message.append**")
      await page.route("**/trpc/message.append**", (route) => route.abort())
      await page.getByRole("textbox", { name: "A message" }).fill("and this?")
      await page.getByRole("button", { name: "Send" }).click()
      const failed = page.getByText(/^Not sent: The server does not answer/)
      await expect(failed.last()).toBeVisible({ timeout: 30_000 })
      await page.unroute("**/trpc/message.append**")
      await page.reload()
      await alive(page)
      await expect(page.getByText("and this?")).toBeVisible()
      for (const button of await page.getByRole("button", { name: "Send again" }).all()) await button.click()
      await expect(page.getByRole("list", { name: "Not stored yet" })).toHaveCount(0)
      await expect(row(page, 11)).toContainText("and this?")
      expect((await stored(id)).slice(10)).toEqual([
        ["user", "do I reach you?"],
        ["user", "and this?"],
      ])
    })
  })

  test("a terminated session says so, and can be opened again", async ({ page }) => {
    const id = await newSession(3)
    await client().session.setStatus.mutate({ id, status: "terminated" })
    await page.goto(`/sessions/${id}`)
    await expect(page.getByText("This session is terminated: it takes no more messages.")).toBeVisible()
    await alive(page)
    await page.getByRole("button", { name: "Open it again" }).click()
    await expect(page.getByRole("textbox", { name: "A message" })).toBeVisible()
  })
})

test("what others say appears at the end, and is counted for who reads elsewhere", async ({ page }) => {
  const id = await newSession(400)
  const say = (...contents: string[]) =>
    client().message.append.mutate({
      sessionId: id,
      messages: contents.map((content) => ({ role: "assistant" as const, content })),
    })
  await page.goto(`/sessions/${id}`)
  await alive(page)
  await page.waitForTimeout(1000)
  await say("hello from afar")
  await expect(row(page, 400)).toContainText("hello from afar")
  await expectInView(page, 400)
  await expect(page.getByText("401 messages")).toBeVisible()

  const { id: read } = await scrollOn(page, -1500)
  const before = await page.locator(`#${read}`).evaluate((element) => element.getBoundingClientRect().top)
  await say("one", "two")
  await say("three")
  await expect(page.getByRole("button", { name: "3 new" })).toBeVisible()
  const after = await page.locator(`#${read}`).evaluate((element) => element.getBoundingClientRect().top)
  expect(Math.abs(after - before)).toBeLessThanOrEqual(2)
  await page.getByRole("button", { name: "3 new" }).click()
  await expectInView(page, 403)
  await expect(row(page, 403)).toContainText("three")
  await expect(page.getByRole("button", { name: /new$/ })).toHaveCount(0)

  await page.goto(`/sessions/${id}?at=20#m-20`)
  await alive(page)
  await page.waitForTimeout(1000)
  await say("far away")
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  await expectInView(page, 20)
  await page.getByRole("button", { name: "1 new" }).click()
  await expectInView(page, 404)
})

test("a session is forked at a message, and its clips are restored as they were then", async ({ page }) => {
  const clip = { projectId: `e2e-fork-${Date.now()}`, id: "kick" }
  const id = await newSession(30, "The original")
  const at = (messageIndex: number) => ({ sessionId: id, messageIndex })
  await client().clip.create.mutate({ ...clip, name: "Kick", code: "one", origin: at(3) })
  await client().clip.update.mutate({ ...clip, code: "two", origin: at(20) })
  await page.goto(`/sessions/${id}?at=10#m-10`)
  await alive(page)
  await page.getByRole("button", { name: "More about message 10" }).click()
  await page.getByRole("menuitem", { name: /^Fork/ }).click()
  await page.getByLabel("Name").fill("Another way")
  await page.getByRole("button", { name: "Fork", exact: true }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Another way" })).toBeVisible()
  await expect(page.getByText("11 messages")).toBeVisible()
  await expectInView(page, 10)
  const panel = page.getByRole("complementary", { name: "About this session" })
  await expect(panel.getByRole("link", { name: "The original at message 10" })).toBeVisible()
  await panel.getByRole("button", { name: "Restore version 1 of Kick" }).click()
  await expect.poll(async () => (await client().clip.byId.query(clip)).code).toBe("one")
  await expect(panel.getByText("today v3")).toBeVisible()
  await panel.getByRole("link", { name: "The original at message 10" }).click()
  await expect(page).toHaveURL(new RegExp(`/sessions/${id}\\?at=10#m-10$`))
  await expectInView(page, 10)
})

test("a session is exported in three formats, two of which can be imported again", async ({ page }) => {
  const id = await newSession(1200, "To be taken along")
  const stored = await client().message.list.query({ sessionId: id, limit: 200 })
  await page.goto(`/sessions/${id}`)
  await alive(page)
  for (const [name, ending] of [
    ["Markdown", "md"],
    ["JSON ·", "json"],
    ["JSON Lines", "jsonl"],
  ] as const) {
    await page.getByRole("button", { name: "Export" }).click()
    const coming = page.waitForEvent("download")
    await page
      .getByRole("dialog", { name: "Export" })
      .getByRole("link", { name: new RegExp(`^${name}`) })
      .click()
    const download = await coming
    expect(download.suggestedFilename()).toBe(`To-be-taken-along.${ending}`)
    const text = await readFile(await download.path(), "utf8")
    if (ending === "md") {
      expect(text.match(/^## \d+ · /gm)).toHaveLength(1200)
      continue
    }
    const { messages, leftOut, warnings } = parseTranscript({ fileName: download.suggestedFilename(), text })
    expect([messages.length, leftOut, warnings]).toEqual([1200, [], []])
    expect(messages.slice(-200).map(({ content, client_id }) => [content, client_id])).toEqual(
      stored.messages.map(({ content, clientId }) => [content, clientId]),
    )
  }
})

test("1,000 messages are printed, all of them, in light colours", async ({ page }) => {
  test.setTimeout(120_000)
  const id = await newSession(1000, "On paper")
  await page.emulateMedia({ colorScheme: "dark" })
  await page.goto(`/sessions/${id}/print`)
  await expect(page.getByRole("button", { name: "Print" })).toBeVisible({ timeout: 60_000 })
  await expect(page.locator("[data-row]")).toHaveCount(1000)
  await expect(page.getByRole("navigation")).toBeHidden()
  await expectAccessible(page)
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)")
  const pdf = await page.pdf({ format: "A4" })
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(pages).toBeGreaterThan(20)
})
