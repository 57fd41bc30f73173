import { client } from "./clip-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"
import { bar, cycle, heard, makeClips, silent } from "./player-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

test.use(wholeBrowser)

test("pads start and stop clips on the next cycle", async ({ page }) => {
  const projectId = await makeClips({
    drone: 'setcpm(30)\nnote("c3").s("sawtooth").lpf(600)',
    kick: 'setcpm(30)\ns("sbd*8")',
    broken: "s('bd').nonsense()",
  })
  await page.goto(`/projects/${projectId}`)
  await page.getByRole("link", { name: "Launcher" }).click()
  await expect(page.getByRole("heading", { name: "Launcher" })).toBeVisible()
  const pad = (id: string) => page.locator(`[data-pad=${id}]`)
  await expect(pad("broken")).toContainText("does not play", { timeout: 20_000 })
  await expectAccessible(page)

  await pad("drone").click()
  await expect(pad("drone")).toHaveAttribute("data-state", "playing", { timeout: 15_000 })
  await heard(page)
  await pad("kick").click()
  // A cycle lasts two seconds: until then it waits.
  await expect(pad("kick")).toHaveAttribute("data-state", "starting")
  await expect(pad("kick")).toHaveAttribute("data-state", "playing", { timeout: 5_000 })
  await expect(bar(page)).toContainText("The drone + The kick")
  // The drone went on: the cycles since its beginning are counted on.
  expect(await cycle(page)).toBeGreaterThan(1)
  await pad("broken").click()
  await expect(pad("broken")).toHaveAttribute("data-state", "failing", { timeout: 10_000 })
  await expect(pad("broken")).toContainText("nonsense")
  await expect(pad("broken")).toHaveAttribute("aria-pressed", "false")
  await expect(bar(page)).not.toContainText("broken")
  await pad("drone").click()
  await expect(pad("drone")).toHaveAttribute("data-state", "silent", { timeout: 5_000 })
  await heard(page)
  // The last one waits for its cycle as the others do.
  await pad("kick").click()
  await expect(pad("kick")).toHaveAttribute("data-state", "stopping")
  await expect(pad("kick")).toHaveAttribute("data-state", "silent", { timeout: 5_000 })
  await silent(page)
  await pad("kick").click()
  await heard(page)
  await page.getByRole("button", { name: "Stop all" }).click()
  await silent(page)
  await expect(pad("kick")).toHaveAttribute("data-state", "silent")

  const first = await page.locator("[data-pad]").first().getAttribute("data-pad")
  await page.locator("body").click({ position: { x: 700, y: 5 } })
  await page.keyboard.press("1")
  await expect(page.locator("[data-pad]").first()).not.toHaveAttribute("data-state", "silent", { timeout: 5_000 })
  expect(first).not.toBeNull()
})

test("pads keep their places while others write, and stand where they were put", async ({ page }) => {
  const projectId = await makeClips({ a: 's("sbd")', b: 's("hh")', c: 's("cp")', d: 'setcpm(30)\nnote("c3").s("saw")' })
  const order = () => page.locator("[data-pad]").evaluateAll((pads) => pads.map((pad) => pad.getAttribute("data-pad")))
  const pad = (id: string) => page.locator(`[data-pad=${id}]`)
  await page.goto(`/projects/${projectId}/launcher`)
  await expect.poll(order).toEqual(["a", "b", "c", "d"])
  await client().clip.update.mutate({ projectId, id: "c", name: "Changed" })
  await expect(pad("c")).toContainText("Changed")
  expect(await order()).toEqual(["a", "b", "c", "d"])

  // By keys, which keep the focus where it is, and by a drag, which starts no clip.
  await pad("a").focus()
  await page.keyboard.press("Alt+ArrowRight")
  await expect.poll(order).toEqual(["b", "a", "c", "d"])
  await expect(pad("a")).toBeFocused()
  const from = await pad("d").boundingBox()
  const to = await pad("b").boundingBox()
  if (!from || !to) throw new Error("A pad is not drawn")
  await page.mouse.move(from.x + from.width / 2, from.y + 20)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 12 })
  await page.mouse.up()
  await expect.poll(order).toEqual(["d", "b", "a", "c"])
  await expect(pad("d")).toHaveAttribute("data-state", "silent")
  await page.reload()
  await expect.poll(order).toEqual(["d", "b", "a", "c"])

  // One that comes stands last; the place of one that is deleted stays empty until the page is opened again.
  await client().clip.create.mutate({ projectId, id: "new", name: "The new", code: 's("cp")' })
  await expect.poll(order).toEqual(["d", "b", "a", "c", "new"])
  await client().clip.delete.mutate({ projectId, id: "b" })
  await expect(pad("b")).toHaveAttribute("data-gone", "true")
  await expect(pad("b")).toBeDisabled()
  expect(await order()).toEqual(["d", "b", "a", "c", "new"])
  await page.reload()
  await expect.poll(order).toEqual(["d", "a", "c", "new"])
})
