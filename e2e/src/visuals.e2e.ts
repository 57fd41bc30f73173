import type { Page } from "@playwright/test"
import { client, editor, makeClip, open, typeAtEnd } from "./clip-steps.ts"
import { expect, expectAccessibleInBothThemes, test } from "./page-check.ts"
import { bar, evaluateKey, heard, makeClips, painting, silent, stopKey } from "./player-steps.ts"
import { createSessions, open as openSessions, say } from "./session-steps.ts"
import { alive, row, transcript } from "./transcript-steps.ts"

const code = [
  'note("c3 e3 g3 b3").s("sawtooth")._pianoroll()',
  "  ._punchcard({ labels: true }).fast(2)._wordfall({ height: 100 })",
  "  ._scope()._spectrum({ height: 60 })",
  "  ._spiral({ size: 120 })._pitchwheel({ size: 100 })",
  "// the end",
].join("\n")
const names = [
  ...["Piano roll of line 1", "Punch card of line 2", "Falling words of line 2", "Oscilloscope of line 3"],
  ...["Spectrum of line 3", "Spiral of line 4", "Pitch wheel of line 4"],
]

const visual = (page: Page, name: string) => page.getByRole("img", { name, exact: true })
const picture = async (page: Page, name: string) => (await painting(visual(page, name))).picture
const lastLine = async (page: Page) => (await page.getByText("// the end").boundingBox())?.y

/** Waits until the picture of each visual becomes another. */
async function expectMoving(page: Page, ...moving: string[]) {
  for (const name of moving) {
    const before = await picture(page, name)
    await expect.poll(() => picture(page, name), { message: `${name} moves`, timeout: 10_000 }).not.toBe(before)
  }
}

async function tenFrames(page: Page) {
  for (let count = 0; count < 10; count++) await page.evaluate(() => new Promise(requestAnimationFrame))
}

/** Looks at frames, of which none may change a picture. */
async function expectStill(page: Page, ...still: string[]) {
  const look = () => Promise.all(still.map((name) => picture(page, name)))
  const before = await look()
  await tenFrames(page)
  expect(await look()).toEqual(before)
}

test("visuals draw below their line while the clip plays, and rest when it is stopped", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 1300 })
  const { path } = await makeClip({ code })
  await open(page, path)
  for (const name of names) await expect(visual(page, name)).toBeVisible()
  const place = await lastLine(page)
  await expectStill(page, ...names)

  await editor(page).click()
  await page.keyboard.press(evaluateKey)
  await heard(page)
  await expectMoving(page, ...names)
  expect(await lastLine(page)).toBe(place)

  await page.keyboard.press(stopKey)
  await silent(page)
  await expectStill(page, ...names)
  expect(await lastLine(page)).toBe(place)
  await expectAccessibleInBothThemes(page)
  await editor(page).click()
  await page.keyboard.press(evaluateKey)
  await expectMoving(page, ...names)
})

test("visuals follow what is typed while the clip plays", async ({ page }) => {
  const { path } = await makeClip({ code: 's("bd*4")._pianoroll()\n  ._scope()\n' })
  await open(page, path)
  await editor(page).click()
  await page.keyboard.press(evaluateKey)
  await heard(page)
  await expectMoving(page, "Piano roll of line 1", "Oscilloscope of line 2")

  // Above what draws: it goes on, though it stands elsewhere.
  await editor(page).click()
  await page.keyboard.press("ControlOrMeta+Home")
  await page.keyboard.type("// four\n")
  await expectMoving(page, "Piano roll of line 2", "Oscilloscope of line 3")

  // One more waits for the code to be taken up.
  await typeAtEnd(page, "._spiral()")
  await expect(visual(page, "Spiral of line 4")).toBeVisible()
  await page.keyboard.press(evaluateKey)
  await expectMoving(page, "Spiral of line 4", "Piano roll of line 2", "Oscilloscope of line 3")

  // Code that does not play leaves what is heard, and its pictures.
  await typeAtEnd(page, ".gain(oops")
  await page.keyboard.press(evaluateKey)
  await expectMoving(page, "Piano roll of line 2", "Oscilloscope of line 3", "Spiral of line 4")

  for (let count = 0; count < 21; count++) await page.keyboard.press("Backspace")
  await expect(visual(page, "Spiral of line 4")).toHaveCount(0)
  await expectMoving(page, "Piano roll of line 2")
})

const read = ['s("bd*4")._pianoroll()', "  ._scope()", "// the end"].join("\n")
const drawn = ["Piano roll of line 1", "Oscilloscope of line 2"] as const

