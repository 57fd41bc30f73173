import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, expectAccessible, test } from "./page-check.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })
const fresh = (name: string) => `${name}-${randomUUID().slice(0, 8)}`

const create = (projectId: string, id: string, code: string) =>
  client().clip.create.mutate({ projectId, id, name: `Clip ${id}`, code })

const card = (page: Page, name: string) => page.getByRole("main").getByRole("listitem").filter({ hasText: name })
const names = (page: Page) => page.getByRole("main").getByRole("heading", { level: 3 })

async function heard(): Promise<void> {
  await expect.poll(async () => (await client().clip.analysisProgress.query()).pending, { timeout: 90_000 }).toBe(0)
}

test("a clip's picture comes by itself, and changes nothing else in the list", async ({ page }) => {
  const projectId = fresh("pictures")
  await create(projectId, "kick", 's("bd*4")')
  await create(projectId, "hats", 's("hh*8")')
  await page.goto(`/clips?project=${projectId}`)
  // A product that has just begun listens to its samples first.
  const inTurn = { timeout: 45_000 }
  await expect(card(page, "Clip kick").getByRole("img", { name: "16 events in 4 cycles: bd" })).toBeVisible(inTurn)
  await expect(names(page)).toHaveText(["Clip hats", "Clip kick"])
  await create(projectId, "bass", 'note("c2 eb2").s("sawtooth")')
  await expect(card(page, "Clip bass").getByRole("img", { name: "8 events in 4 cycles: sawtooth" })).toBeVisible(inTurn)
  await expect(names(page)).toHaveText(["Clip bass", "Clip hats", "Clip kick"])
  await expectAccessible(page)
})

test("what does not play is marked with its reason, and found by that", async ({ page }) => {
  const projectId = fresh("pictures")
  await create(projectId, "broken", 's("bd")\n  .fastt(2)')
  await create(projectId, "fine", 's("bd*4")')
  await create(projectId, "none", "silence")
  await heard()
  await page.goto(`/clips?project=${projectId}`)
  const mark = card(page, "Clip broken").getByText("does not play")
  await expect(mark).toHaveAttribute("title", /^Line 2: .*fastt/)
  await expect(card(page, "Clip none").getByText("silent", { exact: true })).toBeVisible()
  await page.getByLabel("Code", { exact: true }).selectOption("Does not play")
  await expect(names(page)).toHaveText(["Clip broken"])
  expect(new URL(page.url()).searchParams.get("state")).toBe("fails")
  await page.reload()
  await expect(names(page)).toHaveText(["Clip broken"])
  await expectAccessible(page)
  await page.getByRole("button", { name: "Remove the filter Does not play" }).click()
  await expect(names(page)).toHaveCount(3)

  await page.goto(`/projects/${projectId}/clips/broken`)
  await expect(page.getByText(/^Line 2: .*fastt/)).toBeVisible()
  await client().clip.update.mutate({ projectId, id: "broken", code: 's("bd*4")' })
  await expect(page.getByRole("img", { name: "16 events in 4 cycles: bd" }).first()).toBeVisible()
  await expect(page.getByText("does not play")).toHaveCount(1)
  await expectAccessible(page)
})
