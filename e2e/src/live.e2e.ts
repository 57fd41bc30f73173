import { randomUUID } from "node:crypto"
import type { Page, Request } from "@playwright/test"
import { type Client, createClient } from "@strudel-agent/client/client"
import { expect, test } from "./page-check.ts"
import { type SecondServer, startSecondServer } from "./second-server.ts"

let other: SecondServer | undefined
/** Writes through another server than the one that the pages come from. */
let elsewhere: Client
test.beforeAll(async () => {
  other = await startSecondServer()
  elsewhere = createClient({ url: other.url })
})
test.afterAll(() => other?.stop())

const newSession = async (count = 0) => {
  const { id, displayName } = await elsewhere.session.create.mutate({ name: `Live ${randomUUID().slice(0, 8)}` })
  if (count > 0) await append(id, count)
  return { id, name: displayName }
}

const append = (sessionId: string, count = 1) =>
  elsewhere.message.append.mutate({
    sessionId,
    messages: Array.from({ length: count }, () => ({ role: "user" as const, content: `said ${randomUUID()}` })),
  })

/** Resolves when the page has its stream. Pages of the product never rest on the network: they listen. */
const listening = (page: Page) => page.waitForResponse((response) => response.url().includes("/trpc/live.watch"))

const openLive = async (page: Page, path: string) => {
  const stream = listening(page)
  await page.goto(path)
  await stream
}

const row = (page: Page, index: number) => page.locator(`#m-${index}`)

const indexes = (page: Page) =>
  page
    .locator("[id^='m-']")
    .evaluateAll((rows) => rows.map(({ id }) => Number(id.slice(2))).toSorted((one, next) => one - next))

test("a list shows a session that another server stored, without being loaded again", async ({ page, browser }) => {
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL })
  const second = await context.newPage()
  await Promise.all([openLive(page, "/sessions"), openLive(second, "/sessions")])
  const { id, name } = await newSession()
  for (const shown of [page, second]) await expect(shown.getByRole("link", { name })).toBeVisible({ timeout: 5000 })
  await elsewhere.session.rename.mutate({ id, name: `${name} renamed` })
  await expect(page.getByRole("link", { name: `${name} renamed` })).toBeVisible({ timeout: 5000 })
  await elsewhere.session.delete.mutate({ id })
  for (const shown of [page, second]) await expect(shown.getByRole("link", { name })).toHaveCount(0, { timeout: 5000 })
  await context.close()
})

test("a library shows clips as they come and change, and asks at most once a second", async ({ page }) => {
  const projectId = `live-${randomUUID().slice(0, 8)}`
  await elsewhere.clip.create.mutate({ projectId, id: "first", name: "First of all", code: 's("bd")' })
  await openLive(page, `/clips?project=${projectId}`)
  const asked: string[] = []
  page.on("request", (request) => {
    if (/\/trpc\/[^?]*clip\.cards/.test(request.url())) asked.push(request.url())
  })
  const began = Date.now()
  for (let i = 0; i < 30; i++) {
    await elsewhere.clip.create.mutate({ projectId, id: `clip-${i}`, name: `Clip number ${i}`, code: 's("hh")' })
    await page.waitForTimeout(50)
  }
  await expect(page.getByRole("link", { name: "Clip number 29" })).toBeVisible({ timeout: 5000 })
  expect(asked.length).toBeGreaterThan(0)
  // The first at once, and what was on its way when the last one came.
  expect(asked.length).toBeLessThanOrEqual((Date.now() - began) / 1000 + 2)
  await elsewhere.project.delete.mutate({ id: projectId })
})

test("a page keeps one stream, whatever it follows, so that many tabs leave connections for one another", async ({
  page,
}) => {
  const { id } = await newSession(1)
  await openLive(page, `/sessions/${id}`)
  await expect(row(page, 0)).toBeVisible()
  const open = new Set<string>()
  const gone = (request: Request) => open.delete(request.url())
  page.on("request", (request) => {
    if (request.url().includes("live.watch")) open.add(request.url())
  })
  page.on("requestfinished", gone)
  page.on("requestfailed", gone)
  await openLive(page, `/sessions/${id}`)
  await append(id)
  await expect(row(page, 1)).toBeVisible()
  await page.waitForTimeout(1000)
  expect(open.size).toBe(1)
})

test("a transcript shows what another server stored within a second, in two browsers", async ({ page, browser }) => {
  const { id } = await newSession(3)
  const context = await browser.newContext({ baseURL: test.info().project.use.baseURL })
  const second = await context.newPage()
  await Promise.all([openLive(page, `/sessions/${id}`), openLive(second, `/sessions/${id}`)])
  await expect(row(second, 2)).toBeVisible()
  for (let index = 3; index < 8; index++) {
    await append(id)
    for (const shown of [page, second]) await expect(row(shown, index)).toBeVisible({ timeout: 1000 })
  }
  for (const shown of [page, second]) expect(await indexes(shown)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  await context.close()
})

test.describe("a connection that is lost", () => {
  test.use({ expected: /net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED|INCOMPLETE_CHUNKED_ENCODING)/ })

  test("costs a list nothing: what came meanwhile is there afterwards", async ({ page, context }) => {
    await openLive(page, "/sessions")
    await context.setOffline(true)
    await expect(page.getByText("Offline: you see what was loaded before.")).toBeVisible()
    const { name } = await newSession(1)
    await context.setOffline(false)
    await expect(page.getByText("Offline: you see what was loaded before.")).toHaveCount(0)
    await expect(page.getByRole("link", { name })).toBeVisible({ timeout: 5000 })
  })

  test("costs a transcript no message, and doubles none", async ({ page, context }) => {
    const { id } = await newSession(2)
    await openLive(page, `/sessions/${id}`)
    await expect(row(page, 1)).toBeVisible()
    await context.setOffline(true)
    await expect(page.getByText("Offline: you see what was loaded before.")).toBeVisible()
    let count = 2
    for (; count < 20; count++) await append(id)
    await context.setOffline(false)
    await expect(row(page, count - 1)).toBeVisible({ timeout: 5000 })
    await append(id, 2)
    await expect(row(page, count + 1)).toBeVisible({ timeout: 5000 })
    expect(await indexes(page)).toEqual(Array.from({ length: count + 2 }, (_, index) => index))
  })

  test("is said where the server is away for longer than a moment", async ({ page, context }) => {
    await openLive(page, "/sessions")
    const sign = page.getByText("Reconnecting…")
    await context.route("**/trpc/live.watch*", (route) => route.abort())
    await context.setOffline(true)
    await context.setOffline(false)
    await expect(sign).toHaveCount(0)
    await expect(sign).toBeVisible({ timeout: 10_000 })
    await context.unroute("**/trpc/live.watch*")
    await expect(sign).toHaveCount(0, { timeout: 20_000 })
    const { name } = await newSession()
    await expect(page.getByRole("link", { name })).toBeVisible({ timeout: 5000 })
  })
})
