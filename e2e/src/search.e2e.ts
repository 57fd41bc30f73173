import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

/** A word of letters that nobody else uses. */
const mark = Array.from({ length: 7 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join("")
const projectId = `find-${mark}`
const clipName = `Marbled ${mark} Lantern`
let sessionId = ""

test.beforeAll(async () => {
  await client().clip.create.mutate({
    ...{ projectId, id: "lantern", name: clipName, metadata: { bpm: 87, tags: [`tag-${mark}`] } },
    code: `// ${mark}\nstack(\n  s("sbd*4"),\n  note("c2").s("${mark}-lead").every(3, x => x.rev())\n)`,
  })
  await client().song.create.mutate({ projectId, id: "evening", name: "Evening", body: `With ${mark} in it.` })
  const session = await client().session.create.mutate({ name: `Talk of ${mark}`, projectId })
  sessionId = session.id
  const messages = Array.from({ length: 240 }, (_, i) => ({
    role: i % 2 ? ("assistant" as const) : ("user" as const),
    content: i === 40 ? `Give the ${mark} chorus a zephyr, please.` : `take ${i}`,
  }))
  await client().message.append.mutate({ sessionId, messages })
})

const palette = (page: Page) => page.getByRole("dialog", { name: "Find anything" })
const found = (page: Page) => palette(page).getByRole("option")

/** Opens a page and waits until it listens: a key before that would be lost. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+k")
    await expect(palette(page)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press("Escape")
  await expect(palette(page)).toBeHidden()
}

async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k")
  await expect(palette(page).getByRole("combobox")).toBeFocused()
  await page.keyboard.type(text)
}

test("a clip is found by a mistyped name and opened by the keyboard alone", async ({ page }) => {
  await open(page, "/songs")
  const mistyped = clipName.replace("Lantern", "Lantren")
  await ask(page, mistyped)
  await expect(found(page).filter({ hasText: clipName })).toBeVisible()
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(new RegExp(`/projects/${projectId}/clips/lantern`))
})

test("a piece of code is found with its line, and opens there", async ({ page }) => {
  await open(page, "/songs")
  await ask(page, `${mark}-lead").every(3`)
  const hit = found(page).filter({ hasText: clipName })
  await expect(hit).toContainText("line 4")
  await expect(hit.locator("mark").last()).toHaveText(`${mark}-lead").every(3`)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(new RegExp(`/projects/${projectId}/clips/lantern\\?line=4$`))
})

test("a message is found by its words and opens at its place", async ({ page }) => {
  await open(page, "/songs")
  await ask(page, `${mark} zeph`)
  await expect(found(page).first()).toContainText(`Give the ${mark} chorus a zephyr`)
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(new RegExp(`/sessions/${sessionId}\\?at=40`))
  await expect(page.getByText(`Give the ${mark} chorus a zephyr, please.`)).toBeInViewport()
})

test("filters are completed by tab and narrow what is found", async ({ page }) => {
  await open(page, "/songs")
  await ask(page, `${mark} ki`)
  await page.keyboard.press("Tab")
  await page.keyboard.type("so")
  await page.keyboard.press("Tab")
  await expect(palette(page).getByRole("combobox")).toHaveValue(`${mark} kind:song `)
  await expect(found(page)).toHaveCount(1)
  await expect(found(page)).toContainText("Evening")
  await palette(page)
    .getByRole("combobox")
    .fill(`tag:TÁG-${mark.slice(0, 4)}`)
  await expect(palette(page).getByRole("button", { name: `tag-${mark} 1` })).toBeVisible()
  await page.keyboard.press("Tab")
  await expect(palette(page).getByRole("combobox")).toHaveValue(`tag:tag-${mark} `)
  await palette(page).getByRole("combobox").fill(`tag:tag-${mark} bpm:80..90 in:${projectId}`)
  await expect(found(page)).toHaveCount(1)
  await expect(found(page)).toContainText(clipName)
  await palette(page).getByRole("combobox").fill(`tag:tag-${mark} bpm:91`)
  await expect(palette(page).getByRole("status")).toHaveText("Nothing is found.")
})

test("the palette runs actions, opens in a tab, and knows where one was", async ({ page, context }) => {
  await open(page, `/projects/${projectId}/clips/lantern`)
  // It counts as a place where one was after a while.
  await expect.poll(() => page.evaluate(() => localStorage.getItem("recent-places"))).toContain(clipName)
  await open(page, "/songs")
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
  const before = await theme()
  await ask(page, "switch between li")
  await expect(found(page).first()).toContainText("Switch between light and dark")
  await page.keyboard.press("Enter")
  await expect(palette(page)).toBeHidden()
  await expect.poll(theme).not.toBe(before)
  await ask(page, "")
  await expect(palette(page).getByRole("group", { name: "Recent" })).toContainText(clipName)
  await page.keyboard.type(`Evening in:${projectId}`)
  await expect(found(page)).toHaveCount(1)
  const tab = context.waitForEvent("page")
  await page.keyboard.press("ControlOrMeta+Enter")
  await expect(await tab).toHaveURL(new RegExp(`/projects/${projectId}/songs/evening`))
  await expect(page).toHaveURL(/\/songs$/)
})

test("the palette comes back when it is asked for right after escape", async ({ page }) => {
  await open(page, "/songs")
  for (let round = 0; round < 10; round++) {
    await ask(page, "eve")
    await Promise.all([page.keyboard.press("Escape"), page.keyboard.press("ControlOrMeta+k")])
    await expect(palette(page).getByRole("combobox")).toBeFocused()
    await expect(palette(page).getByRole("combobox")).toHaveValue("")
    await page.keyboard.press("Escape")
    await expect(palette(page)).toBeHidden()
  }
})

test("sequences lead to every place, but not while somebody types", async ({ page }) => {
  await open(page, "/songs")
  await page.keyboard.press("g")
  await page.keyboard.press("p")
  await expect(page).toHaveURL(/\/playlists$/)
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Playlists")
  await page.keyboard.press("/")
  await expect(page.locator("main").getByRole("searchbox")).toBeFocused()
  await page.keyboard.type("gs?")
  await expect(page.locator("main").getByRole("searchbox")).toHaveValue("gs?")
  await page.locator("main").getByRole("searchbox").fill("")
  await page.keyboard.press("/")
  await expect(palette(page)).toBeVisible()
  await page.keyboard.type("g s")
  await expect(palette(page).getByRole("combobox")).toHaveValue("g s")
  await page.keyboard.press("Escape")
  await expect(palette(page)).toBeHidden()
})

test("a question mark shows every key, and escape takes the map away", async ({ page }) => {
  await open(page, "/songs")
  await page.keyboard.press("?")
  const map = page.getByRole("dialog", { name: "Keyboard" })
  await expect(map).toBeVisible()
  for (const name of ["Find anything", "Go to clips", "New clip", "The next row"]) await expect(map).toContainText(name)
  await expectAccessible(page)
  await page.keyboard.press("g")
  await page.keyboard.press("c")
  await expect(page).toHaveURL(/\/songs$/)
  await page.keyboard.press("Escape")
  await expect(map).toBeHidden()
})

test("the search page comes with its hits, and keeps text and kind in its address", async ({ page, request }) => {
  const html = await (await request.get(`/search?q=${mark}`)).text()
  expect(html).toContain("Talk of")
  await open(page, `/search?q=${mark}`)
  const rows = page.locator("main [data-row]")
  await expect(rows).toHaveCount(5)
  await page.getByText(/^Songs 1$/).click()
  await expect(page).toHaveURL(/kind=song/)
  await expect(rows).toHaveCount(1)
  await page.reload()
  await expect(rows).toHaveCount(1)
  await expect(page.getByText(/^Clips 1$/)).toBeVisible()
  await page.locator("main").getByRole("searchbox").fill(`${mark} nothing-like-it`)
  await expect(page.getByText("Nothing is found")).toBeVisible()
})

test("nobody stumbles over the palette and the search page, wide and narrow, in both themes", async ({ page }) => {
  await open(page, `/search?q=${mark}`)
  await expect(page.locator("main [data-row]").first()).toBeVisible()
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await expectAccessibleInBothThemes(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    await page.getByRole("button", { name: /^Find/ }).click()
    await expect(palette(page).getByRole("combobox")).toBeFocused()
    await page.keyboard.type(mark)
    await expect(found(page).first()).toBeVisible()
    // What was found before is pale until the answer is there.
    await expect(palette(page).locator("[aria-busy=true]")).toHaveCount(0)
    await expectAccessibleInBothThemes(page)
    await page.keyboard.press("Escape")
    await expect(palette(page)).toBeHidden()
  }
})
