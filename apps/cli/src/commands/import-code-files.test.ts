import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { asRead, type Files, readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, argv)
const client = () => createClient({ url: server.url })

/** The code of a project's clips by their ids. */
async function clipsOf(projectId: string): Promise<Record<string, string>> {
  const { items } = await client().clip.list.query({ projectId, limit: 200 })
  const clips = await Promise.all(items.map(({ id }) => client().clip.byId.query({ projectId, id })))
  return Object.fromEntries(clips.map(({ id, code }) => [id, code]))
}

async function exported(projectId: string): Promise<Record<string, string>> {
  const target = temporaryFolder()
  expect((await run("export", target, "--project", projectId)).code).toBe(0)
  return readFiles(join(target, projectId))
}

/** Imports a path, and again, which changes nothing; resolves to the first report. */
async function importTwice(...argv: string[]) {
  const first = await run("import", ...argv, "--json")
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" })
  const again = (await run("import", ...argv, "--json")).json()
  expect(again).toMatchObject({ counts: { created: 0, updated: 0, kept: 0, skipped: 0, failed: 0 } })
  return first.json()
}

function folderOf(name: string, files: Files): string {
  const folder = join(temporaryFolder(), name)
  writeFiles(folder, files)
  return folder
}

describe("code files of any usual ending", () => {
  it("are clips in the clips folder, and come back at their own paths", async () => {
    const files = {
      "clips/a.str": '$: s("bd*4")\n',
      "clips/b.strudel": '$: note("c e g")\r\n$: s("hh")\r\n',
      "clips/c.txt": '// {"name":"See"}\nsilence',
      "clips/d.tidal": 'd1 $ sound "bd"\n',
      "clips/E.JS": "",
      "clips/deep/f.TXT": "silence",
      "clips/cover.png": "x",
      "clips/notes.md": "# Not code",
      "songs/all.md": "# All\n\n- [a](../clips/a.str)\n- [c](../clips/c.txt)\n- [gone](../clips/gone.str)\n",
    }
    const folder = temporaryFolder()
    writeFiles(join(folder, "endings"), files)
    const report = await importTwice(folder)
    expect(report).toMatchObject({ projects: [{ id: "endings" }], counts: { created: 7, kept: 2 } })
    const clips = await clipsOf("endings")
    expect(Object.keys(clips).sort()).toEqual(["E", "a", "b", "c", "d", "deep-f"])
    expect(clips.b).toBe('$: note("c e g")\n$: s("hh")\n')
    expect(await client().clip.byId.query({ projectId: "endings", id: "c" })).toMatchObject({ name: "See" })
    expect((await client().song.byId.query({ projectId: "endings", id: "all" })).clipIds).toEqual(["a", "c"])
    expect(await exported("endings")).toEqual(asRead(files))
  })

  it("become clips of their own where they differ in the ending alone", async () => {
    const files = { "clips/kick.js": "1", "clips/kick.str": "2", "clips/kick.txt": "3", "clips/KICK.tidal": "4" }
    await importTwice(folderOf("alike", files))
    expect(Object.values(await clipsOf("alike")).sort()).toEqual(["1", "2", "3", "4"])
    expect(await clipsOf("alike")).toMatchObject({ kick: "1" })
    expect(await exported("alike")).toEqual(asRead(files))
  })

  it("keep their place and ending when they are edited in the library", async () => {
    await importTwice(folderOf("edited", { "clips/kick.str": "silence\r\n", "songs/s.md": "[k](../clips/kick.str)" }))
    await client().clip.update.mutate({ projectId: "edited", id: "kick", code: "hush\n" })
    expect(await exported("edited")).toEqual(
      asRead({ "clips/kick.str": "hush\r\n", "songs/s.md": "[k](../clips/kick.str)" }),
    )
  })
})

