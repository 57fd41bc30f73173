import { reasonOf } from "@strudel-agent/client/reason"
import { expectAccessibleInBothThemes, test } from "./page-check.ts"
import { answer, askAgent, call, changeOf, holdAgent, result, say, text, waits, workOn } from "./run-steps.ts"
import { alive, client, expect, row } from "./transcript-steps.ts"

// What answers here is the tests themselves.
let release: (() => void) | undefined
test.beforeAll(() => {
  release = holdAgent()
})
test.afterAll(() => release?.())

test("an answer is seen live by every viewer, outlives a reload, and takes its place without a jump", async ({
  page,
  browser,
}) => {
  const { id, clip } = await askAgent("make the kick punchier")
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL })
  const second = await context.newPage()
  for (const viewer of [page, second]) {
    await viewer.goto(`/sessions/${id}`)
    await alive(viewer)
    await expect(viewer.getByText(waits)).toBeVisible()
  }
  const work = await workOn(id)
  await work.write({ type: "reasoning", text: "It lacks attack." }, text("I make the **kick** "))
  for (const viewer of [page, second]) await expect(answer(viewer)).toContainText("I make the kick")
  await page.reload()
  await alive(page)
  await expect(answer(page)).toContainText("I make the kick")
  await work.write(text("punchier."), call("a", "Change the clip kick"))
  await expect(answer(page).locator("[data-call='at work']")).toContainText("Change the clip kick")
  await work.change("a", changeOf(clip, 's("bd*4").gain(1.2)\n'))
  await work.write(result("a", "Saved as version 2."), text("It hits harder now."))
  for (const viewer of [page, second]) {
    await expect(answer(viewer)).toContainText("I make the kick punchier.")
    await expect(answer(viewer)).toContainText("It hits harder now.")
    await expect(answer(viewer).getByText("Version 2", { exact: true })).toBeVisible()
  }
  await answer(page).getByRole("button", { name: "Change the clip kick" }).click()
  await expect(answer(page)).toContainText("Saved as version 2.")
  await expectAccessibleInBothThemes(page)

  const top = async () => (await second.getByText("I make the kick punchier.").boundingBox())?.y ?? 0
  const before = await top()
  await work.finish()
  for (const viewer of [page, second]) {
    await expect(row(viewer, 1)).toContainText("It hits harder now.")
    await expect(answer(viewer)).toHaveCount(0)
    await expect(row(viewer, 1)).toContainText("12.4k tokens in")
    await expect(row(viewer, 1)).toContainText("$0.012")
  }
  const footer = (await row(second, 1).getByText("12.4k").boundingBox())?.height ?? 0
  // What comes below it moves it up where the end is followed, by no more than that.
  expect(before - (await top())).toBeLessThan(footer + 60)
  await context.close()

  await page.reload()
  await alive(page)
  await expect(row(page, 1).getByText("Version 2", { exact: true })).toBeVisible()
  await row(page, 1).getByRole("button", { name: "What it did" }).click()
  await expect(row(page, 1).getByText("Change the clip kick")).toBeVisible()
  await expect(page.getByRole("complementary", { name: "About this session" })).toContainText("12.4k in, 830 out")
})

test("a stop ends an answer at once and keeps what there is, and it goes on from there", async ({ page }) => {
  const { id } = await askAgent("tell me all about kicks")
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const work = await workOn(id)
  await work.write(text("A kick is "))
  await expect(answer(page)).toContainText("A kick is")
  await page.getByRole("button", { name: "Stop", exact: true }).click()
  await expect(page.locator("[data-ended=stopped]")).toBeVisible()
  await expect(row(page, 1)).toContainText("A kick is")
  expect(reasonOf(await work.write(text("lost")).catch((error: unknown) => error))).toBe("RUN_ENDED")

  await row(page, 1).getByRole("button", { name: "Continue" }).click()
  await expect(page.getByText(waits)).toBeVisible()
  const further = await workOn(id)
  expect(further.run).toMatchObject({ continues: true, askedIndex: 0 })
  await further.write(text("the drum of the foot."))
  await expect(answer(page)).toContainText("the drum of the foot.")
  // From the field of a message, too.
  await page.getByRole("textbox", { name: "A message" }).press("Escape")
  await expect(row(page, 2).locator("[data-ended=stopped]")).toBeVisible()
  await expect(row(page, 1).getByRole("button", { name: "Continue" })).toHaveCount(0)
})

