import { createClient } from "@strudel-agent/client/client"
import { gotoPage } from "./goto-page.ts"
import { expect, expectAccessible, expectAccessibleInBothThemes, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

/** The library's sample collection arrives just after the server does. */
async function sampleSession() {
  await expect
    .poll(
      async () => (await client().session.list.query({})).items.filter(({ messageCount }) => messageCount > 10).length,
      {
        timeout: 60_000,
      },
    )
    .toBeGreaterThanOrEqual(2)
  const session = (await client().session.list.query({ projectId: "house" })).items[0]
  if (!session) throw new Error("the sample collection has no session of the project house")
  return session
}

test.beforeAll(async () => {
  await sampleSession()
})

const places = [
  ["/sessions", "Sessions"],
  ["/clips", "Clips"],
  ["/songs", "Songs"],
  ["/playlists", "Playlists"],
  ["/projects", "Projects"],
  ["/projects/house", "Rooftop House"],
] as const

for (const [path, title] of places) {
  test(`${path} shows its data before any script runs, and nobody stumbles`, async ({ page, request }) => {
    const html = await (await request.get(path)).text()
    expect(html).toContain(title)
    await page.goto(path)
    await expect(page.getByRole("heading", { level: 1 })).toContainText(title)
    await expectAccessibleInBothThemes(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wider).toBeLessThanOrEqual(0)
  })
}

test("a list comes with the page, and the browser does not ask for it again", async ({ page }) => {
  const calls: string[] = []
  page.on("request", (request) => {
    if (new URL(request.url()).pathname.startsWith("/trpc/session.list")) calls.push(request.url())
  })
  await page.goto("/sessions")
  await expect(page.getByRole("rowheader").first()).toBeVisible()
  await page.waitForLoadState("networkidle")
  expect(calls).toEqual([])
})

test("sessions are filtered in the address, and found again by it", async ({ page }) => {
  const { displayName } = await sampleSession()
  await page.goto("/sessions")
  await page.getByRole("searchbox").fill(displayName)
  await expect(page).toHaveURL(/q=/)
  await expect(page.getByRole("rowheader")).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole("rowheader")).toHaveCount(1)
  await page.goto("/sessions?q=nothing-is-called-this")
  await expect(page.getByText("No session fits these filters")).toBeVisible()
  await page.goto("/sessions?status=terminated")
  await expect(page.getByText("No session fits these filters")).toBeVisible()
})

test("the keyboard walks through the list and opens a session", async ({ page }) => {
  await page.goto("/sessions")
  await expect(page.getByRole("rowheader").first()).toBeVisible()
  await page.keyboard.press("/")
  await expect(page.getByRole("searchbox")).toBeFocused()
  await page.keyboard.press("Escape")
  await page.getByRole("searchbox").blur()
  await page.keyboard.press("j")
  await page.keyboard.press("j")
  await page.keyboard.press("k")
  const first = page.getByRole("rowheader").first().getByRole("link")
  await expect(first).toBeFocused()
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}/)
  await expect(page.getByRole("region", { name: "Messages" })).toBeVisible()
})

test("a message's clip is a step away, with its code, versions and songs", async ({ page }) => {
  const { id } = await sampleSession()
  await page.goto(`/sessions/${id}`)
  await page
    .getByRole("region", { name: "Messages" })
    .getByRole("link", { name: /^clip / })
    .last()
    .click()
  await expect(page).toHaveURL(/\/projects\/house\/clips\//)
  await expect(page.getByRole("region", { name: "Code", exact: true })).toBeVisible()
  await expect(page.getByText("In songs")).toBeVisible()
  await expect(page.getByRole("heading", { name: "History" })).toBeVisible()
  await expectAccessible(page)
})

test("clips are filtered by tag, tempo and text", async ({ page }) => {
  await page.goto("/clips?bpm_min=170&bpm_max=180")
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
  const fast = await client().clip.list.query({ bpmMin: 170, bpmMax: 180, limit: 200 })
  await expect(page.locator("main [data-row]")).toHaveCount(fast.items.length)
  await page.getByRole("searchbox").fill("two-step")
  const found = await client().clip.list.query({ bpmMin: 170, bpmMax: 180, q: "two-step" })
  await expect(page.locator("main [data-row]")).toHaveCount(found.items.length)
})

test("a song shows its clips in order, and a playlist its songs", async ({ page }) => {
  const song = await client().song.byId.query({ projectId: "house", id: "sunset" })
  await page.goto("/projects/house/songs/sunset")
  await expect(page.getByRole("heading", { level: 1 })).toContainText(song.name)
  for (const { name } of song.clips.slice(0, 3)) await expect(page.getByRole("link", { name }).first()).toBeVisible()
  await expectAccessible(page)
  const playlist = (await client().playlist.list.query({ projectId: "house" })).items[0]
  await page.goto(`/projects/house/playlists/${playlist?.id}`)
  await expect(page.getByRole("heading", { level: 1 })).toContainText(playlist?.name ?? "?")
  await expectAccessible(page)
})

test.describe("a wrong address", () => {
  test.use({ expected: /404 \(Not Found\)/ })

  test("what is not there says so", async ({ page }) => {
    for (const path of [
      "/sessions/00000000-0000-4000-8000-000000000000",
      "/projects/house/clips/ghost",
      "/no/such/page",
    ]) {
      await page.goto(path)
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
      await expect(page.locator("main")).toContainText(/no such|not here|nothing/i)
    }
  })
})

test("the theme is kept without a flash", async ({ page }) => {
  await page.goto("/sessions")
  await page.getByRole("button", { name: "Switch between light and dark" }).click()
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme)
  expect(chosen).toMatch(/dark|light/)
  const html = await (await page.context().request.get("/sessions")).text()
  expect(html).toContain(`data-theme="${chosen}"`)
})

test.describe("offline", () => {
  test.use({ expected: /ERR_INTERNET_DISCONNECTED/ })

  test("a page says when the connection is gone", async ({ page, context }) => {
    await gotoPage(page, "/sessions")
    await expect(page.getByRole("rowheader").first()).toBeVisible()
    await context.setOffline(true)
    await expect(page.getByText(/offline/i).first()).toBeVisible()
    await context.setOffline(false)
    await expect(page.getByText(/offline/i)).toHaveCount(0)
  })
})

test("text of a message stays text", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "<img src=x onerror=alert(1)>" })
  const content = [
    "<script>document.title = 'taken'</script>",
    "<img src=x onerror=\"document.title = 'taken'\">",
    "[link](javascript:document.title='taken')",
    "![picture](http://127.0.0.1:1/x.png)",
  ].join("\n\n")
  await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content }] })
  await page.goto(`/sessions/${id}`)
  await expect(page.getByText("<script>")).toBeVisible()
  for (const link of await page.getByRole("region", { name: "Messages" }).getByRole("link").all()) {
    expect(await link.getAttribute("href")).not.toMatch(/^javascript:/i)
  }
  expect(await page.locator("main img").count()).toBe(0)
  expect(await page.title()).not.toBe("taken")
})