test("code that is read in a transcript shows what it has drawn while it plays", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "Drawn" })
  // Lines that end as on Windows have what they draw in its place, too.
  const after = read.replaceAll("\n", "\r\n")
  const codeChanges = { item_type: "clip", item_id: "kick", project_id: "nowhere", before: "silence", after }
  await client().message.append.mutate({
    sessionId: id,
    messages: [
      { role: "assistant", content: `Like this:\n\n\`\`\`js\n${read}\n\`\`\`\n\nOr quieter.` },
      { role: "assistant", content: "Changed.", codeChanges },
    ],
  })
  await page.goto(`/sessions/${id}`)
  for (const name of ["code 1 of message 0", "kick of message 1"]) {
    await expect(page.getByRole("img", { name: /of line/ })).toHaveCount(0)
    await page.getByRole("button", { name: `Play ${name}` }).click()
    await heard(page)
    await expectMoving(page, ...drawn)
    // The place that they take does not push the code out of sight.
    await expect(page.getByRole("button", { name: `Stop ${name}` })).toBeInViewport()
    await expect(visual(page, drawn[0])).toBeInViewport()
    await expectAccessibleInBothThemes(page)
    await page.getByRole("button", { name: `Stop ${name}` }).click()
    await silent(page)
  }
  await expect(page.getByRole("img", { name: /of line/ })).toHaveCount(0)
})

const block = `\`\`\`js\n${read}\n\`\`\``

test("code that plays again brings nobody back who has scrolled away from it", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "Scrolled" })
  await say(id, ...Array.from({ length: 41 }, (_, index) => (index === 20 ? block : `take ${index}`)))
  await page.goto(`/sessions/${id}?at=20#m-20`)
  await alive(page)
  await page.getByRole("button", { name: "Play code 1 of message 20" }).click()
  await heard(page)
  await expect(visual(page, drawn[1])).toBeInViewport()
  await bar(page).getByRole("button", { name: "Stop", exact: true }).click()
  await silent(page)

  await transcript(page).evaluate((element) => element.scrollTo({ top: 0, behavior: "instant" }))
  await expect(row(page, 40)).toBeInViewport()
  const place = async () => (await row(page, 40).boundingBox())?.y
  const before = await place()
  await bar(page).getByRole("button", { name: "Play", exact: true }).click()
  await heard(page)
  await expect(visual(page, drawn[1])).toBeAttached()
  await tenFrames(page)
  expect(await place()).toBe(before)
  await expect(visual(page, drawn[1])).not.toBeInViewport()
})

test("what code has drawn leaves what is read of a transcript where it is", async ({ page }) => {
  const { id } = await client().session.create.mutate({ name: "Held" })
  await say(id, ...Array.from({ length: 41 }, (_, index) => (index === 20 ? block : `take ${index}`)))
  await page.goto(`/sessions/${id}?at=20#m-20`)
  await alive(page)
  const top = async (index: number) => (await row(page, index).boundingBox())?.y
  const pressInBar = (name: "Play" | "Stop") => bar(page).getByRole("button", { name, exact: true }).click()
  // The bar takes its room first.
  await page.getByRole("button", { name: "Play code 1 of message 20" }).click()
  await heard(page)
  await expect(visual(page, drawn[1])).toBeInViewport()
  await pressInBar("Stop")
  await silent(page)

  await transcript(page).evaluate((element) => element.scrollTo({ top: -element.scrollHeight, behavior: "instant" }))
  await expect(row(page, 0)).toBeAttached()
  // In sight, below what is in sight, and above it.
  for (const read of [20, 0, 40]) {
    await row(page, read).evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }))
    const before = await top(read)
    await pressInBar("Play")
    await heard(page)
    await expect(visual(page, drawn[1])).toBeAttached()
    await tenFrames(page)
    expect(await top(read)).toBe(before)
    await pressInBar("Stop")
    await expect(visual(page, drawn[1])).toHaveCount(0)
    expect(await top(read)).toBe(before)
    await silent(page)
  }
})

test("code of one session that plays is not taken for that of another", async ({ page }) => {
  const { path, ids } = await createSessions(["Alpha", "Beta"])
  for (const id of ids) await say(id, block)
  await openSessions(page, path)
  await page.getByRole("link", { name: "Alpha", exact: true }).click()
  await page.getByRole("button", { name: "Play code 1 of message 0" }).click()
  await heard(page)
  await expect(visual(page, drawn[0])).toBeVisible()

  await page.goBack()
  await page.getByRole("link", { name: "Beta", exact: true }).click()
  await alive(page)
  await expect(page.getByRole("button", { name: "Play code 1 of message 0" })).toBeVisible()
  await expect(page.getByRole("img", { name: /of line/ })).toHaveCount(0)
  await expect(bar(page).getByRole("button", { name: "Stop", exact: true })).toBeVisible()
})

test("the stage shows what the code of the section has drawn, and nothing of it moves for that", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  const projectId = await makeClips({ drawn: read })
  await client().song.create.mutate({ projectId, id: "night", name: "Night", clipIds: ["drawn"] })
  await page.goto(`/projects/${projectId}/songs/night/stage`)
  const stage = page.getByRole("region", { name: "Stage: Night" })
  await expect(stage.locator("[data-editor=ready]")).toBeVisible({ timeout: 20_000 })
  for (const name of drawn) await expect(visual(page, name)).toBeVisible()
  const place = await lastLine(page)
  const fits = () =>
    stage.evaluate((each) => [each, ...each.children].every((part) => part.scrollHeight <= part.clientHeight + 1))
  expect(await fits()).toBe(true)
  await page.keyboard.press("Space")
  await heard(page)
  await expectMoving(page, ...drawn)
  expect([await lastLine(page), await fits()]).toEqual([place, true])
})