test("a stop pressed twice leaves the next question, which can be stopped before anybody takes it up", async ({
  page,
}) => {
  const { id } = await askAgent("tell me all about hats")
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const work = await workOn(id)
  await work.write(text("A hat is "))
  await expect(page.getByRole("status").filter({ hasText: "The agent is at work." })).toBeAttached()
  await say(id, "and about snares")
  await expect(row(page, 1)).toContainText("and about snares")
  const stop = page.getByRole("button", { name: "Stop", exact: true })
  await stop.dblclick()
  await expect(page.locator("[data-ended=stopped]")).toBeVisible()
  await expect(page.getByText(waits)).toBeVisible()
  expect((await client().session.byId.query({ id })).takenCount).toBe(1)
  await expect(stop).toHaveAttribute("aria-busy", "false")
  await stop.click()
  await expect(page.getByText(waits)).toHaveCount(0)
  await expect(stop).toHaveCount(0)
})

test("what fails says why, and is tried again", async ({ page }) => {
  const { id } = await askAgent("louder")
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const work = await workOn(id)
  await work.write({ type: "wait", words: "The provider asks to wait 12 s" })
  await expect(answer(page)).toContainText("The provider asks to wait 12 s")
  await work.finish({ reason: "rate-limit", words: "The provider takes no more today." })
  await expect(answer(page)).toContainText("Failed: The provider takes no more today.")
  await page.reload()
  await alive(page)
  await answer(page).getByRole("button", { name: "Try again" }).click()
  const again = await workOn(id)
  expect(again.run).toMatchObject({ number: 2, continues: false })
  await again.write(text("Louder it is."))
  await again.finish()
  await expect(row(page, 1)).toContainText("Louder it is.")
})

test.describe("changes that wait", () => {
  // A change that no longer fits is refused.
  test.use({ expected: /409/ })

  test("staged changes wait for a person, are heard before and after, and are approved or rejected", async ({
    page,
  }) => {
    const { id, clip } = await askAgent("make it all punchier", { changeMode: "staged" })
    const hat = { projectId: clip.projectId, id: "hat" }
    await client().clip.create.mutate({ ...hat, name: "Hat", code: 's("hh*8")\n' })
    const work = await workOn(id)
    await work.write(call("a", "Change the clip kick"))
    await work.change("a", changeOf(clip, 's("bd*4").gain(1.2)\n'))
    await work.write(result("a", "Waits for approval."), call("b", "Change the clip hat"))
    await work.change("b", changeOf(hat, 's("hh*16")\n'))
    await work.write(result("b", "Waits for approval."), text("Two changes wait for you."))
    await page.goto(`/sessions/${id}`)
    await alive(page)
    const bar = page.getByRole("region", { name: "Changes that wait for you" })
    await expect(bar).toContainText("2 changes wait for you")
    await expect(page.getByRole("button", { name: "Play Kick before the change" })).toBeVisible()
    await expect(page.getByRole("button", { name: "Play Kick after the change" })).toBeVisible()
    await expectAccessibleInBothThemes(page)
    await work.finish()
    await expect(row(page, 1)).toContainText("Two changes wait for you.")

    await page.getByRole("button", { name: "Approve: Change clip Kick" }).press("Enter")
    await expect(row(page, 1).getByText("Version 2", { exact: true })).toBeVisible()
    await expect(row(page, 1).locator("[data-change]").filter({ hasText: "Hat" })).toBeFocused()
    expect((await client().clip.byId.query(clip)).code).toContain("gain(1.2)")
    await page.reload()
    await alive(page)
    await expect(bar).toContainText("1 change waits for you")
    // Somebody else saves the clip meanwhile.
    await client().clip.update.mutate({ ...hat, code: 's("hh*2")\n', expectedVersion: 1 })
    await page.keyboard.press("a")
    await expect(page.getByRole("button", { name: "Approve: Change clip Hat" })).toBeFocused()
    await page.keyboard.press("Enter")
    await expect(row(page, 1).getByRole("alert")).toContainText("Reject this, and ask the agent again")
    await page.getByRole("button", { name: "Reject: Change clip Hat" }).click()
    await expect(row(page, 1).getByText("Rejected", { exact: true })).toBeVisible()
    await expect(bar).toHaveCount(0)
    expect((await client().clip.byId.query(hat)).code).toBe('s("hh*2")\n')
  })
})

