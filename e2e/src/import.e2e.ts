import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { Page } from "@playwright/test"
import { createClient } from "@strudel-agent/client/client"
import { open, seed, unique } from "./library-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"

/** Drops files and folders of this machine on a page, as a person does from their desktop. */
async function dropFiles(page: Page, files: string[]) {
  const devtools = await page.context().newCDPSession(page)
  const at = { x: 700, y: 400, data: { items: [], files, dragOperationsMask: 1 } }
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await devtools.send("Input.dispatchDragEvent", { type, ...at })
  await devtools.detach()
}

function onDisk(files: Record<string, string>): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "strudel-agent-drop-"))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

test("files dropped on a clip's page, in its editor too, go into its project once and never take its place", async ({
  page,
  baseURL,
}) => {
  const { client, projectId } = await seed(baseURL, [{ id: "kick", name: "Kick" }])
  const own = `dropped-${unique()}`
  const { folder, remove } = onDisk({
    "hat.strudel": '$: s("hh*8")',
    "shot.png": "\u0089PNG",
    [`${own}/index.md`]: "# Dropped\n",
    [`${own}/clips/bass.js`]: '$: note("c2")',
    [`${own}/.git/HEAD`]: "ref",
  })
  try {
    const address = `/projects/${projectId}/clips/kick`
    await page.goto(address)
    await expect(page.locator(".cm-content").first()).toBeVisible()
    const dialog = page.getByRole("dialog", { name: "Import" })
    const report = dialog.getByRole("list", { name: "Report" })
    for (const outcome of ["1 created (1 clip)", "1 unchanged"]) {
      await expect(async () => {
        if (!(await dialog.isVisible())) await dropFiles(page, [join(folder, "hat.strudel"), join(folder, "shot.png")])
        await expect(dialog).toBeVisible({ timeout: 2000 })
      }).toPass()
      await expect(dialog.getByLabel("Project of the code")).toHaveValue(projectId)
      await expectAccessible(page)
      await dialog.getByRole("button", { name: "Import" }).click()
      await expect(dialog.getByText("Imported, but not everything.")).toBeVisible()
      await expect(report).toContainText(`${projectId}: 1 file, ${outcome}`)
      await expect(report).toContainText("shot.png: is nothing that an import takes")
      await expectAccessible(page)
      await dialog.getByRole("button", { name: "Close" }).last().click()
    }
    await dropFiles(page, [join(folder, own)])
    await expect(dialog.getByLabel(`The project “${own}”, called like it`)).toBeChecked()
    await dialog.getByRole("button", { name: "Import" }).click()
    await expect(report).toContainText(`${own}: 2 files, 2 created (1 project, 1 clip)`)
    expect(new URL(page.url()).pathname).toBe(address)
    await dialog.getByRole("link", { name: `Open ${own}` }).click()
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dropped")
    const { items } = await client.clip.list.query({ projectId })
    expect(items.map(({ id }) => id).sort()).toEqual(["hat", "kick"])
  } finally {
    remove()
  }
})

test("files that are dropped while a dialog is open wait until it is closed, and nothing typed is lost", async ({
  page,
  baseURL,
}) => {
  const { path } = await seed(baseURL, [{ id: "kick", name: "Kick" }])
  const { folder, remove } = onDisk({ "hat.js": '$: s("hh*8")' })
  try {
    await open(page, path, "Kick")
    await page.getByRole("button", { name: "New clip" }).click()
    const making = page.getByRole("dialog", { name: "New clip" })
    await making.getByLabel("Name").fill("Half typed")
    await dropFiles(page, [join(folder, "hat.js")])
    await expect(page.getByText("The files are imported once what is open here is closed.")).toBeVisible()
    await expect(making.getByLabel("Name")).toHaveValue("Half typed")
    await making.getByRole("button", { name: "Cancel" }).click()
    const dialog = page.getByRole("dialog", { name: "Import" })
    await expect(dialog.getByText("hat.js")).toBeVisible()
    await page.keyboard.press("Escape")
    await expect(dialog).toBeHidden()
  } finally {
    remove()
  }
})

test("an empty project says what to do, and makes clips, songs and sessions within it", async ({ page, baseURL }) => {
  const client = createClient({ url: baseURL ?? "" })
  const id = `empty-${unique()}`
  await client.project.create.mutate({ id, name: "Empty" })
  await page.goto(`/projects/${id}`)
  await expect(page.getByText("or drop files of code here")).toBeVisible()
  for (const what of ["session", "song", "clip"] as const) {
    await page.getByRole("button", { name: `New ${what}` }).click()
    const dialog = page.getByRole("dialog")
    await expect(dialog.getByLabel("Project", { exact: true })).toHaveValue(id)
    if (what !== "clip") await page.keyboard.press("Escape")
  }
  const dialog = page.getByRole("dialog", { name: "New clip" })
  await dialog.getByLabel("Name").fill("First")
  await dialog.getByRole("button", { name: "Make the clip" }).click()
  await expect(page).toHaveURL(`/projects/${id}/clips/first`)
})
