import { readFile } from "node:fs/promises"
import type { Page } from "@playwright/test"
import { createClient, type Inputs } from "@strudel-agent/client/client"
import { parseTranscript } from "@strudel-agent/project-folder/transcript-file"
import { expect as check, expectAccessible, test } from "./page-check.ts"

/** Thousands of messages and pages of a thousand take their time on a slow machine. */
const expect = check.configure({ timeout: 20_000 })

type Message = Inputs["message"]["append"]["messages"][number]

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })
const begun = Date.UTC(2026, 0, 1)

/** A message a minute; every tenth one changed the code of a clip. */
const take = (index: number, clip?: { projectId: string; id: string }): Message => ({
  role: index % 2 ? "assistant" : "user",
  content: index % 25 === 1 ? `take ${index}\n\n\`\`\`js\ns("bd*${index}")\n\`\`\`` : `take ${index}`,
  timestamp: new Date(begun + index * 60_000).toISOString(),
  ...(index % 10 === 5
    ? {
        codeChanges: {
          item_type: "clip",
          item_id: clip?.id ?? "kick",
          project_id: clip?.projectId ?? "nowhere",
          before: `s("bd*${index}")\nsame\n`,
          after: `s("bd*${index}").gain(2)\nsame\n`,
        },
      }
    : {}),
})

async function newSession(count: number, name = "A long night", clip?: { projectId: string; id: string }) {
  const { id } = await client().session.create.mutate({ name })
  for (let start = 0; start < count; start += 500) {
    const messages = Array.from({ length: Math.min(500, count - start) }, (_, i) => take(start + i, clip))
    await client().message.append.mutate({ sessionId: id, messages })
  }
  return id
}

const transcript = (page: Page) => page.getByRole("region", { name: "Messages" })
const row = (page: Page, index: number) => page.locator(`#m-${index}`)
const rowCount = (page: Page) => page.locator("[data-row]").count()

/** Whether the page has come to life: its scripts have drawn what the server did not. */
const alive = (page: Page) =>
  expect(page.getByRole("button", { name: /^Go to another message; first in sight is #/ })).toBeVisible()

async function expectInView(page: Page, index: number) {
  await expect(row(page, index)).toBeInViewport()
}

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
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme })
        await expectAccessible(page)
      }
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

interface Step {
  id: string
  moved: number
  rows: number
}

/** Scrolls by so much and tells how far the row that is read moved besides, while pages come and go around it. */
const scrollOn = (page: Page, by: number): Promise<Step> =>
  transcript(page).evaluate(async (element, by) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    element.scrollBy(0, by)
    await frame()
    const top = element.getBoundingClientRect().top
    const read = [...element.querySelectorAll("[data-row]")].find(
      (each) => each.getBoundingClientRect().bottom > top + 40,
    )
    const before = read?.getBoundingClientRect().top ?? 0
    let moved = 0
    for (let i = 0; i < 8; i++) {
      await frame()
      if (read?.isConnected) moved = Math.max(moved, Math.abs(read.getBoundingClientRect().top - before))
    }
    return { id: read?.id ?? "", moved, rows: document.querySelectorAll("[data-row]").length }
  }, by)

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send("HeapProfiler.collectGarbage")
  const { usedSize } = await session.send("Runtime.getHeapUsage")
  await session.detach()
  return usedSize / 1024 / 1024
}

test("10,000 messages scroll up and down without a jump, in few rows and a flat heap", async ({ page }) => {
  test.setTimeout(240_000)
  const id = await newSession(10_000)
  await page.goto(`/sessions/${id}`)
  await alive(page)
  const steps: Step[] = []
  const travel = async (by: number, until: (index: number) => boolean) => {
    for (let turn = 0; turn < 2000; turn++) {
      const step = await scrollOn(page, by)
      steps.push(step)
      if (until(Number(step.id.slice(2)))) return
    }
  }
  await travel(-2500, (index) => index < 9000)
  const early = await heapOf(page)
  await travel(-2500, (index) => index < 5000)
  await travel(2500, (index) => index > 8000)
  const late = await heapOf(page)
  console.log(`heap ${early.toFixed(1)} MiB, after ${steps.length} steps ${late.toFixed(1)} MiB`)
  expect(Math.max(...steps.map(({ rows }) => rows))).toBeLessThanOrEqual(300)
  expect(steps.filter(({ moved }) => moved > 2)).toEqual([])
  expect(late).toBeLessThan(early * 1.5 + 10)
})

test("100,000 messages open with the last of them at once", async ({ page }) => {
  test.setTimeout(240_000)
  const id = await newSession(100_000)
  await page.goto(`/sessions/${id}`)
  await expectInView(page, 99_999)
  const painted = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const [entry] = list.getEntriesByName("first-contentful-paint")
          if (entry) resolve(entry.startTime)
        })
        observer.observe({ type: "paint", buffered: true })
      }),
  )
  console.log(`first paint with the last of 100,000 messages after ${Math.round(painted)} ms`)
  expect(painted).toBeLessThan(10_000)
  await alive(page)
  await page.getByRole("button", { name: "Changed code" }).click()
  await expectInView(page, 99_995)
  await page.getByRole("button", { name: "Changed code" }).click()
  await transcript(page).focus()
  await page.keyboard.press("Home")
  await expectInView(page, 0)
  expect(await rowCount(page)).toBeLessThanOrEqual(300)
})

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
