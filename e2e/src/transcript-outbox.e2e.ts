import type { Page } from "@playwright/test"
import { kept } from "./draft-steps.ts"
import { expectAccessible, test } from "./page-check.ts"
import { alive, client, expect, expectInView, newSession, row } from "./transcript-steps.ts"

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
    await kept(page, "half a thought")
    await page.reload()
    await alive(page)
    await expect(page.getByRole("textbox", { name: "A note" })).toHaveValue("half a thought")
  })

  test("a draft is nobody's but that of the page it was typed in", async ({ page, context }) => {
    const id = await newSession(3)
    const field = (tab: Page) => tab.getByRole("textbox", { name: /^A (message|note)$/ })
    const reopen = async () => {
      const tab = await context.newPage()
      await tab.goto(`/sessions/${id}`)
      await alive(tab)
      return tab
    }
    await page.goto(`/sessions/${id}`)
    await alive(page)
    const empty = await reopen()
    await field(page).fill("half a thought")
    await kept(page, "half a thought")
    // A tab with an empty box takes nothing away.
    await empty.goto("/songs")
    const second = await reopen()
    await expect(field(second)).toHaveValue("half a thought")
    await field(page).press("Control+Enter")
    await expect(row(page, 3)).toContainText("half a thought")
    await expect(field(second)).toHaveValue("")
    await second.goto("/songs")
    await page.goto("/songs")
    // What was sent comes back in neither.
    const third = await reopen()
    await expect(field(third)).toHaveValue("")
  })

  test.describe("where the connection fails", () => {
    test.use({ expected: /ERR_FAILED|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED/ })

    test("two pages of a session lose no message, and each counts once when the connection is back", async ({
      page,
      context,
    }) => {
      const id = await newSession(400)
      const other = await context.newPage()
      // One reads at the end, one far from it.
      await page.goto(`/sessions/${id}`)
      await other.goto(`/sessions/${id}?at=20#m-20`)
      for (const tab of [page, other]) await alive(tab)
      await context.route("**/trpc/message.append**", (route) => route.abort())
      const write = async (tab: Page, text: string) => {
        await tab.getByRole("textbox", { name: "A message" }).fill(text)
        await tab.getByRole("button", { name: "Send" }).click()
      }
      await context.setOffline(true)
      await write(page, "from the end")
      await write(other, "from far away")
      for (const [tab, text] of [
        [page, "from the end"],
        [other, "from far away"],
      ] as const) {
        await expect(tab.getByRole("list", { name: "Not stored yet" })).toContainText(text)
        await expect(tab.getByText(/^Not sent: The server does not answer/)).toBeVisible({ timeout: 30_000 })
      }
      await expectInView(other, 20)
      await expectAccessible(other)
      const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("outbox ")))
      expect(kept).toHaveLength(2)

      await context.unroute("**/trpc/message.append**")
      await context.setOffline(false)
      await page.bringToFront()
      await expect(page.getByText(/^Not sent/)).toHaveCount(0, { timeout: 30_000 })
      await other.bringToFront()
      await expect(other.getByText(/^Not sent/)).toHaveCount(0, { timeout: 30_000 })
      expect(
        (await stored(id))
          .slice(-2)
          .map(([, content]) => content)
          .toSorted(),
      ).toEqual(["from far away", "from the end"])
      expect((await client().session.byId.query({ id })).messageCount).toBe(402)
    })

    test("what is stored though its answer was lost says so, where only changes of code are shown, too", async ({
      page,
    }) => {
      const id = await newSession(20)
      await page.goto(`/sessions/${id}?code=changed`)
      await alive(page)
      await page.route("**/trpc/message.append**", async (route) => {
        await route.fetch()
        await route.abort()
      })
      await page.getByRole("textbox", { name: "A message" }).fill("do I reach you?")
      await page.getByRole("button", { name: "Send" }).click()
      await expect.poll(async () => (await stored(id)).length).toBe(21)
      await expect(page.getByRole("list", { name: "Not stored yet" })).toHaveCount(0)
      await page.waitForTimeout(6000)
      await expect(page.getByText(/^Not sent/)).toHaveCount(0)
    })

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
