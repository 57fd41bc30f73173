import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient, type Inputs } from "@strudel-agent/client/client"
import { expect, test } from "./page-check.ts"

export const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

/** Sessions that bear a tag of their own, the first named the last active; a test looks at them alone. */
export async function createSessions(names: string[], row: Partial<Inputs["session"]["create"]> = {}) {
  const tag = `t-${randomUUID().slice(0, 8)}`
  const ids: string[] = []
  for (const name of names.toReversed()) {
    const { id } = await client().session.create.mutate({ ...row, name, metadata: { tags: [tag], ...row.metadata } })
    ids.unshift(id)
  }
  return { tag, ids, path: `/sessions?tag=${tag}` }
}

/** As `createSessions`, for a long list: "Take 0" and so on, made many at a time and named by their order. */
export async function createTakes(count: number) {
  const tag = `t-${randomUUID().slice(0, 8)}`
  const create = () => client().session.create.mutate({ metadata: { tags: [tag] } })
  for (let made = 0; made < count; made += 20) await Promise.all(Array.from({ length: 20 }, create))
  const ids: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client().session.list.query({ tag, limit: 200, preview: false, cursor })
    const names = page.items.map(({ id }, place) => ({ id, name: `Take ${ids.length + place}` }))
    await client().session.renameMany.mutate({ names })
    ids.push(...names.map(({ id }) => id))
    cursor = page.nextCursor
  }
  return { tag, ids, path: `/sessions?tag=${tag}` }
}

export const say = (sessionId: string, ...contents: string[]) =>
  client().message.append.mutate({
    sessionId,
    messages: contents.map((content) => ({ role: "assistant" as const, content })),
  })

export const rows = (page: Page) => page.getByRole("table", { name: "Sessions" }).getByRole("rowheader")
export const names = (page: Page) => rows(page).getByRole("link")
export const row = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) })
export const box = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}`, exact: true })
export const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected sessions" })
export const namesIn = async (tag: string) =>
  (await client().session.list.query({ tag })).items.map(({ displayName }) => displayName).toSorted()
/** Runs an action of the palette. */
export async function run(page: Page, name: string) {
  await page.keyboard.press("ControlOrMeta+k")
  const palette = page.getByRole("dialog", { name: "Find anything" })
  await expect(palette.getByRole("combobox")).toBeFocused()
  await page.keyboard.type(name)
  await expect(palette.getByRole("option").first()).toContainText(name)
  await page.keyboard.press("Enter")
}

/** Opens the list and waits until it has come to life. */
export async function open(page: Page, path: string) {
  await page.goto(path)
  await expect(rows(page).first()).toBeVisible()
  await page.waitForLoadState("networkidle")
  await expect(async () => {
    await page.getByRole("checkbox", { name: "Select all that are shown" }).check({ timeout: 1000 })
    await expect(bar(page)).toBeVisible({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press("Escape")
  await expect(bar(page)).toHaveCount(0)
}
