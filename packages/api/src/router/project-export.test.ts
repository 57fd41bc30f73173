import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { asBytes, folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
let folder: ReturnType<typeof folderCaller>
beforeAll(async () => {
  test = await createTestCaller()
  folder = folderCaller(test)
})
afterAll(() => test.close())

const files = {
  "index.md": "# House\r\n\r\nFour on the floor.",
  "clips/kick.js": '//{"tempo": 124, "tags": ["a",],}\r\nsound("bd*4")',
  "clips/Über Hat.js": "// Dirty Hat\nsound('hh*8')\n",
  "songs/sunset.md": "# Sunset\n\nSlow.\n\n* [k](../clips/kick.js)\n* [ghost](../clips/ghost.js)\n* [k](clip:kick)\n",
  "playlists/friday.md": "1. [Sunset](../songs/sunset.md)\n",
  "surfaces/pad.yaml": "a: 1",
  "assets/noise.bin": new Uint8Array([0, 255, 10, 13]),
}

it.each([1, 3, 50])("gives every file back as it was, in pages of %i", async (limit) => {
  await folder.outcomes("whole", files)
  expect(await folder.exportAll("whole", limit)).toEqual(asBytes(files))
})

it("changes only the file whose item was edited, and only what was edited in it", async () => {
  await folder.outcomes("edited", files)
  await test.caller.clip.update({ projectId: "edited", id: "kick", code: 'sound("bd*8")' })
  const expected = { ...files, "clips/kick.js": files["clips/kick.js"].replace("bd*4", "bd*8") }
  expect(await folder.exportAll("edited")).toEqual(asBytes(expected))
  await test.caller.song.setClips({ projectId: "edited", id: "sunset", clipIds: ["kick"] })
  const song = (await folder.exportAll("edited"))["songs/sunset.md"]?.toString() ?? ""
  expect(song).toContain("[ghost](../clips/ghost.js)")
  expect(song.match(/\[k\]/g)).toHaveLength(1)
})

it("gives an edit that was taken back as the file was", async () => {
  await folder.outcomes("back", files)
  const { code } = await test.caller.clip.byId({ projectId: "back", id: "kick" })
  await test.caller.clip.update({ projectId: "back", id: "kick", code: "silence" })
  await test.caller.clip.update({ projectId: "back", id: "kick", code })
  expect(await folder.exportAll("back")).toEqual(asBytes(files))
})

it("leaves a link that was written in the library and leads nowhere", async () => {
  await folder.outcomes("written", files)
  const { body } = await test.caller.song.byId({ projectId: "written", id: "sunset" })
  const edited = `${body}\n\nOne day: [tuba](clip:tuba) and [ghost](../clips/ghost.js).`
  await test.caller.song.update({ projectId: "written", id: "sunset", body: edited })
  const song = (await folder.exportAll("written"))["songs/sunset.md"]?.toString()
  expect(song).toBe(`${files["songs/sunset.md"].trimEnd() + edited.slice(body.length)}\n`)
})

it("leaves out the link to a clip that was taken out of the song and deleted", async () => {
  await folder.outcomes("taken-out", files)
  await test.caller.song.setClips({ projectId: "taken-out", id: "sunset", clipIds: [] })
  await test.caller.clip.delete({ projectId: "taken-out", id: "kick" })
  const exported = await folder.exportAll("taken-out")
  expect(Object.keys(exported)).not.toContain("clips/kick.js")
  expect(exported["songs/sunset.md"]?.toString()).not.toContain("kick")
})

it("prints what was made in the library so that an import finds nothing new", async () => {
  const projectId = "made"
  await test.caller.project.create({ id: projectId, name: "Made here", description: "By hand." })
  for (const id of ["kick", "aux"]) {
    await test.caller.clip.create({ projectId, id, name: `The ${id}`, code: 's("bd")', metadata: { bpm: 120 } })
  }
  await test.caller.song.create({
    projectId,
    id: "sunset",
    name: "Sunset",
    body: "Slow.",
    clipIds: ["kick", "aux", "kick"],
  })
  await test.caller.playlist.create({ projectId, id: "friday", name: "Friday", songIds: ["sunset"] })
  const exported = await folder.exportAll(projectId)
  expect(Object.keys(exported).sort()).toEqual([
    "clips/_aux.js",
    "clips/kick.js",
    "index.md",
    "playlists/friday.md",
    "songs/sunset.md",
  ])
  expect(exported["index.md"]?.toString()).toBe("# Made here\n\nBy hand.\n")
  for (const round of [1, 2]) {
    const imported = await folder.importAll(projectId, exported)
    expect(
      imported.map(({ outcome, why }) => ({ outcome, why })),
      `import ${round}`,
    ).toEqual(imported.map(() => ({ outcome: "unchanged", why: undefined })))
    expect(await folder.exportAll(projectId)).toEqual(exported)
  }
  expect((await test.caller.clip.list({ projectId })).items).toHaveLength(2)
})

it("writes no path twice, neither for an item beside a kept file of its name nor for index.md", async () => {
  const huge = " ".repeat(262_145)
  const long = `# Long\n\n${"x".repeat(1_048_577)}`
  await folder.outcomes("beside", { "clips/Kick.js": huge, "index.md": long })
  await test.caller.clip.create({ projectId: "beside", id: "kick", name: "Kick", code: "silence" })
  await test.caller.project.update({ id: "beside", name: "Renamed" })
  const exported = await folder.exportAll("beside")
  expect(Object.keys(exported).sort()).toEqual(["clips/Kick.js", "clips/kick-2.js", "index.md"])
  expect(exported["index.md"]?.toString()).toBe(long)
})

it("reads on behind a path of a thousand bytes", async () => {
  const deep = (letter: string) => `${`${letter.repeat(80)}/`.repeat(6)}x.txt`
  const long = { [deep("ü")]: "1", [deep("ö")]: "2", [deep("ä")]: "3" }
  await folder.outcomes("deep", long)
  expect(await folder.exportAll("deep", 1)).toEqual(asBytes(long))
})

it("says that a project is not there, or a cursor none of its own", async () => {
  const call = (input: object) => failureOfCall(test.caller.project.exportFiles({ projectId: "whole", ...input }))
  expect((await call({ projectId: "nowhere" })).reason).toBe("PROJECT_NOT_FOUND")
  expect(await call({ cursor: "nonsense" })).toMatchObject({
    reason: "BAD_INPUT",
    fields: { cursor: expect.any(String) },
  })
})
