import { randomUUID } from "node:crypto"
import type { Locator, Page } from "@playwright/test"
import { client } from "./clip-steps.ts"
import { gotoPage } from "./goto-page.ts"
import { expect } from "./page-check.ts"

/** Clips of a project of their own, by their ids; each is called after its id. */
export async function makeClips(codes: Record<string, string>): Promise<string> {
  const projectId = `player-${randomUUID().slice(0, 8)}`
  for (const [id, code] of Object.entries(codes))
    await client().clip.create.mutate({ projectId, id, name: `The ${id}`, code, metadata: {} })
  return projectId
}

export const bar = (page: Page) => page.getByRole("region", { name: "Player" })
export const stopKey = "ControlOrMeta+."
export const evaluateKey = "ControlOrMeta+Enter"

/** The meter's height, from 0 to 1; 0 too while there is no bar. */
export const level = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const meter = document.querySelector<HTMLElement>("[data-meter]")
    return meter ? Number(/scaleY\(([\d.]+)\)/.exec(meter.style.transform)?.[1] ?? 0) : 0
  })

export const heard = (page: Page) => expect.poll(() => level(page), { timeout: 15_000 }).toBeGreaterThan(0.02)
export const silent = (page: Page) => expect.poll(() => level(page), { timeout: 10_000 }).toBe(0)

/** The page of a project's clips, alive to its last button. */
export async function openClips(page: Page, projectId: string): Promise<void> {
  await gotoPage(page, `/clips?project=${projectId}`)
  await expect(page.getByRole("button", { name: /^Play The/ }).first()).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole("button", { name: /^What to do with/ }).first()).toBeVisible()
}

declare global {
  var watched: string[]
}

/** Writes down what elements tell, at every frame and where it changes, until the page is left. */
export const watch = (page: Page, ...selectors: string[]): Promise<void> =>
  page.evaluate((selectors) => {
    globalThis.watched = []
    const look = () => {
      const told = selectors.map((selector) => document.querySelector(selector)?.textContent ?? "").join(" | ")
      if (told !== globalThis.watched.at(-1)) globalThis.watched.push(told)
      requestAnimationFrame(look)
    }
    look()
  }, selectors)

export const seen = (page: Page): Promise<string[]> => page.evaluate(() => globalThis.watched)

/** The cycle that the bar tells, counted from 1. */
export const cycle = async (page: Page): Promise<number> =>
  Number(/(?:Cycle|section:) (\d+)\.\d/.exec((await bar(page).textContent()) ?? "")?.[1] ?? 0)

/** How many pixels of a canvas are painted, and what they look like. */
export const painting = (canvas: Locator): Promise<{ painted: number; picture: string }> =>
  canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error("It is no canvas")
    const { data } = element.getContext("2d")?.getImageData(0, 0, element.width, element.height) ?? { data: [] }
    return { painted: data.filter((value, index) => index % 4 === 3 && value > 0).length, picture: element.toDataURL() }
  })

/** Presses the play button of a clip, as soon as it does something. */
export async function play(page: Page, name: string): Promise<void> {
  await page
    .getByRole("button", { name: `Play ${name}`, exact: true })
    .first()
    .click()
  await expect(bar(page)).toContainText(name, { timeout: 15_000 })
}