describe("a flat folder of code", () => {
  it("is one project that is called like the folder", async () => {
    const files = {
      "Dirty Kick.js": "1",
      "Dirty-Kick.str": "2",
      "a.txt": "3\r\n",
      "old/b.str": "4",
      "README.txt": "Read me",
      "README.md": "# Read me",
      "node_modules/x/index.js": "5",
      "take.wav": "RIFF",
      ".hidden.js": "6",
      "\ufeffmark.js": "7",
    }
    const folder = folderOf("Flat Set", files)
    const report = await importTwice(folder)
    expect(report).toMatchObject({ projects: [{ id: "Flat-Set", renamedFrom: "Flat Set" }] })
    expect(await clipsOf("Flat-Set")).toEqual({
      "Dirty-Kick": "2",
      "Dirty-Kick-2": "1",
      a: "3\n",
      "old-b": "4",
      mark: "7",
    })
    const { ".hidden.js": _, ...taken } = files
    expect(await exported("Flat-Set")).toEqual(asRead(taken))
    const { stdout } = await run("import", folder, "--project", "said")
    expect(stdout).toContain("said: 9 files, 5 created (5 clips), 4 kept\n")
    expect(stdout).toContain("  kept      take.wav: is no clip, song, playlist or index.md: it has no page")
    expect(stdout).toContain("ignored    .hidden.js: is hidden\n")
  })

  it("stays as it is when its export is imported, also with a clip and a description from the library", async () => {
    await importTwice(folderOf("grows", { "a.txt": "1", "b.str": "2" }))
    await client().clip.create.mutate({ projectId: "grows", id: "c", name: "c", code: "3" })
    await client().project.update.mutate({ id: "grows", description: "More" })
    const target = temporaryFolder()
    await run("export", target, "--project", "grows")
    expect(Object.keys(readFiles(join(target, "grows")))).toEqual(["a.txt", "b.str", "clips/c.js", "index.md"])
    const again = await run("import", join(target, "grows"), "--json")
    expect(again.json()).toMatchObject({ counts: { created: 0, updated: 0, kept: 0, skipped: 0, unchanged: 4 } })
    expect(Object.keys(await clipsOf("grows")).sort()).toEqual(["a", "b", "c"])
    await run("export", target, "--project", "grows")
    expect(Object.keys(readFiles(join(target, "grows")))).toEqual(["a.txt", "b.str", "clips/c.js", "index.md"])
  })

  it("may stand beside projects in a folder of projects", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "whole/clips/a.js": "1", "band/b.tidal": "2", "talk/notes.txt": "?", "stray.js": "?" })
    const report = await importTwice(folder)
    expect(report).toMatchObject({
      projects: [{ id: "band" }, { id: "whole" }],
      ignored: [{ path: "stray.js", why: "belongs to no project" }, { path: "talk" }],
    })
  })

  it("has a title and words where it has an index.md", async () => {
    await importTwice(folderOf("titled", { "index.md": "# A title\n\nWords", "a.strudel": "1" }))
    expect(await client().project.byId.query({ id: "titled" })).toMatchObject({ name: "A title", clipCount: 1 })
  })
})

