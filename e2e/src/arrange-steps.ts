import { randomUUID } from "node:crypto"
import type { Locator, Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { expect, test } from "./page-check.ts"

export const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

export const clipNames = { kick: "Kick", bass: "Bass", pad: "Pad", hats: "Hats" }
export const bpm: Record<string, number> = { kick: 120, bass: 120, pad: 90, hats: 120 }

/** A project of its own for one test, with four clips and a song of three of them. */
export async function createProject(clipIds: string[] = ["kick", "bass", "pad"], body = "") {
  const projectId = `arrange-${randomUUID().slice(0, 8)}`
  await client().project.create.mutate({ id: projectId, name: `Arrange ${projectId.slice(-4)}` })
  for (const [id, name] of Object.entries(clipNames)) {
    const metadata = { bpm: bpm[id], bars: 4, scale: "A minor" }
    await client().clip.create.mutate({ projectId, id, name, code: 's("bd*4")', metadata })
  }
  await client().song.create.mutate({ projectId, id: "night", name: "Night", clipIds, body })
  return { projectId, path: `/projects/${projectId}/songs/night` }
}

export const order = (page: Page, parts = "Clips") => page.getByRole("list", { name: `${parts} in order` })
export const names = (page: Page, parts?: string) => order(page, parts).locator("[data-row]").allTextContents()
export const handle = (page: Page, name: string) => order(page).getByRole("button", { name: `Move ${name},` })

export const storedIds = async (projectId: string) =>
  (await client().song.byId.query({ projectId, id: "night" })).clipIds.join(" ")
export const expectStored = (projectId: string, ids: string) => expect.poll(() => storedIds(projectId)).toBe(ids)

export async function exportAll(projectId: string) {
  const found: { path: string; content: string }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client().project.exportFiles.query({ projectId, cursor })
    found.push(...page.files)
    cursor = page.nextCursor
  }
  return found
}

/** Waits until the page answers to keys and presses: what the server drew comes to life after the first paint. */
export async function untilAlive(page: Page) {
  await page.locator("main h1").waitFor()
  await page.waitForFunction(() => {
    const button = document.querySelector("main button")
    return button !== null && Object.keys(button).some((key) => key.startsWith("__reactProps"))
  })
}

export async function open(page: Page, path: string) {
  await page.goto(path)
  await untilAlive(page)
}

export async function reload(page: Page) {
  await page.reload()
  await untilAlive(page)
}

export async function drag(page: Page, from: Locator, to: Locator) {
  await from.hover()
  // What makes rows draggable is loaded when the pointer comes.
  await page.locator("[id^=DndDescribedBy]").waitFor({ state: "attached" })
  const target = await to.boundingBox()
  if (!target) throw new Error("there is nothing to drag to")
  await from.hover()
  await page.mouse.down()
  await page.mouse.move(target.x + 10, target.y + target.height / 2, { steps: 12 })
  await page.mouse.move(target.x + 10, target.y + target.height / 2 + 2, { steps: 3 })
  // The row there makes room.
  const moved = () => to.evaluate((row) => row.closest<HTMLElement>("[data-row], li")?.style.transform ?? "")
  await expect.poll(moved).not.toBe("")
  await page.mouse.up()
}
