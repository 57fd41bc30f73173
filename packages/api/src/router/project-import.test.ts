import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { type Folder, folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
let folder: ReturnType<typeof folderCaller>
beforeAll(async () => {
  test = await createTestCaller()
  folder = folderCaller(test)
})
afterAll(() => test.close())

const kick = '// {"name":"Kick","tempo":124}\nsound("bd*4")\n'
const loud = '// {"name":"Kick","tempo":124}\nsound("bd*4").gain(2)\n'
const soft = '// {"name":"Kick","tempo":124}\nsound("bd*4").gain(.2)\n'
const codeOf = async (projectId: string, id = "kick") => (await test.caller.clip.byId({ projectId, id })).code

describe("between a folder and the library", () => {
  it("makes what is not there, and nothing the second time", async () => {
    const files = {
      "index.md": "# House\n\nFour on the floor.\n",
      "clips/kick.js": kick,
      "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n",
      "playlists/friday.md": "# Friday\n\n1. [Sunset](song:sunset)\n",
      "notes.txt": "buy cables",
    }
    const all = (outcome: string) => Object.fromEntries(Object.keys(files).map((path) => [path, outcome]))
    expect(await folder.outcomes("first", files)).toEqual({ ...all("created"), "notes.txt": "kept" })
    expect(await folder.outcomes("first", files)).toEqual(all("unchanged"))
    expect(await test.caller.project.byId({ id: "first" })).toMatchObject({
      name: "House",
      description: "Four on the floor.",
      clipCount: 1,
    })
    const clip = await test.caller.clip.byId({ projectId: "first", id: "kick" })
    expect(clip).toMatchObject({ name: "Kick", metadata: { bpm: 124 }, version: 1 })
    expect((await test.caller.playlist.byId({ projectId: "first", id: "friday" })).songIds).toEqual(["sunset"])
  })

  it("keeps a file of a path as long as it may be, and refuses a longer one by its field", async () => {
    const pathOf = (length: number) => `${"folder/".repeat(140)}${"x".repeat(length - 980)}`
    for (const length of [1000, 1001, 1024]) {
      const path = pathOf(length)
      expect(await folder.outcomes("long-paths", { [path]: "kept" })).toEqual({ [path]: "kept" })
      expect(await folder.outcomes("long-paths", { [path]: "kept" })).toEqual({ [path]: "unchanged" })
    }
    expect(await failureOfCall(folder.outcomes("long-paths", { [pathOf(1025)]: "kept" }))).toMatchObject({
      reason: "BAD_INPUT",
      fields: { "files.0.path": "at most 1,024 bytes, not at least 1,025 bytes" },
    })
  })

  it("takes what only the folder changed as a further version", async () => {
    await folder.outcomes("folder-edit", { "clips/kick.js": kick })
    expect(await folder.outcomes("folder-edit", { "clips/kick.js": loud })).toEqual({ "clips/kick.js": "updated" })
    expect(await test.caller.clip.byId({ projectId: "folder-edit", id: "kick" })).toMatchObject({
      version: 2,
      code: 'sound("bd*4").gain(2)\n',
    })
  })

  it("leaves what only the library changed, unless the file is to win", async () => {
    await folder.outcomes("library-edit", { "clips/kick.js": kick })
    await test.caller.clip.update({ projectId: "library-edit", id: "kick", code: "silence" })
    const [file] = await folder.importAll("library-edit", { "clips/kick.js": kick })
    expect(file).toMatchObject({ outcome: "unchanged", why: expect.stringContaining("library") })
    expect(await codeOf("library-edit")).toBe("silence")
    const overwritten = await folder.outcomes("library-edit", { "clips/kick.js": kick }, { overwrite: true })
    expect(overwritten).toEqual({ "clips/kick.js": "updated" })
    expect(await codeOf("library-edit")).toBe('sound("bd*4")\n')
  })

  it("skips what both changed, unless the file is to win", async () => {
    await folder.outcomes("both-edit", { "clips/kick.js": kick })
    await test.caller.clip.update({ projectId: "both-edit", id: "kick", code: "silence" })
    const [file] = await folder.importAll("both-edit", { "clips/kick.js": loud })
    expect(file).toMatchObject({ outcome: "skipped", why: expect.stringContaining("in the folder and in the library") })
    expect(await codeOf("both-edit")).toBe("silence")
    await folder.outcomes("both-edit", { "clips/kick.js": loud }, { overwrite: true })
    expect(await codeOf("both-edit")).toBe('sound("bd*4").gain(2)\n')
  })

  it("knows its own export again, and takes what is then changed in it", async () => {
    await folder.outcomes("again", { "clips/kick.js": kick })
    await test.caller.clip.update({ projectId: "again", id: "kick", code: 'sound("bd*4").gain(.5)\n' })
    const exported = await folder.exportAll("again")
    expect(await folder.outcomes("again", exported)).toEqual({ "clips/kick.js": "unchanged" })
    expect(await folder.outcomes("again", { "clips/kick.js": soft })).toEqual({ "clips/kick.js": "updated" })
  })

  it("does not let a file take the place of what was made in the library", async () => {
    await test.caller.clip.create({ projectId: "made", id: "kick", name: "Kick", code: "silence" })
    const [file] = await folder.importAll("made", { "clips/kick.js": kick })
    expect(file).toMatchObject({ outcome: "skipped", why: expect.stringContaining("of this id") })
    expect(await folder.outcomes("made", { "clips/kick.js": kick }, { overwrite: true })).toEqual({
      "clips/kick.js": "updated",
    })
  })

  it("makes an item again that was deleted in the library", async () => {
    await folder.outcomes("deleted", { "clips/kick.js": kick })
    await test.caller.clip.delete({ projectId: "deleted", id: "kick" })
    expect(await folder.outcomes("deleted", { "clips/kick.js": kick })).toEqual({ "clips/kick.js": "created" })
  })
})

describe("a dry run", () => {
  it("says what would happen, and does nothing", async () => {
    await folder.outcomes("dry", { "clips/kick.js": kick })
    const files = { "clips/kick.js": loud, "clips/hat.js": 's("hh*8")', "index.md": "# Dry\n", "a.txt": "a" }
    const foreseen = await folder.importAll("dry", files, { dryRun: true })
    expect(await codeOf("dry")).toBe('sound("bd*4")\n')
    expect(await folder.exportAll("dry")).toEqual({ "clips/kick.js": Buffer.from(kick) })
    expect(foreseen).toEqual(await folder.importAll("dry", files))
  })

  it("makes no project", async () => {
    const answer = await folder.outcomes("ghost", { "index.md": "# Ghost\n" }, { dryRun: true })
    expect(answer).toEqual({ "index.md": "created" })
    expect((await failureOfCall(test.caller.project.byId({ id: "ghost" }))).reason).toBe("PROJECT_NOT_FOUND")
  })

  it("takes links to files of other calls for good", async () => {
    const song = { "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n- [Hat](../clips/hat.js)\n" }
    const [file] = await folder.importAll("parts", song, { dryRun: true, folderPaths: ["clips/kick.js"] })
    expect(file).toMatchObject({ outcome: "created" })
    expect(file?.warnings.map(({ message }) => message)).toEqual([expect.stringContaining("hat.js")])
  })
})

describe("links", () => {
  it("that lead nowhere are reported and found once there is what they lead to", async () => {
    const song = { "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n" }
    const [first] = await folder.importAll("links", song)
    expect(first?.warnings).toMatchObject([{ code: "link-broken" }])
    expect((await test.caller.song.byId({ projectId: "links", id: "sunset" })).clipIds).toEqual([])
    await folder.importAll("links", { "clips/kick.js": kick })
    const [second] = await folder.importAll("links", song)
    expect(second).toMatchObject({ outcome: "updated", warnings: [] })
    expect((await test.caller.song.byId({ projectId: "links", id: "sunset" })).clipIds).toEqual(["kick"])
  })

  it("that were mended in the library are no longer broken for an export", async () => {
    const song = { "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n" }
    await folder.importAll("mended", song)
    await folder.importAll("mended", { "clips/kick.js": kick })
    await test.caller.song.setClips({ projectId: "mended", id: "sunset", clipIds: ["kick"] })
    expect(await folder.outcomes("mended", song)).toEqual({ "songs/sunset.md": "unchanged" })
    expect((await folder.exportAll("mended"))["songs/sunset.md"]?.toString()).toBe(song["songs/sunset.md"])
  })
})

describe("names", () => {
  it("that make the same id get ids of their own, the file named like the id first", async () => {
    const files: Folder = {
      "clips/Über.js": "a",
      "clips/Uber.js": "b",
      "clips/über.js": "c",
      "clips/U\u0308ber.js": "d",
    }
    const imported = await folder.importAll("names", files)
    const ids = Object.fromEntries(imported.map(({ path, itemId }) => [path, itemId]))
    expect(ids["clips/Uber.js"]).toBe("Uber")
    expect(new Set(Object.values(ids)).size).toBe(4)
    for (const { path, itemId } of imported) {
      expect(await codeOf("names", itemId ?? "")).toBe(files[path])
    }
    const again = await folder.importAll("names", files)
    expect(again.map(({ path, itemId }) => [path, itemId])).toEqual(imported.map(({ path, itemId }) => [path, itemId]))
    expect(again.every(({ outcome }) => outcome === "unchanged")).toBe(true)
  })

  it("of folders within clips are part of the id", async () => {
    const files = { "clips/drums/kick.js": "a", "clips/kick.js": "b" }
    const imported = await folder.importAll("nested", files)
    expect(imported.map(({ itemId }) => itemId)).toEqual(["drums-kick", "kick"])
  })

  it("may be of links by path, accents and spaces included", async () => {
    const imported = await folder.importAll("accents", {
      "clips/Uber.js": "b",
      "clips/Über Kick.js": "a",
      "songs/s.md":
        "# S\n\n- [a](<../clips/Über Kick.js>)\n- [b](../clips/%C3%9Cber%20Kick.js)\n- [c](../clips/Uber.js)\n",
    })
    expect(imported.flatMap(({ warnings }) => warnings)).toEqual([])
    expect((await test.caller.song.byId({ projectId: "accents", id: "s" })).clipIds).toEqual([
      "Uber-Kick",
      "Uber-Kick",
      "Uber",
    ])
  })

  it("that leave the folder are refused, those that only Windows refuses are not", async () => {
    const names = ["../a.js", "clips/../../a.js", "/etc/passwd", "C:\\a.js", "clips\\a.js", "clips/a\u0001.js", "a//b"]
    const refused = await folder.outcomes("paths", Object.fromEntries(names.map((name) => [name, "x"])))
    expect(refused).toEqual(Object.fromEntries(names.map((name) => [name, "skipped"])))
    const windows = { "clips/aux.js": "a", "clips/dot./b.js": "b" }
    expect(await folder.outcomes("paths", windows)).toEqual({ "clips/aux.js": "created", "clips/dot./b.js": "created" })
    expect(Object.keys(await folder.exportAll("paths")).sort()).toEqual(Object.keys(windows))
  })
})

describe("what the library cannot hold", () => {
  it("is kept and given back: code over the limit, bytes that are no UTF-8", async () => {
    const huge = `s("bd")${" ".repeat(262_144)}`
    const bytes = new Uint8Array([47, 47, 32, 255, 254, 10, 115])
    const [big, odd] = await folder.importAll("odd", { "clips/huge.js": huge, "clips/odd.js": bytes })
    expect(big).toMatchObject({ outcome: "kept", itemId: null, why: expect.stringContaining("262,144 bytes") })
    expect(odd).toMatchObject({ outcome: "created", warnings: [{ code: "value-replaced" }] })
    expect(await folder.exportAll("odd")).toEqual({
      "clips/huge.js": Buffer.from(huge),
      "clips/odd.js": Buffer.from(bytes),
    })
    expect(await folder.outcomes("odd", { "clips/huge.js": huge })).toEqual({ "clips/huge.js": "unchanged" })
    expect(await folder.outcomes("odd", { "clips/huge.js": kick })).toEqual({ "clips/huge.js": "created" })
  })

  it("leaves a clip as it is whose file has grown over the limit", async () => {
    await folder.outcomes("grown", { "clips/kick.js": kick })
    const [file] = await folder.importAll("grown", { "clips/kick.js": `${kick}${" ".repeat(262_144)}` })
    expect(file).toMatchObject({
      outcome: "skipped",
      itemId: "kick",
      why: expect.stringContaining("the library keeps"),
    })
    expect(await folder.exportAll("grown")).toEqual({ "clips/kick.js": Buffer.from(kick) })
  })

  it("keeps a number that PostgreSQL stores as another", async () => {
    const file = '// {"name":"Zero","tempo":-0,"tiny":1e-400}\nsilence'
    await folder.outcomes("zero", { "clips/zero.js": file })
    expect(await folder.exportAll("zero")).toEqual({ "clips/zero.js": Buffer.from(file) })
    expect(await folder.outcomes("zero", { "clips/zero.js": file })).toEqual({ "clips/zero.js": "unchanged" })
  })
})

it("takes up the links of songs to files that were only kept and become clips", async () => {
  const song = "# All\n\n- [a](../clips/a.str)\n- [b](../clips/b.js)\n"
  const files = { "clips/b.js": "silence", "songs/all.md": song, "songs/too.md": song }
  for (const isAtOnce of [true, false]) {
    const projectId = `links-${isAtOnce}`
    const key = { projectId, id: "all" }
    await folder.outcomes(projectId, files)
    const { db } = test.context.database
    await db.projectFile.updateMany({ where: { projectId }, data: { brokenLinks: [] } })
    await db.projectFile.create({ data: { projectId, path: "clips/a.str", content: Buffer.from("hush") } })
    expect(await folder.exportAll(projectId)).toMatchObject({ "songs/all.md": Buffer.from(song) })
    const all = { ...files, "clips/a.str": "hush" }
    if (!isAtOnce) {
      expect(await folder.outcomes(projectId, { "clips/a.str": "hush" })).toEqual({ "clips/a.str": "created" })
      expect(await folder.exportAll(projectId)).toMatchObject({ "songs/all.md": Buffer.from(song) })
    }
    expect(await folder.outcomes(projectId, all)).toMatchObject({
      "songs/all.md": "updated",
      "songs/too.md": "updated",
    })
    expect((await test.caller.song.byId(key)).clipIds).toEqual(["a", "b"])
    expect(await folder.exportAll(projectId)).toMatchObject({ "songs/all.md": Buffer.from(song) })
    expect(Object.values(await folder.outcomes(projectId, all))).toEqual(Array(4).fill("unchanged"))
  }
})

it("makes each item once where two imports come at the same moment", async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`clips/clip-${i}.js`, `s("bd*${i}")`]))
  const answers = await Promise.all([1, 2, 3].map(() => folder.outcomes("race", files)))
  expect(answers.flatMap((answer) => Object.values(answer)).filter((outcome) => outcome === "created")).toHaveLength(20)
  expect((await test.caller.clip.list({ projectId: "race", limit: 200 })).items).toHaveLength(20)
})

it("reads a song of many signs, and keeps one that is longer than the library takes without reading it", async () => {
  const outcomes = await folder.outcomes("signs", {
    "songs/signs.md": `# Song\n\n${"*a_ ".repeat(20_000)}`,
    "songs/long.md": `# Song\n\n${"*a_ ".repeat(200_000)}`,
  })
  expect(outcomes).toEqual({ "songs/signs.md": "created", "songs/long.md": "kept" })
})