describe("single files", () => {
  it("go into the project of their folder, as they would with all of it", async () => {
    const flat = folderOf("one-by-one", { "a.str": "1", "b.js": "2" })
    expect(await importTwice(join(flat, "a.str"))).toMatchObject({ projects: [{ id: "one-by-one" }] })
    expect(await clipsOf("one-by-one")).toEqual({ a: "1" })
    expect((await run("import", flat, "--json")).json()).toMatchObject({ counts: { created: 1, unchanged: 1 } })
    expect(await exported("one-by-one")).toEqual(asRead({ "a.str": "1", "b.js": "2" }))

    const whole = folderOf("in-place", { "index.md": "# In place", "clips/k.txt": "1", "songs/s.md": "[k](clip:k)" })
    const files = ["clips/k.txt", "songs/s.md", "index.md"].map((path) => join(whole, path))
    expect(await importTwice(...files)).toMatchObject({ projects: [{ id: "in-place" }], counts: { created: 3 } })
    expect((await run("import", whole, "--json")).json()).toMatchObject({ counts: { unchanged: 3 } })
  })

  it("go into the project that is named", async () => {
    const folder = folderOf("elsewhere", { "a.str": "1", "b.txt": "2" })
    await importTwice(join(folder, "a.str"), join(folder, "b.txt"), "--project", "named")
    expect(await clipsOf("named")).toEqual({ a: "1", b: "2" })
  })

  it("of one place in one project are refused, and lose nothing", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "a/jam/x.str": "1", "b/jam/x.str": "2", "b/jam/y.str": "3" })
    const words = /would both be the project "jam"/
    for (const paths of [
      ["a/jam", "b/jam"],
      ["a/jam/x.str", "b/jam/x.str"],
      ["a/jam", "b/jam/y.str"],
    ]) {
      const ran = await run("import", ...paths.map((path) => join(folder, path)))
      expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(words) })
    }
    const many = await run("import", join(folder, "a/jam"), join(folder, "b/jam"), "--project", "jam")
    expect(many).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--project names the project of one folder"),
    })
    await importTwice(join(folder, "a/jam/x.str"), join(folder, "b/jam/y.str"))
    expect(await clipsOf("jam")).toMatchObject({ x: "1", y: "3" })
  })

  it("that cannot be read are named with the reason", async () => {
    const folder = folderOf("unreadable", { "p.json": Buffer.from('{"a":{"code":"\xe9"}}', "latin1"), "real.str": "1" })
    symlinkSync("real.str", join(folder, "link.str"))
    expect(await run("import", join(folder, "p.json"))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/p\.json: is not UTF-8/),
    })
    const linked = await run("import", join(folder, "link.str"))
    expect(linked).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("link.str: is a link, which is not followed"),
    })
    expect(await run("import", join(folder, "gone.str"))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no such file or folder/),
    })
  })

  it.each([
    ["talk.zip", "PK", /talk\.zip is nothing that an import takes/],
    ["notes.md", "# Notes", /is nothing that an import takes/],
    ["talk.json", '[{"role":"user","content":"x"}]', /import-session/],
    ["torn.json", '{"a":', /is nothing that an import takes/],
    ["empty.json", "{}", /is nothing that an import takes/],
  ])("are refused by name where they are something else: %s", async (name, content, words) => {
    const folder = folderOf("refused", { [name]: content })
    expect(await run("import", join(folder, name))).toMatchObject({ code: 2, stderr: expect.stringMatching(words) })
  })
})

describe("the patterns that strudel.cc exports", () => {
  const bassline = '/* @title Bass "line"\n@by me */\n$: note("c2")\r\n'
  const patterns = {
    "K3pQ1zXw-a": { code: '$: s("bd*4")', id: "K3pQ1zXw-a", created_at: 1777000000000, collection: "user" },
    "k3pq1zxw-a": { code: "2", id: "k3pq1zxw-a" },
    "../über/x": { code: bassline, id: "../über/x" },
    deleted: null,
    empty: { code: " \n", id: "empty" },
    strange: { code: 3 },
  }
  const text = JSON.stringify(patterns)

  it("become clips of a project, with what else is said of them", async () => {
    const folder = folderOf("downloads", { "strudel_patterns_export.json": text })
    const report = await importTwice(join(folder, "strudel_patterns_export.json"))
    expect(report).toMatchObject({
      counts: { created: 3, kept: 1 },
      projects: [
        {
          id: "strudel_patterns_export",
          ignored: [
            { path: "strudel_patterns_export.json#deleted", why: "was deleted at strudel.cc" },
            { path: "strudel_patterns_export.json#empty", why: "its code is empty" },
            { path: "strudel_patterns_export.json#strange", why: "holds no code" },
          ],
        },
      ],
    })
    expect(await clipsOf("strudel_patterns_export")).toEqual({
      "K3pQ1zXw-a": '$: s("bd*4")',
      "k3pq1zxw-a-2": "2",
      x: bassline.replaceAll("\r\n", "\n"),
    })
    const find = (id: string) => client().clip.byId.query({ projectId: "strudel_patterns_export", id })
    expect(await find("K3pQ1zXw-a")).toMatchObject({
      name: "K3pQ1zXw-a",
      metadata: { date: "2026-04-24", created_at: 1777000000000, collection: "user" },
    })
    expect(await find("x")).toMatchObject({ name: 'Bass "line"' })
    const files = await exported("strudel_patterns_export")
    expect(files).toMatchObject(asRead({ "strudel_patterns_export.json": text }))
    const target = temporaryFolder()
    await run("export", target, "--project", "strudel_patterns_export")
    const again = await run("import", join(target, "strudel_patterns_export"), "--json")
    expect(again.json()).toMatchObject({ counts: { unchanged: 4, created: 0 } })
  })

  it("are found in a flat folder, and a later export changes what was edited there", async () => {
    const folder = folderOf("backup", { "p.json": '\ufeff{"a":{"code":"1"},"b":{"code":"2"}}', "c.str": "3" })
    expect(await importTwice(folder)).toMatchObject({ projects: [{ id: "backup" }], counts: { created: 3, kept: 1 } })
    writeFiles(folder, { "p.json": '{"a":{"code":"1"},"b":{"code":"20"},"d":{"code":"4"}}' })
    expect((await run("import", folder, "--json")).json()).toMatchObject({ counts: { created: 1, updated: 1 } })
    expect(await clipsOf("backup")).toEqual({ a: "1", b: "20", c: "3", d: "4" })
  })

  it("are a project of their own beside projects, and alone in a folder", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "mine (2).json": '{"a":{"code":"1"}}', "other.json": "{}", "duo/b.str": "2" })
    const report = await importTwice(folder)
    expect(report).toMatchObject({
      projects: [{ id: "duo" }, { id: "mine" }],
      ignored: [{ path: "other.json", why: "belongs to no project" }],
    })
    const alone = folderOf("alone", { "mine.json": '{"a":{"code":"1"}}' })
    expect(await importTwice(alone, "--project", "said-so")).toMatchObject({ projects: [{ id: "said-so" }] })
  })
})

