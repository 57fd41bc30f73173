import { readFile } from "node:fs/promises"
import type { Download, Page } from "@playwright/test"
import { parseMidi } from "midi-file"
import { client } from "./clip-steps.ts"
import { expect, expectAccessible, test } from "./page-check.ts"
import { bar, heard, makeClips, play, stopKey } from "./player-steps.ts"
import { onsetsOf, peakOf, readWav } from "./wav-reading.ts"

const beat = 'setcpm(60)\nstack(s("sbd*2"), note("c3 e3").s("triangle").gain(.3))'

const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name: `Export ${name}` })

async function openFromClip(page: Page, projectId: string) {
  await page.goto(`/projects/${projectId}/clips/beat`)
  await page.getByRole("button", { name: "More about The beat" }).click()
  await page.getByRole("menuitem", { name: "Export…" }).click()
  await expect(dialogOf(page, "The beat")).toBeVisible()
}

async function fileAfter(page: Page, press: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), press()])
  return { name: download.suggestedFilename(), content: await readFile(await pathOf(download)) }
}

const pathOf = (download: Download): Promise<string> => download.path()

test("a clip is exported as sound, as notes and as a link", async ({ page }) => {
  const projectId = await makeClips({ beat })
  await openFromClip(page, projectId)
  const dialog = dialogOf(page, "The beat")
  await expectAccessible(page)
  await dialog.getByLabel("Cycles").fill("0")
  await expect(dialog.getByRole("alert")).toHaveText("A whole number from 1 to 4,096.")
  await expect(dialog.getByRole("button", { name: /^WAV/ })).toBeDisabled()
  await dialog.getByLabel("Cycles").fill("4")

  const sound = await fileAfter(page, () => dialog.getByRole("button", { name: /^WAV/ }).click())
  expect(sound.name).toBe("The beat.wav")
  const wav = readWav(sound.content)
  // Four cycles of a second, after whose end nothing rings.
  expect(wav.mono.length / wav.sampleRate).toBeCloseTo(4, 1)
  expect(peakOf(wav)).toBeGreaterThan(0.05)
  expect(onsetsOf(wav, { level: 0.02 })[0]).toBeLessThan(0.05)

  const notes = await fileAfter(page, () => dialog.getByRole("button", { name: /^MIDI/ }).click())
  expect(notes.name).toBe("The beat.mid")
  const { tracks } = parseMidi(notes.content)
  const keys = tracks.map((track) => track.flatMap((event) => (event.type === "noteOn" ? [event.noteNumber] : [])))
  expect(keys).toEqual([[], Array(8).fill(36), [48, 52, 48, 52, 48, 52, 48, 52]])

  await expect(dialog.getByRole("link", { name: /Open in strudel.cc/ })).toHaveAttribute(
    "href",
    `https://strudel.cc/#${encodeURIComponent(Buffer.from(beat).toString("base64"))}`,
  )
})

test("a loop without a seam is as long as its cycles, and what is limited and silent in it is told", async ({
  page,
}) => {
  const code = 'setcpm(60)\nstack(s("sbd").room(.5).roomsize(3600), note("c3 e3").s("triangle").gain("1 0"))'
  const projectId = await makeClips({ beat: code })
  await openFromClip(page, projectId)
  const dialog = dialogOf(page, "The beat")
  await dialog.getByLabel("Cycles").fill("2")
  await dialog.getByLabel("End of the WAV").selectOption("Seamless loop")
  const sound = await fileAfter(page, () => dialog.getByRole("button", { name: /^WAV/ }).click())
  const wav = readWav(sound.content)
  expect(wav.mono.length / wav.sampleRate).toBe(2)
  await expect(
    page.getByText("The beat.wav is written. “The beat” plays within limits: roomsize 10 instead of 3600."),
  ).toBeVisible()
  const notes = await fileAfter(page, () => dialog.getByRole("button", { name: /^MIDI/ }).click())
  const { tracks } = parseMidi(notes.content)
  const struck = tracks.flatMap((track) =>
    track.flatMap((event) => (event.type === "noteOn" ? [[event.noteNumber, event.velocity]] : [])),
  )
  expect(struck).toEqual([...[36, 36].map((key) => [key, 100]), ...[48, 48].map((key) => [key, 125])])
})

