import { randomUUID } from "node:crypto"
import type { Locator, Page } from "@playwright/test"
import { untilAlive } from "./arrange-steps.ts"
import { expect, test } from "./page-check.ts"
import { box, client, createSessions, open, run } from "./session-steps.ts"

/** A dialog, what it is called, and how a person comes to it. */
interface Way {
  title: string | RegExp
  open: (page: Page) => Promise<void>
}

const byAction = (title: string | RegExp, action: string): Way => ({ title, open: (page) => run(page, action) })

/** Letters that are keys of the pages, among others to select, delete, open, make and search. */
const keysOfPages = "Kick work #1 x d r t g s c c ? /"

const fields = "input, textarea, select, [contenteditable=true]"

/** Whether a dialog's first field has the focus, or something in it where it has none. */
const isReady = (dialog: Locator): Promise<boolean> =>
  dialog.evaluate((element, selector) => {
    const first = [...element.querySelectorAll<HTMLElement>(selector)].find((field) => field.offsetParent !== null)
    const { activeElement } = document
    if (first instanceof HTMLInputElement && first.type === "radio") return element.contains(activeElement)
    return first ? activeElement === first : element.contains(activeElement)
  }, fields)

/** Opens a dialog, types into it, and closes it with Escape: none of it is the page's. */
async function expectOwn(page: Page, { title, open }: Way) {
  await test.step(String(title), async () => {
    const { href } = new URL(page.url())
    const scrolled = await page.evaluate(() => scrollY)
    await open(page)
    const dialog = page.getByRole("dialog", { name: title })
    await expect(dialog).toBeVisible()
    await expect.poll(() => isReady(dialog), { message: `${title}: the first field has the focus` }).toBe(true)
    await page.keyboard.type(keysOfPages)
    expect(await page.getByRole("dialog").count(), `${title}: no other dialog`).toBe(1)
    const { pathname } = new URL(page.url())
    expect(pathname, `${title}: the same page`).toBe(new URL(href).pathname)
    await page.keyboard.press("Escape")
    await expect(dialog).toHaveCount(0)
    expect(await page.locator("[data-sonner-toast]").count(), `${title}: nothing was done`).toBe(0)
    expect(await page.evaluate(() => scrollY)).toBe(scrolled)
  })
}

const unique = () => randomUUID().slice(0, 8)

test.describe("dialogs have their focus in the first field, and take what is typed", () => {
  test("those of lists", async ({ page }) => {
    const { path, tag } = await createSessions(["One", "Two"])
    await open(page, path)
    await expectOwn(page, byAction("Save this view", "Save this view"))
    await expectOwn(page, byAction("New session", "New session"))
    await expectOwn(page, { title: "Keyboard", open: (each) => each.keyboard.press("?") })
    await box(page, "One").check()
    await expectOwn(page, { title: /^Tags of/, open: (each) => each.keyboard.press("t") })
    await box(page, "Two").check()
    await expectOwn(page, { title: "Rename 2 sessions", open: (each) => each.keyboard.press("r") })
    expect((await client().session.list.query({ tag })).items.map(({ displayName }) => displayName).toSorted()).toEqual(
      ["One", "Two"],
    )
  })

  test("those that make something, move or delete it", async ({ page }) => {
    const projectId = `dialogs-${unique()}`
    await client().clip.create.mutate({ projectId, id: "kick", name: "Kick", code: 's("bd")' })
    await page.goto(`/clips?project=${projectId}`)
    await untilAlive(page)
    await expectOwn(page, byAction("New clip", "New clip"))
    await page.getByRole("checkbox", { name: "Select Kick" }).check()
    await expectOwn(page, { title: /^Move/, open: (each) => each.keyboard.press("m") })
    for (const [place, what] of [
      ["songs", "song"],
      ["playlists", "playlist"],
      ["projects", "project"],
    ] as const) {
      await page.goto(`/${place}`)
      await untilAlive(page)
      await expectOwn(page, {
        title: `A new ${what}`,
        open: (each) => each.getByRole("button", { name: `New ${what}` }).click(),
      })
    }
    await page.goto(`/projects/${projectId}`)
    await untilAlive(page)
    await expectOwn(page, {
      title: /^Delete/,
      open: (each) => each.getByRole("button", { name: "Delete this project" }).click(),
    })
    expect((await client().clip.list.query({ projectId })).items).toHaveLength(1)
  })

  test("those of a clip, and of a session", async ({ page }) => {
    const projectId = `dialogs-${unique()}`
    const clip = await client().clip.create.mutate({ projectId, id: "kick", name: "Kick", code: 's("sbd")' })
    await page.goto(`/projects/${projectId}/clips/kick`)
    await untilAlive(page)
    await expectOwn(page, byAction("Export Kick", "Export the clip"))
    await expectOwn(page, byAction("Move Kick", "Move the clip to a project"))
    await expectOwn(page, byAction("Sounds of Kick", "The sounds that the clip needs"))

    const { id } = await client().session.create.mutate({ name: "Night" })
    await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "more kick" }] })
    await page.goto(`/sessions/${id}`)
    await untilAlive(page)
    await expectOwn(page, byAction("Go to…", "Go to a message or a date"))
    await expectOwn(page, { title: "Export", open: (each) => each.keyboard.press("e") })
    await page.locator("#m-0").focus()
    await expectOwn(page, byAction("Fork at message 0", "Fork the session at the message"))
    expect(await client().clip.byId.query({ projectId, id: "kick" })).toMatchObject({ version: clip.version })
  })
})
