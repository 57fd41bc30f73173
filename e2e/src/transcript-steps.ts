import type { Page } from "@playwright/test"
import { createClient, type Inputs } from "@strudel-agent/client/client"
import { expect as check, test } from "./page-check.ts"

/** Thousands of messages and pages of a thousand take their time on a slow machine. */
export const expect = check.configure({ timeout: 20_000 })

export type Message = Inputs["message"]["append"]["messages"][number]

export const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })
export const begun = Date.UTC(2026, 0, 1)

/** A message a minute; every tenth one changed the code of a clip. */
export const take = (index: number, clip?: { projectId: string; id: string }): Message => ({
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

export async function newSession(count: number, name = "A long night", clip?: { projectId: string; id: string }) {
  const { id } = await client().session.create.mutate({ name })
  for (let start = 0; start < count; start += 500) {
    const messages = Array.from({ length: Math.min(500, count - start) }, (_, i) => take(start + i, clip))
    await client().message.append.mutate({ sessionId: id, messages })
  }
  return id
}

export const transcript = (page: Page) => page.getByRole("region", { name: "Messages" })
export const row = (page: Page, index: number) => page.locator(`#m-${index}`)
export const rowCount = (page: Page) => page.locator("[data-row]").count()

/** Whether the page has come to life: its scripts have drawn what the server did not. */
export const alive = (page: Page) =>
  expect(page.getByRole("button", { name: /^Go to another message; first in sight is #/ })).toBeVisible()

export async function expectInView(page: Page, index: number) {
  await expect(row(page, index)).toBeInViewport()
}

export interface Step {
  id: string
  moved: number
  rows: number
}

/** Scrolls by so much and tells how far the row that is read moved besides, while pages come and go around it. */
export const scrollOn = (page: Page, by: number): Promise<Step> =>
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
