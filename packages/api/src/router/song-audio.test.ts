import type { SongEar } from "@strudel-agent/library/song-audio"
import { afterAll, beforeAll, expect, it, vi } from "vitest"
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
const enter: SongEar["enter"] = async () => () => {}
const listening = (listen: Listen, turn = enter) =>
  createCaller({ ...test.context, measuresAudio: true, songListener: { enter: turn, listen } })

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
})

it("whoever hangs up ends what is rendered for them", async () => {
  const leaving = new AbortController()
  let told: AbortSignal | undefined
  const caller = createCaller(
    {
      ...test.context,
      songListener: {
        enter,
        listen: (_, signal) =>
          new Promise((_resolve, reject) => {
            told = signal
            signal.addEventListener("abort", () => reject(signal.reason))
            leaving.abort()
          }),
      },
    },
    { signal: leaving.signal },
  )
  await expect(caller.song.audio(key)).rejects.toThrow()
  expect(told?.aborted).toBe(true)
})

const songOf = async (id: string, body: string, clipIds: string[]) => {
  await test.caller.song.create({ projectId: "house", id, name: id, body, clipIds })
  return { projectId: "house", id }
}

it("a section of two bars and a half is heard", async () => {
  const halves = await songOf("halves", "## Break (2.5 bars)\n\n- [kick](../clips/kick.js)\n", ["kick"])
  const jobs: Parameters<Listen>[0][] = []
  const caller = listening(async (job) => {
    jobs.push(job)
    return heard
  })
  expect((await caller.song.audio(halves)).sections).toMatchObject([{ problem: null, seconds: 5 }])
  expect(jobs.map(({ cycles, haps }) => [cycles, haps.length])).toEqual([[2.5, 10]])
})

it("sections of other lengths that sound the same as far as they are heard are rendered once", async () => {
  const body = [8, 16, 32].map((bars) => `## Part (${bars} bars)\n\n- [kick](../clips/kick.js)\n`).join("\n")
  const long = await songOf("same", body, ["kick", "kick", "kick"])
  let times = 0
  const caller = listening(async () => {
    times++
    return heard
  })
  expect((await caller.song.audio(long)).sections).toHaveLength(3)
  expect(times).toBe(1)
})

it("a section with more events than are listened to says so", async () => {
  for (const id of ["many", "more"]) {
    await test.caller.clip.create({ projectId: "house", id, name: id, code: 's("hh*2000")' })
  }
  const full = await songOf("full", "", ["many"])
  const { sections } = await listening(async () => heard).song.audio(full)
  expect(sections.map(({ problem }) => problem)).toEqual([null])
  const body = "## Both (6 bars)\n\n- [many](../clips/many.js)\n- [more](../clips/more.js)\n"
  const fuller = await songOf("fuller", body, ["many", "more"])
  const both = await listening(async () => heard).song.audio(fuller)
  expect(both.sections.map(({ problem }) => problem)).toEqual(["It plays more events than are listened to"])
})

it("once a song's time is over, the sections that are left say so, and the others are heard", async () => {
  const body = ["kick", "hats", "kick"].map((id) => `## ${id} (4 bars)\n\n- [${id}](../clips/${id}.js)\n`).join("\n")
  const slow = await songOf("slow", body, ["kick", "hats", "kick"])
  const over = new AbortController()
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => over.signal)
  let times = 0
  const { sections } = await listening(async (_, signal) => {
    if (++times === 1) return heard
    over.abort(new DOMException("late", "TimeoutError"))
    signal.throwIfAborted()
    return heard
  })
    .song.audio(slow)
    .finally(() => timeout.mockRestore())
  // What sounds like one that was heard was heard, too.
  expect(sections.map(({ audio }) => audio !== null)).toEqual([true, false, true])
  expect(sections.map(({ begin }) => begin)).toEqual([0, 8, 16])
  expect(sections[1]?.problem).toContain("took all the time")
})

it("whoever waits too long for others' songs is told so, and holds no place", async () => {
  const over = new AbortController()
  const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => over.signal)
  const waiting: SongEar["enter"] = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason))
      over.abort()
    })
  const asked = listening(async () => heard, waiting).song.audio(key)
  expect((await failureOfCall(asked)).reason).toBe("ANALYSER_BUSY")
  timeout.mockRestore()
})