test("page, bar and MIDI tell the one tempo of what a clip's code sets and its metadata tell", async ({ page }) => {
  const projectId = await makeClips({ beat: 'setcps(138/60)\ns("sbd")' })
  await client().clip.update.mutate({ projectId, id: "beat", metadata: { bpm: 138 } })
  await page.goto(`/projects/${projectId}/clips/beat`)
  await expect(page.getByText("138 bpm", { exact: true })).toBeVisible()
  await play(page, "The beat")
  await heard(page)
  const tempo = bar(page).getByLabel("Tempo in beats per minute")
  await expect(tempo).toHaveValue("138")
  await page.keyboard.press(stopKey)
  await page.getByRole("button", { name: "More about The beat" }).click()
  await page.getByRole("menuitem", { name: "Export…" }).click()
  const notes = await fileAfter(page, () => dialogOf(page, "The beat").getByRole("button", { name: /^MIDI/ }).click())
  const { header, tracks } = parseMidi(notes.content)
  const tempos = tracks.flat().flatMap((event) => (event.type === "setTempo" ? [event.microsecondsPerBeat] : []))
  expect(tempos).toEqual([Math.round(60_000_000 / 138)])
  let tick = 0
  const struck = (tracks[1] ?? []).flatMap((event) => {
    tick += event.deltaTime
    return event.type === "noteOn" ? [tick / (header.ticksPerBeat ?? 0)] : []
  })
  expect(struck).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test("computing a long sound tells how far it is, and is cancelled", async ({ page }) => {
  const projectId = await makeClips({ beat })
  await openFromClip(page, projectId)
  const dialog = dialogOf(page, "The beat")
  await dialog.getByLabel("Cycles").fill("512")
  await dialog.getByRole("button", { name: /^WAV/ }).click()
  const progress = dialog.getByRole("progressbar", { name: "Computing the sound" })
  await expect.poll(() => progress.getAttribute("value").then(Number), { timeout: 30_000 }).toBeGreaterThan(0)
  await dialog.getByRole("button", { name: "Cancel" }).click()
  await expect(progress).toHaveCount(0)
  await expect(dialog.getByRole("button", { name: /^WAV/ })).toBeEnabled()
})

test("a song is exported as long as it is, each section where it begins, and as one piece of code", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const projectId = await makeClips({ kick: 'setcpm(60)\ns("sbd")', lead: 'setcpm(60)\nnote("c4").s("sine")' })
  const body = "## One (2 bars)\n\n- [K](clip:kick)\n\n## Two (1.5 bars)\n\n- [K](clip:kick)\n- [L](clip:lead)\n"
  await client().song.create.mutate({ projectId, id: "night", name: "Night", body, clipIds: ["kick", "kick", "lead"] })
  await page.goto(`/projects/${projectId}/songs/night`)
  await page.getByRole("button", { name: "Export this song" }).click()
  const dialog = dialogOf(page, "Night")
  await expect(dialog.getByLabel("Cycles")).toHaveValue("4")
  const { content } = await fileAfter(page, () => dialog.getByRole("button", { name: /^MIDI/ }).click())
  const { tracks } = parseMidi(content)
  const begins = tracks.map((track) => {
    let tick = 0
    return track.flatMap((event) => {
      tick += event.deltaTime
      return event.type === "noteOn" ? [tick / 3840] : []
    })
  })
  expect(begins).toEqual([[], [0, 1, 2, 3], [2, 3]])

  const sound = await fileAfter(page, () => dialog.getByRole("button", { name: /^WAV/ }).click())
  expect(sound.name).toBe("Night.wav")
  const wav = readWav(sound.content)
  // Three and a half bars of a second, in whose half the last note begins, which is a bar long.
  expect(wav.mono.length / wav.sampleRate).toBeCloseTo(4, 1)
  expect(peakOf(wav)).toBeGreaterThan(0.05)

  await dialog.getByRole("button", { name: /^Copy the code/ }).click()
  await expect(page.getByText("The code is copied.")).toBeVisible()
  const code = await page.evaluate(() => navigator.clipboard.readText())
  expect(code).toContain("  [2, clipKick], // One\n  [1.5, stack(clipKick, clipLead)], // Two\n")
  await expect(dialog.getByRole("link", { name: /Open in strudel.cc/ })).toHaveAttribute(
    "href",
    `https://strudel.cc/#${encodeURIComponent(Buffer.from(code).toString("base64"))}`,
  )
})
