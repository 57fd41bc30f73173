import type { SongEar } from "@strudel-agent/library/song-audio"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { heard } from "../testing/heard.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const key = { projectId: "house", id: "night" }
beforeAll(async () => {
  test = await createTestCaller()
  const make = (id: string, code: string) => test.caller.clip.create({ projectId: "house", id, name: id, code })
  await make("kick", 'setcpm(30)\ns("bd*4")')
  await make("hats", 's("hh*16")')
  await make("broken", "s(")
  const body =
    "## Intro (4 bars)\n\n- [kick](../clips/kick.js)\n\n## Groove (16 bars)\n\n- [kick](../clips/kick.js)\n- [hats](../clips/hats.js)\n\n## Outro (4 bars)\n\n- [kick](../clips/kick.js)\n"
  await test.caller.song.create({ ...key, name: "Night", body, clipIds: ["kick", "kick", "hats", "kick"] })
})
afterAll(() => test.close())

type Listen = SongEar["listen"]
const listening = (listen: Listen) => createCaller({ ...test.context, measuresAudio: true, listen })

it("a song is heard section by section, and what plays twice is rendered once", async () => {
  const jobs: Parameters<Listen>[0][] = []
  const caller = listening(async (job) => {
    jobs.push(job)
    const full = job.haps.some(({ sound }) => sound === "hh")
    return { ...heard, loudness: full ? -10 : -20, peak: full ? -0.5 : -6, onsets: full ? 10 : 2 }
  })
  const song = await caller.song.audio(key)
  expect(jobs.map(({ cps, cycles, haps }) => [cps, cycles, haps.length])).toEqual([
    [0.5, 4, 16],
    [0.5, 6, 6 * (4 + 16)],
  ])
  expect(jobs[1]?.haps.map(({ begin }) => begin)).toEqual(
    jobs[1]?.haps.map(({ begin }) => begin).sort((one, other) => one - other),
  )
  expect(song).toMatchObject({
    ...{ version: 1, state: "measured", seconds: 48, loudness: -11.5, peak: -0.5 },
    sections: [
      { name: "Intro", begin: 0, seconds: 8, changes: [], problem: null },
      { name: "Groove", begin: 8, seconds: 32, changes: ["loudness up 10 dB", "busier"] },
      { name: "Outro", begin: 40, seconds: 8, changes: ["loudness down 10 dB", "sparser"] },
    ],
  })
})

it("a section that does not play says so, and the others are heard", async () => {
  const broken = { projectId: "house", id: "broken" }
  await test.caller.song.create({ ...broken, name: "Broken", clipIds: ["kick", "broken"] })
  const { sections } = await listening(async () => heard).song.audio(broken)
  expect(sections.map(({ problem, audio }) => [problem, audio !== null])).toEqual([
    [null, true],
    ["broken does not play", false],
  ])
})

it("a song that cannot be heard says why", async () => {
  expect(await test.caller.song.audio(key)).toMatchObject({ state: "off", sections: [] })
  const listen = async () => heard
  expect((await failureOfCall(listening(listen).song.audio({ ...key, id: "nothing" }))).reason).toBe("SONG_NOT_FOUND")
  await test.caller.song.create({ projectId: "house", id: "empty", name: "Empty", clipIds: [] })
  expect(await listening(listen).song.audio({ ...key, id: "empty" })).toMatchObject({ state: "none", sections: [] })

  const ids = Array.from({ length: 25 }, (_, place) => `part-${place}`)
  for (const id of ids) await test.caller.clip.create({ projectId: "long", id, name: id, code: 's("bd")' })
  await test.caller.song.create({ projectId: "long", id: "long", name: "Long", clipIds: ids })
  const failure = await failureOfCall(listening(listen).song.audio({ projectId: "long", id: "long" }))
  expect(failure).toMatchObject({
    reason: "SONG_TOO_LONG",
    message: "The song has 25 sections that differ, and at most 24 are listened to.",
  })
})

it("whoever hangs up ends what is rendered for them", async () => {
  const leaving = new AbortController()
  let told: AbortSignal | undefined
  const caller = createCaller(
    {
      ...test.context,
      listen: (_, signal) =>
        new Promise((_resolve, reject) => {
          told = signal
          signal.addEventListener("abort", () => reject(signal.reason))
          leaving.abort()
        }),
    },
    { signal: leaving.signal },
  )
  await expect(caller.song.audio(key)).rejects.toThrow()
  expect(told?.aborted).toBe(true)
})
