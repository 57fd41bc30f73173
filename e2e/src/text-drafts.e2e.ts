import { randomUUID } from "node:crypto"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { kept } from "./draft-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"
import { undoLast } from "./toast-steps.ts"

const client = () => createClient({ url: test.info().project.use.baseURL ?? "" })

/** A song with notes, in a project of its own with one clip. */
async function makeSong(body = "") {
  const key = { projectId: `text-${randomUUID().slice(0, 8)}`, id: "night" }
  await client().project.create.mutate({ id: key.projectId, name: key.projectId })
  await client().clip.create.mutate({ projectId: key.projectId, id: "bass", name: "Bass", code: "" })
  await client().song.create.mutate({ ...key, name: "Night", clipIds: ["bass"], body })
  return { key, path: `/projects/${key.projectId}/songs/night` }
}

const edit = (page: Page) => page.getByRole("button", { name: "Edit notes" }).click()
const field = (page: Page) => page.getByRole("textbox", { name: "Notes" })
const toSongs = async (page: Page) => {
  await page.getByRole("navigation").getByRole("link", { name: "Songs" }).click()
  await expect(page).toHaveURL(/\/songs$/)
}

test("the Edit button opens the draft that was kept", async ({ page }) => {
  const { path } = await makeSong("Stored.")
  await page.goto(path)
  await edit(page)
  await field(page).fill("Half a thought")
  await toSongs(page)
  await page.goto(path)
  await expect(page.getByRole("button", { name: "Go on with it" })).toBeVisible()
  await edit(page)
  await expect(field(page)).toHaveValue("Half a thought")
})

test("what was thrown away is taken back after the page is left", async ({ page }) => {
  const { path } = await makeSong("Stored.")
  await page.goto(path)
  await edit(page)
  await field(page).fill("Thrown away")
  await page.getByRole("button", { name: "Cancel" }).click()
  await toSongs(page)
  await undoLast(page)
  await expect(page.getByText("What you wrote is kept as a draft in this browser.")).toBeVisible()
  await page.goBack()
  await page.getByRole("button", { name: "Go on with it" }).click()
  await expect(field(page)).toHaveValue("Thrown away")
})

test("what was thrown away is offered on the page that one came back to", async ({ page }) => {
  const { path } = await makeSong("Stored.")
  await page.goto(path)
  await edit(page)
  await field(page).fill("Thrown away")
  await page.getByRole("button", { name: "Cancel" }).click()
  await toSongs(page)
  await page.goBack()
  await expect(page.getByRole("button", { name: "Edit notes" })).toBeVisible()
  await undoLast(page)
  await page.getByRole("button", { name: "Go on with it" }).click()
  await expect(field(page)).toHaveValue("Thrown away")
})

test("what was thrown away does not come over what is written anew, and that is said", async ({ page }) => {
  const { path } = await makeSong("Stored.")
  await page.goto(path)
  await edit(page)
  await field(page).fill("Thrown away")
  await page.getByRole("button", { name: "Cancel" }).click()
  await edit(page)
  await field(page).fill("Anew")
  await undoLast(page)
  await expect(page.getByText("Not brought back: you are writing it anew.")).toBeVisible()
  await expect(field(page)).toHaveValue("Anew")
})

test("a link found by search takes the place of its brackets, whatever is typed meanwhile", async ({ page }) => {
  const { path } = await makeSong()
  await page.goto(path)
  await edit(page)
  await field(page).fill("with ")
  await field(page).press("End")
  await page.keyboard.type("[[")
  const finder = page.getByRole("combobox", { name: "Find a clip or song to link to" })
  await expect(finder).toBeFocused()
  await field(page).focus()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("Slowly, ")
  await page.keyboard.press("ControlOrMeta+End")
  await page.keyboard.press("Enter")
  await page.keyboard.type("The end.")
  await finder.fill("bass")
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(1)
  await finder.press("Enter")
  await expect(field(page)).toHaveValue("Slowly, with [Bass](clip:bass)\nThe end.")
})

test("writing and the preview are two buttons, of which one is pressed", async ({ page }) => {
  const { path } = await makeSong("Stored.")
  await page.goto(path)
  await edit(page)
  const views = page.getByRole("group", { name: "Notes: view" })
  await expect(views.getByRole("button", { name: "Write", pressed: true })).toBeVisible()
  await views.getByRole("button", { name: "Preview", pressed: false }).press("Enter")
  await expect(views.getByRole("button", { name: "Preview", pressed: true })).toBeVisible()
  await expect(field(page)).toHaveCount(0)
  await expectAccessible(page)
})

test("a message that is being written keeps its last keys when the page is left at once", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "Written in haste" })
  await page.goto(`/sessions/${id}`)
  const box = page.getByRole("textbox", { name: "A message" })
  await box.fill("half a ")
  await kept(page, "half a ")
  await box.focus()
  // Typed and left within one task: no rest after the last key.
  await page.evaluate(() => {
    document.execCommand("insertText", false, "thought")
    document.querySelector<HTMLElement>("nav a[href='/songs']")?.click()
  })
  await expect(page).toHaveURL(/\/songs$/)
  await page.goto(`/sessions/${id}`)
  await expect(box).toHaveValue("half a thought")
})