test("a list of sessions tells live who is answered and what waits, and a song is approved with its clips", async ({
  page,
  browser,
}) => {
  const { id, clip } = await askAgent("a song of three", { changeMode: "staged" })
  const { projectId } = clip
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL })
  const list = await context.newPage()
  await list.goto(`/sessions?project=${projectId}`)
  await list.locator("html[data-alive]").waitFor({ state: "attached" })
  const listed = list.locator(`tr[data-key="${id}"]`)
  await expect(listed).toBeVisible()
  const work = await workOn(id)
  await expect(listed.locator("[data-answering]")).toBeVisible()
  const made = async (callId: string, name: string) => {
    const input = { projectId, id: callId, name, code: 's("hh*8")\n' }
    await work.change(callId, { path: "clip.create", input })
  }
  await made("hat", "Hat")
  await made("clap", "Clap")
  const clipIds = ["hat", "clap", "kick"]
  const night = { projectId, id: "night", name: "Night", clipIds }
  await work.change("night", { path: "song.create", input: night })
  await made("rim", "Rim")
  await work.write(text("Four changes wait for you."))
  await work.finish()
  await expect(listed.locator("[data-waiting='4']")).toBeVisible()
  await expect(listed.locator("[data-answering]")).toHaveCount(0)
  await list.getByRole("link", { name: /^Waiting for approval/ }).click()
  await expect(list).toHaveURL(/waiting=1/)
  await expect(listed).toBeVisible()
  await expectAccessibleInBothThemes(list)

  await page.goto(`/sessions/${id}`)
  await alive(page)
  await expect(page.getByText("It needs 2 clips, which wait for you, too.")).toBeVisible()
  await page.getByRole("button", { name: "Reject: Make clip Rim" }).click()
  await page.getByRole("button", { name: "Approve: Make song Night with 2 clips" }).click()
  await expect(row(page, 1).locator("[data-change]").filter({ hasText: "Made song Night" })).toBeVisible()
  expect(await client().song.byId.query({ projectId, id: "night" })).toMatchObject({ clipIds })
  await expect(listed).toHaveCount(0)
  await context.close()
})

test("whoever approves or rejects all at once goes on at what became of it", async ({ page }) => {
  const { id, clip } = await askAgent("make it punchier", { changeMode: "staged" })
  const work = await workOn(id)
  await work.change("a", changeOf(clip, 's("bd*4").gain(1.2)\n'))
  await work.write(text("It waits for you."))
  await work.finish()
  await page.goto(`/sessions/${id}`)
  await alive(page)
  await page.getByRole("button", { name: "Approve all" }).press("Enter")
  await expect(row(page, 1).getByText("Version 2", { exact: true })).toBeVisible()
  await expect(row(page, 1).locator("[data-change]")).toBeFocused()
})