it("says in a dry run what an import of files and patterns would do, and does nothing", async () => {
  const folder = folderOf("rehearsal", { "a.str": "1", "b.txt": "2" })
  const patterns = join(folderOf("downloads", { "rehearsed.json": '{"a":{"code":"1"},"b":null}' }), "rehearsed.json")
  const dry = await run("import", folder, patterns, "--dry-run")
  expect(dry.code).toBe(0)
  const { items } = await client().project.list.query({ q: "rehears" })
  expect(items).toEqual([])
  const wet = await run("import", folder, patterns)
  expect(dry.stdout.replace("This was a dry run: nothing was changed.\n", "")).toBe(
    wet.stdout.replace(/The server listens to the code.*\n/, ""),
  )
  expect(wet.stdout).toContain("rehearsal: 2 files, 2 created (2 clips)\n")
  expect(wet.stdout).toContain("ignored    rehearsed/rehearsed.json#b: was deleted at strudel.cc\n")
})

describe("numbers that JavaScript would round", () => {
  it("are kept digit by digit in the metadata of files", async () => {
    const files = {
      "clips/a.js": '// {"name":"A","discord_id":107505301260286111,"list":[1,9007199254740993],"gain":0.1}\nsilence\n',
    }
    const folder = folderOf("digits", files)
    const report = await importTwice(folder)
    expect(report).toMatchObject({ projects: [{ files: [{ warnings: [{ code: "number-kept" }, {}] }] }] })
    const key = { projectId: "digits", id: "a" }
    const metadata = { discord_id: "107505301260286111", list: [1, "9007199254740993"], gain: 0.1 }
    expect((await client().clip.byId.query(key)).metadata).toEqual(metadata)
    await client().clip.update.mutate({ ...key, metadata: { ...metadata, gain: 0.2 } })
    expect(await exported("digits")).toEqual(asRead({ "clips/a.js": files["clips/a.js"].replace("0.1", "0.2") }))
    const other = folderOf("p", { "p.json": '{"a":{"code":"1","created_at":107505301260286111}}' })
    await importTwice(join(other, "p.json"))
    expect((await client().clip.byId.query({ projectId: "p", id: "a" })).metadata).toMatchObject({
      created_at: "107505301260286111",
    })
  })

  it("are written again as they were where the library holds what was made of them", async () => {
    const file = '// {"name":"A","id":107505301260286111}\nsilence\n'
    await importTwice(folderOf("rounded", { "clips/a.js": file }))
    const id = Number("107505301260286111")
    await server.database.db.clip.update({
      where: { projectId_id: { projectId: "rounded", id: "a" } },
      data: { metadata: { id } },
    })
    expect(await exported("rounded")).toEqual(asRead({ "clips/a.js": file }))
  })
})
