import { execFile, spawn } from "node:child_process"
import { readFile } from "node:fs/promises"
import { promisify } from "node:util"
import { readTranscripts } from "@strudel-agent/project-folder/transcript/file"
import { gotoPage } from "./goto-page.ts"
import { expectAccessible, test } from "./page-check.ts"
import { undoLast } from "./toast-steps.ts"
import { alive, client, expect, expectInView, newSession, row, scrollOn, take, transcript } from "./transcript-steps.ts"

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

  test("stand beside the item and the code that a message was said on", async ({ page }) => {
    const id = await newSession(0, "On a clip")
    const context = { item_type: "clip", item_id: clip.id, project_id: clip.projectId, code: 's("at that moment")' }
    await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "Faster.", context }] })
    await page.goto(`/sessions/${id}`)
    await expect(row(page, 0).getByRole("link", { name: "clip kick" })).toHaveAttribute(
      "href",
      `/projects/${clip.projectId}/clips/kick`,
    )
    const snapshot = row(page, 0).getByLabel("The code at that moment")
    await expect(snapshot).toHaveCount(0)
    await row(page, 0).getByRole("button", { name: "code at that moment" }).click()
    await expect(snapshot).toHaveText('s("at that moment")')
  })

  test("lead to the version that they made", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=5#m-5`)
    await alive(page)
    await row(page, 5)
      .getByRole("link", { name: /^Open this version/ })
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
    await undoLast(page)
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

test("what others say appears at the end, and is counted for who reads elsewhere", async ({ page }) => {
  const id = await newSession(400)
  const say = (...contents: string[]) =>
    client().message.append.mutate({
      sessionId: id,
      messages: contents.map((content) => ({ role: "assistant" as const, content })),
    })
  await gotoPage(page, `/sessions/${id}`)
  await alive(page)
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

  await gotoPage(page, `/sessions/${id}?at=20#m-20`)
  await alive(page)
  await say("far away")
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  await expectInView(page, 20)
  await page.getByRole("button", { name: "1 new" }).click()
  await expectInView(page, 404)
})

test("what is said while a page is read is not passed over", async ({ page }) => {
  const id = await newSession(50)
  let answer = () => {}
  const goOn = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.goto(`/sessions/${id}?at=5#m-5`)
  let held = 0
  // The page up to the last message is read before another one is said, and arrives after it.
  await page.route(/message\.list.*after/, async (route) => {
    const response = await route.fetch()
    held++
    await goOn
    await route.fulfill({ response })
  })
  await alive(page)
  await transcript(page).evaluate((element) => element.scrollBy(0, 10_000))
  await expect.poll(() => held).toBeGreaterThan(0)
  await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "said meanwhile" }] })
  await expect(page.getByRole("button", { name: "1 new" })).toBeVisible()
  answer()
  await expect(async () => {
    await transcript(page).evaluate((element) => element.scrollBy(0, 10_000))
    await expect(row(page, 50)).toContainText("said meanwhile", { timeout: 500 })
  }).toPass()
  await expect(row(page, 49)).toBeAttached()
})

test("a session is forked at a message, and its clips are restored as they were then", async ({ page }) => {
  const clip = { projectId: `e2e-fork-${Date.now()}`, id: "kick" }
  const id = await newSession(30, "The original")
  const at = (messageIndex: number) => ({ sessionId: id, messageIndex })
  await client().clip.create.mutate({ ...clip, name: "Kick", code: "one", origin: at(3) })
  await client().clip.update.mutate({ ...clip, code: "two", origin: at(20) })
  await page.goto(`/sessions/${id}?at=10#m-10`)
  await alive(page)
  await row(page, 10).focus()
  await page.keyboard.press("ControlOrMeta+k")
  await expect(page.getByRole("combobox")).toBeFocused()
  await page.keyboard.type("fork the session")
  await page.keyboard.press("Enter")
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
    const read = readTranscripts({ bytes: Buffer.from(text) })
    const [talk] = "conversations" in read ? read.conversations : []
    const messages = talk?.messages ?? []
    expect([messages.length, talk?.leftOut, talk?.warnings]).toEqual([1200, [], []])
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

test("says whether an agent listens, and how one is connected: every command that it shows does what it says", async ({
  page,
}) => {
  const id = await newSession(1, "Alone")
  await page.goto(`/sessions/${id}`)
  await expect(page.getByText("Nobody is listening:")).toBeVisible()
  await page.getByRole("button", { name: "connect an agent" }).click()
  const dialog = page.getByRole("dialog", { name: "Connect an agent" })
  await expectAccessible(page)
  const command = async (name: string) => (await dialog.getByRole("group", { name }).textContent()) ?? ""
  const { stdout } = await promisify(execFile)("sh", ["-c", await command("the commands that write and read")])
  expect(stdout).toContain('"last_index":1')
  expect(stdout).toContain("Hello from my agent.")
  await expect(row(page, 1)).toContainText("Hello from my agent.")

  const listening = spawn("sh", ["-c", `exec ${await command("the command that listens")}`])
  try {
    let heard = ""
    listening.stdout.on("data", (part) => {
      heard += part
    })
    await expect.poll(() => heard).toContain("Hello from my agent.")
    await page.keyboard.press("Escape")
    await expect(page.getByText("1 agent listening")).toBeVisible({ timeout: 15_000 })
  } finally {
    listening.kill()
  }
  await expect(page.getByText("Nobody is listening:")).toBeVisible({ timeout: 20_000 })
})
