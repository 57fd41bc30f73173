import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, test } from "./page-check.ts"

export const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

export const code = ["// four on the floor", 's("sbd*4")', '  .gain("1 .8")', "  .room(.2)", "", "// end"].join("\n")

/** A clip of a project of its own. */
export async function makeClip(rest: { code?: string; metadata?: Record<string, unknown> } = {}) {
  const key = { projectId: `clip-page-${randomUUID().slice(0, 8)}`, id: "kick" }
  await client().clip.create.mutate({ ...key, name: "Deep kick", code, metadata: { bpm: 124 }, ...rest })
  return { key, path: `/projects/${key.projectId}/clips/${key.id}` }
}

export const editor = (page: Page) => page.getByRole("textbox", { name: /^Code of/ })
export const saveKey = "ControlOrMeta+s"
export const saved = (page: Page, version: number) =>
  expect(page.getByRole("status").filter({ hasText: `v${version}` })).toContainText("Saved")
export const unsaved = (page: Page) => expect(page.getByText("Unsaved changes", { exact: true })).toBeVisible()

export async function open(page: Page, path: string) {
  await page.goto(path)
  await expect(page.locator("[data-editor=ready]")).toBeVisible({ timeout: 20_000 })
}

export async function typeAtEnd(page: Page, text: string) {
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.type(text)
}

/** Chooses from the menu of the clip, whose parts are fetched when its button is pointed at. */
export async function choose(page: Page, name: string) {
  const more = page.getByRole("button", { name: /^More about/ })
  await more.hover()
  await expect(more).toHaveAttribute("aria-expanded", "false")
  await more.click()
  await page.getByRole("menuitem", { name }).click()
}
