import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const projectId = "house"
beforeAll(async () => {
  test = await createTestCaller()
  for (const [id, bpm] of Object.entries({ kick: 120, bass: 124, pad: 90 })) {
    await test.caller.clip.create({ projectId, id, name: id.toUpperCase(), code: "silence", metadata: { bpm } })
  }
})
afterAll(() => test.close())

describe("an order of parts", () => {
  it("is not overwritten by one who started from another state", async () => {
    const key = { projectId, id: "contested" }
    const song = await test.caller.song.create({ ...key, name: "Contested", clipIds: ["kick"] })
    const expectedUpdatedAt = song.updatedAt
    const first = await test.caller.song.setClips({ ...key, clipIds: ["kick", "bass"], expectedUpdatedAt })
    const late = test.caller.song.setClips({ ...key, clipIds: ["pad"], expectedUpdatedAt })
    expect((await failureOfCall(late)).reason).toBe("SONG_CHANGED")
    expect((await test.caller.song.byId(key)).clipIds).toEqual(["kick", "bass"])
    const aware = { ...key, clipIds: ["pad"], expectedUpdatedAt: first.updatedAt }
    expect((await test.caller.song.setClips(aware)).clipIds).toEqual(["pad"])
    expect((await test.caller.song.setClips({ ...key, clipIds: [] })).clipIds).toEqual([])
  })

  it("goes to one of several who write at the same moment", async () => {
    const key = { projectId, id: "race" }
    await test.caller.song.create({ ...key, name: "Song" })
    const { updatedAt: expectedUpdatedAt } = await test.caller.playlist.create({ ...key, name: "List" })
    // Each of them changes something: one that leaves the list as it is would leave it to another, too.
    const outcomes = await Promise.allSettled(
      [["race"], ["race", "race"], ["race", "race", "race"], ["race"]].map((songIds) =>
        test.caller.playlist.setSongs({ ...key, songIds, expectedUpdatedAt }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    const rest = test.caller.playlist.update({ ...key, name: "Late", expectedUpdatedAt })
    expect((await failureOfCall(rest)).reason).toBe("PLAYLIST_CHANGED")
  })

  it("moves the moment of the last change, each time on, unless nothing changes", async () => {
    const key = { projectId, id: "moments" }
    const moments = [(await test.caller.song.create({ ...key, name: "Moments" })).updatedAt]
    await sleep(2)
    for (const clipIds of [["kick"], [], ["bass"]]) {
      moments.push((await test.caller.song.setClips({ ...key, clipIds })).updatedAt)
    }
    expect(new Set(moments).size).toBe(moments.length)
    expect([...moments].sort()).toEqual(moments)
    expect((await test.caller.song.setClips({ ...key, clipIds: ["bass"] })).updatedAt).toBe(moments.at(-1))
  })

  it("tells the tempo that a playlist's songs begin and end with", async () => {
    await test.caller.song.create({ projectId, id: "rise", name: "Rise", clipIds: ["pad", "kick", "bass"] })
    await test.caller.song.create({ projectId, id: "rest", name: "Rest" })
    const key = { projectId, id: "tempi" }
    await test.caller.playlist.create({ ...key, name: "Tempi", songIds: ["rise", "rest"] })
    expect((await test.caller.playlist.byId(key)).songs).toMatchObject([
      { id: "rise", firstBpm: 90, lastBpm: 124, clipIds: ["pad", "kick", "bass"] },
      { id: "rest", firstBpm: null, lastBpm: null },
    ])
  })
})

describe("a text that lists the parts", () => {
  const body = "Slowly.\n\n## Door\n\n- [Kick](../clips/kick.js)\n- [Bass](clip:bass)\n\n## Out\n\n- [Kick](clip:kick)"

  it("keeps listing them after they were arranged, and so does the exported file", async () => {
    const { importAll, exportAll } = folderCaller(test)
    const files = {
      "clips/kick.js": "s('bd')\n",
      "clips/bass.js": "s('bass')\n",
      "songs/evening.md": `# Evening\n\n${body}\n`,
    }
    await importAll("export", files)
    const key = { projectId: "export", id: "evening" }
    const arranged = await test.caller.song.setClips({ ...key, clipIds: ["bass", "kick", "kick", "bass"] })
    expect(arranged.body.match(/\((?:clip:|\.\.\/clips\/)(?:kick|bass)/g)?.map((link) => link.slice(-4))).toEqual([
      "bass",
      "kick",
      "kick",
      "bass",
    ])
    expect(arranged.body).toContain("## Out")
    const exported = await exportAll("export")
    expect(exported["songs/evening.md"]?.toString()).toBe(`# Evening\n\n${arranged.body}\n`)
    await importAll("again", Object.fromEntries(Object.entries(exported)))
    expect((await test.caller.song.byId({ ...key, projectId: "again" })).clipIds).toEqual(arranged.clipIds)
    const back = await test.caller.song.setClips({ ...key, clipIds: ["kick", "bass", "kick"] })
    expect(back.clipIds).toEqual(["kick", "bass", "kick"])
  })

  it("is left alone where it lists something else, or is given itself", async () => {
    const key = { projectId, id: "notes" }
    await test.caller.song.create({ ...key, name: "Notes", body: "See [Kick](clip:kick).", clipIds: ["bass"] })
    expect((await test.caller.song.setClips({ ...key, clipIds: ["pad"] })).body).toBe("See [Kick](clip:kick).")
    await test.caller.song.update({ ...key, body: "- [P](clip:pad)" })
    const both = await test.caller.song.update({ ...key, body: "Plain.", clipIds: ["kick"] })
    expect(both).toMatchObject({ body: "Plain.", clipIds: ["kick"] })
    expect((await test.caller.song.setClips({ ...key, clipIds: ["pad"] })).body).toBe("Plain.")
  })

  it("lists the songs of a playlist likewise, added ones by their names", async () => {
    const key = { projectId, id: "tonight" }
    for (const [id, name] of Object.entries({ dawn: "Dawn", dusk: "Dusk [live]" })) {
      await test.caller.song.create({ projectId, id, name })
    }
    await test.caller.playlist.create({ ...key, name: "Tonight", body: "1. [Dawn](song:dawn)", songIds: ["dawn"] })
    const { body } = await test.caller.playlist.setSongs({ ...key, songIds: ["dawn", "dusk"] })
    expect(body).toBe("1. [Dawn](song:dawn)\n2. [Dusk \\[live\\]](song:dusk)")
  })
})

describe("lists", () => {
  it("come by name, page by page", async () => {
    for (const name of ["Cello", "Alto", "Bass"]) {
      const id = name.toLowerCase()
      await test.caller.project.create({ id: `by-name-${id}`, name: `By name ${name}` })
      await test.caller.song.create({ projectId: "by-name", id, name })
      await test.caller.playlist.create({ projectId: "by-name", id, name })
    }
    const pages = async (
      list: (cursor: string | null | undefined) => Promise<{ items: { name: string }[]; nextCursor: string | null }>,
    ) => {
      const names: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await list(cursor)
        names.push(...page.items.map(({ name }) => name))
        cursor = page.nextCursor
      }
      return names
    }
    const input = { projectId: "by-name", sort: "name", limit: 2 } as const
    expect(await pages((cursor) => test.caller.song.list({ ...input, cursor }))).toEqual(["Alto", "Bass", "Cello"])
    expect(await pages((cursor) => test.caller.playlist.list({ ...input, cursor }))).toEqual(["Alto", "Bass", "Cello"])
    expect(
      await pages((cursor) => test.caller.project.list({ q: "by name ", sort: "name", limit: 2, cursor })),
    ).toEqual(["By name Alto", "By name Bass", "By name Cello"])
  })
})

describe("a project's description", () => {
  it("is not overwritten by one who started from another state", async () => {
    const { id, updatedAt: expectedUpdatedAt } = await test.caller.project.create({ id: "told", name: "Told" })
    const first = await test.caller.project.update({ id, description: "one", expectedUpdatedAt })
    const late = test.caller.project.update({ id, description: "two", expectedUpdatedAt })
    expect((await failureOfCall(late)).reason).toBe("PROJECT_CHANGED")
    const aware = { id, name: "Retold", expectedUpdatedAt: first.updatedAt }
    expect(await test.caller.project.update(aware)).toMatchObject({ name: "Retold", description: "one" })
  })
})
