import { expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"
import {
  alive,
  begun,
  client,
  expect,
  expectInView,
  type Message,
  newSession,
  row,
  rowCount,
  transcript,
} from "./transcript-steps.ts"

test.describe("opening", () => {
  test.describe.configure({ timeout: 120_000 })
  let id = ""
  test.beforeAll(async () => {
    id = await newSession(400)
  })

  test("at the end, before any script runs", async ({ page, request }) => {
    expect(await (await request.get(`/sessions/${id}`)).text()).toContain("take 399")
    await page.goto(`/sessions/${id}`)
    await expectInView(page, 399)
    await alive(page)
    await expectInView(page, 399)
    expect(await rowCount(page)).toBeLessThanOrEqual(300)
  })

  test("at a message of the address, and at one that stands at its end alone", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=123#m-123`)
    await alive(page)
    await expectInView(page, 123)
    await page.goto(`/sessions/${id}?at=300`)
    await alive(page)
    await expectInView(page, 300)
    await page.goto(`/sessions/${id}#m57`)
    await expectInView(page, 57)
    await expect(page).toHaveURL(/at=57#m-57$/)
    await page.evaluate(() => {
      location.hash = "#m200"
    })
    await expectInView(page, 200)
    await page.reload()
    await alive(page)
    await expectInView(page, 200)
  })

  test("at a message beyond large ones", async ({ page }) => {
    const { id } = await client().session.create.mutate({ name: "Large" })
    for (let i = 0; i < 4; i++) {
      const messages = Array.from(
        { length: 10 },
        (_, k): Message => ({
          role: "user",
          content: `take ${i * 10 + k}\n\n${"x ".repeat(250_000)}`,
        }),
      )
      await client().message.append.mutate({ sessionId: id, messages })
    }
    await page.goto(`/sessions/${id}?at=12#m-12`)
    await expect(row(page, 12)).toBeInViewport({ timeout: 40_000 })
  })

  test("a message links to itself, and keys walk along", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=100#m-100`)
    await alive(page)
    await page.getByRole("link", { name: "Link to message 103" }).click()
    await expect(page).toHaveURL(/at=103#m-103$/)
    await row(page, 103).focus()
    await page.keyboard.press("j")
    await expect(row(page, 104)).toBeFocused()
    await page.keyboard.press("k")
    await page.keyboard.press("k")
    await expect(row(page, 102)).toBeFocused()
    await page.keyboard.press("d")
    await expect(page).toHaveURL(/at=105#m-105$/)
    await expectInView(page, 105)
    await page.keyboard.press("w")
    await expect(page.getByRole("textbox", { name: "A message" })).toBeFocused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible()
  })

  test("jumps by number, by date and to the ends", async ({ page }) => {
    await page.goto(`/sessions/${id}`)
    await alive(page)
    const open = () => page.getByRole("button", { name: /^Go to another message/ }).click()
    await open()
    await page.getByRole("spinbutton", { name: "Message" }).fill("42")
    await page.getByRole("button", { name: "Go there" }).click()
    await expectInView(page, 42)
    await open()
    const local = await page.evaluate(
      (time) => {
        const date = new Date(time)
        return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
      },
      begun + 299.5 * 60_000,
    )
    await page.getByLabel("Date and time").fill(local)
    await page.getByRole("button", { name: "Find it" }).click()
    await expectInView(page, 300)
    await page.getByRole("button", { name: "Beginning" }).click()
    await expectInView(page, 0)
    await expect(page.getByText("The session begins here")).toBeVisible()
    await page.getByRole("button", { name: "Latest" }).click()
    await expectInView(page, 399)
    await transcript(page).focus()
    await page.keyboard.press("Home")
    await expectInView(page, 0)
  })

  test("who closed the dialog stays, though the date is found later", async ({ page }) => {
    await page.goto(`/sessions/${id}`)
    await alive(page)
    let answer = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route("**/trpc/message.findByDate**", async (route) => {
      await asked
      await route.continue()
    })
    await page.getByRole("button", { name: /^Go to another message/ }).click()
    await page.getByLabel("Date and time").fill("2026-01-01T03:00:00")
    await page.getByRole("button", { name: "Find it" }).click()
    await page.keyboard.press("Escape")
    await expect(page.getByRole("dialog")).toHaveCount(0)
    const answered = page.waitForResponse(/message\.findByDate/)
    answer()
    await answered
    await page.waitForTimeout(300)
    await expect(page).not.toHaveURL(/at=/)
    await expectInView(page, 399)
  })

  test("messages that changed code can be shown alone", async ({ page }) => {
    await page.goto(`/sessions/${id}`)
    await alive(page)
    await page.getByRole("button", { name: "Changed code" }).click()
    await expect(page).toHaveURL(/code=changed/)
    await expectInView(page, 395)
    await expect(page.locator("[data-row]:not([data-changed])")).toHaveCount(0)
    await transcript(page).evaluate((element) => element.scrollBy(0, -1_000_000))
    await expect(row(page, 5)).toBeAttached()
    await expect(page.locator("[data-row]")).toHaveCount(40)
    await page.reload()
    await alive(page)
    await expect(page.locator("[data-row]:not([data-changed])")).toHaveCount(0)
    await page.getByRole("button", { name: "Changed code" }).click()
    await expect(row(page, 398)).toBeAttached()
  })

  test("nobody stumbles, in both themes, wide and narrow", async ({ page }) => {
    await page.goto(`/sessions/${id}?at=205#m-205`)
    await alive(page)
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expectAccessibleInBothThemes(page)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(wider).toBeLessThanOrEqual(0)
    }
    await page.getByRole("button", { name: "More about message 205" }).click()
    await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole("menuitem", { name: /^Fork/ }).click()
    await expect(page.getByRole("dialog")).toBeVisible()
    await expectAccessible(page)
  })
})

test("a session without a message offers none to go to", async ({ page }) => {
  const id = await newSession(0, "Nothing yet")
  await page.goto(`/sessions/${id}`)
  await page.getByText("Nothing has been said yet").waitFor()
  await page.getByRole("button", { name: /^Go to another message/ }).click()
  await expect(page.getByRole("spinbutton", { name: "Message" })).toBeDisabled()
  await expect(page.getByRole("button", { name: "Go there" })).toBeDisabled()
})

test("the end counts as seen once it is in sight, also after a link to another message", async ({ page }) => {
  const id = await newSession(100, "Seen at last")
  await page.goto(`/sessions/${id}#m12`)
  await alive(page)
  await expectInView(page, 12)
  await page.getByRole("button", { name: "Latest" }).click()
  await expectInView(page, 99)
  await expect.poll(async () => (await client().session.byId.query({ id })).seenCount).toBe(100)
})

test("what a person types keeps its lines and its direction, and code stays code that can be taken", async ({
  page,
}) => {
  const id = await newSession(0, "ערב ארוך")
  const messages: Message[] = [
    { role: "user", content: "first line\nsecond line\n\nשלום, תופים בבקשה" },
    { role: "user", content: 'Play this:\n\n$: s("bd*4, hh*8")\n  .gain(0.8)\n\nand make it *louder*.' },
  ]
  await client().message.append.mutate({ sessionId: id, messages })
  await page.goto(`/sessions/${id}`)
  await alive(page)
  await expect(row(page, 0).locator("br")).toHaveCount(1)
  const hebrew = row(page, 0).getByText("שלום")
  expect(await hebrew.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl")
  const code = row(page, 1).getByRole("group", { name: "Code" })
  await expect(code).toHaveText('$: s("bd*4, hh*8")\n  .gain(0.8)')
  await expect(row(page, 1).locator("em")).toHaveText("louder")
  await expect(row(page, 1).getByRole("button", { name: "Play code 1 of message 1" })).toBeVisible()
  await expect(row(page, 1).getByRole("button", { name: "Copy code: code" })).toBeVisible()
  await row(page, 1).getByRole("button", { name: "Save as clip: code" }).click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.locator("input").first()).toBeFocused()
  await expectAccessible(page)
})

test("a long line of code scrolls in its place and makes no narrow page wider", async ({ page }) => {
  const id = await newSession(1, "A long line")
  const change = { before: `s("bd*4") // ${"long ".repeat(60)}`, after: `s("bd*8") // ${"long ".repeat(60)}` }
  await client().message.append.mutate({
    sessionId: id,
    messages: [{ role: "assistant", content: "Changed.", codeChanges: [change] }],
  })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/sessions/${id}`)
  await expect(row(page, 1)).toContainText("long long")
  await expect(page.getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 })
})