test("nothing is deleted without approval", async ({ page }) => {
  const { id, clip } = await askAgent("delete the kick")
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const work = await workOn(id)
  await work.write(call("a", "Delete the clip kick"))
  const { state } = await work.change("a", { path: "clip.delete", input: { ...clip, expectedVersion: 1 } })
  expect(state).toBe("staged")
  await work.write(result("a", "Waits for approval."))
  await work.finish()
  await expect(page.getByRole("button", { name: "Approve all" })).toHaveCount(0)
  await page.getByRole("button", { name: "Approve: Delete clip Kick" }).click()
  await expect(row(page, 1).locator("[data-change]")).toContainText("Deleted clip Kick")
  await expect(client().clip.byId.query(clip)).rejects.toThrow()
})

test("a message is edited and sent again in a session of its own, about what it was about", async ({ page }) => {
  const { id } = await askAgent("make it louder")
  await client().message.append.mutate({ sessionId: id, messages: [{ role: "assistant", content: "It is." }] })
  const context = { item_type: "clip", item_id: "kick", project_id: "house", opened: "in the editor" }
  await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "and slower", context }] })
  for (const [index, kept] of [
    [2, 2],
    [0, 0],
  ] as const) {
    await page.goto(`/sessions/${id}`)
    await alive(page)
    await page.getByRole("button", { name: `More about message ${index}` }).click()
    await page.getByRole("menuitem", { name: "Edit and send again…" }).click()
    await page.getByRole("textbox", { name: "The message" }).fill(`once more ${index}`)
    await page.getByRole("button", { name: "Open the fork" }).click()
    await expect(page).not.toHaveURL(new RegExp(id))
    await expect(page.getByRole("textbox", { name: "A message" })).toHaveValue(`once more ${index}`)
    await expect(page.locator("[id^='m-']")).toHaveCount(kept)
    await page.getByRole("button", { name: "Send" }).click()
    await expect(row(page, kept)).toContainText(`once more ${index}`)
    await expect(page.getByText(waits)).toBeVisible()
    const sessionId = new URL(page.url()).pathname.split("/").at(-1) ?? ""
    const { messages } = await client().message.list.query({ sessionId })
    expect(messages.at(-1)?.context).toEqual(kept === 2 ? context : undefined)
  }
})

test("who answers and what becomes of changes is chosen for each session", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "Whose turn" })
  await page.goto(`/sessions/${id}`)
  const chooser = page.getByRole("button", { name: /^Who answers:/ })
  await expect(chooser).toContainText("Agent elsewhere")
  await expect(page.getByText("Nobody is listening")).toBeVisible()
  await chooser.click()
  await page.getByRole("menuitemradio", { name: /^This installation's agent/ }).click()
  await expect(chooser).toContainText("applies at once")
  await chooser.click()
  await page.getByRole("menuitemradio", { name: /^Ask me first/ }).click()
  await expect(chooser).toContainText("asks first")
  await expect
    .poll(() => client().session.byId.query({ id }))
    .toMatchObject({ answeredBy: "strudel", changeMode: "staged" })
})

test("where there is no model to ask, it is said what to do", async ({ page }) => {
  // Whatever is set up in the product that is tested.
  await page.route(/\/trpc\/[^?]*agent\.status/, async (route) => {
    const response = await route.fetch()
    const told = (await response.text()).replace(/"provider":"[^"]*"/g, '"provider":null')
    await route.fulfill({ response, body: told })
  })
  const { id } = await askAgent("anybody there?")
  await page.goto(`/sessions/${id}`)
  await alive(page)
  await expect(page.getByRole("link", { name: "Set one up" })).toHaveAttribute("href", "/settings")
  await page.getByRole("button", { name: "connect an agent by MCP" }).click()
  const dialog = page.getByRole("dialog", { name: "Connect an agent" })
  await expect(dialog.getByRole("group", { name: "the command that connects Claude Code" })).toContainText("/mcp")
  await expect(dialog.getByRole("group", { name: "the words that tell it" })).toContainText(id)
})
