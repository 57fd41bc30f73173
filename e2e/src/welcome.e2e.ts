import { expectAccessibleInBothThemes, test } from "./page-check.ts"
import { client, expect, row } from "./transcript-steps.ts"

test("the first page says what can be done, wide and narrow", async ({ page }) => {
  await page.goto("/welcome")
  await expect(page.getByRole("heading", { level: 1, name: "Music, by asking for it" })).toBeVisible()
  await expect(page.getByRole("form", { name: "Ask for something" })).toBeVisible()
  await expect(
    page
      .getByRole("main")
      .getByRole("button", { name: /^Play / })
      .first(),
  ).toBeVisible()
  await expect(page.getByRole("button", { name: "Import a folder" })).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessibleInBothThemes(page)
})

test("a request that is sent from it begins a session, and waits while there is no model", async ({ page }) => {
  await page.goto("/welcome")
  const field = page.getByRole("textbox", { name: "Say what you want to hear" })
  await expect(field).toHaveValue(/^Make a beat/)
  await field.fill("make a beat of three")
  await page.getByRole("button", { name: "Send" }).click()
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/)
  await expect(row(page, 0)).toContainText("make a beat of three")
  await expect(page.getByText("Waiting for a model to ask")).toBeVisible()
  // The agent asks for work every two seconds.
  await expect.poll(async () => (await client().agent.status.query()).isWorking).toBe(true)
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  expect((await client().run.list.query({ sessionId: id })).runs).toEqual([])
})
