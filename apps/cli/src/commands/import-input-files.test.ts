import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { findInputFiles } from "@strudel-agent/importer/find-input-files"
import { type InputOptions, importInputFiles } from "@strudel-agent/importer/import-input-files"
import type { InputFile } from "@strudel-agent/importer/input-file"
import { lineAsText } from "@strudel-agent/importer/report-line"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Files, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Files as a browser gives them. */
const asGiven = (files: Files): InputFile[] =>
  Object.entries(files).map(([path, content]) => ({ path, file: new File([Buffer.from(content)], path) }))

/** What the page does with files that are given to it. */
async function give(given: InputFile[], options: Partial<InputOptions> = {}) {
  const found = await findInputFiles(given)
  return importInputFiles(createClient({ url: server.url }), found, {
    projectId: undefined,
    intoProject: false,
    overwrite: false,
    signal: new AbortController().signal,
    progress: { show: () => undefined },
    tell: (error) => String(error),
    ...options,
  })
}

const project = (name: string): Files => ({
  [`${name}/index.md`]: `# ${name}\n\nA house.\n`,
  [`${name}/clips/kick.js`]: '// {"bpm": 124}\n$: s("bd*4")\n',
  [`${name}/clips/latin.js`]: Buffer.from('$: s("\xe9")', "latin1"),
  [`${name}/clips/large.js`]: `// ${"x".repeat(2 * 1024 * 1024)}`,
  [`${name}/songs/one.md`]: "# One\n\n- [Kick](../clips/kick.js)\n- [Gone](../clips/gone.js)\n",
  [`${name}/notes/read.me`]: "kept",
  [`${name}/.git/HEAD`]: "ref",
})

describe("a folder that is given to the page", () => {
  it("is told of in the words of the command line, line by line", async () => {
    const given = await give(asGiven(project("given")))
    const folder = temporaryFolder()
    writeFiles(folder, project("typed"))
    const typed = await runCommand(server.url, ["import", join(folder, "typed"), "--verbose"])
    const lines = given.verbose
      .map(lineAsText)
      .map((line) => line.replaceAll("given", "typed").replace(/\d+ left/, "n left"))
    expect([...lines, ""]).toEqual(typed.stdout.replace(/\d+ left/, "n left").split("\n"))
    expect(lines.join("\n")).toContain("clips/large.js: is larger than 2 MiB")
    expect(given).toMatchObject({ complete: false, interrupted: false, projects: ["given"] })
  })

  it("changes nothing when it is given again", async () => {
    const files = { "again/clips/kick.js": '$: s("bd")', "again/index.md": "# Again\n" }
    expect((await give(asGiven(files))).complete).toBe(true)
    const { verbose, complete } = await give(asGiven(files))
    expect(complete).toBe(true)
    expect(verbose[0]?.words).toBe("again: 2 files, 2 unchanged")
  })

  it("goes into the project that the person says, without the one that is called like it", async () => {
    const files = { "flat/a.js": '$: s("bd")', "flat/b.strudel": '$: s("hh")' }
    const { projects } = await give(asGiven(files), { projectId: "mine", intoProject: true })
    expect(projects).toEqual(["mine"])
    const { items } = await createClient({ url: server.url }).clip.list.query({ projectId: "mine" })
    expect(items.map(({ id }) => id).sort()).toEqual(["a", "b"])
  })

  it("that is no project is refused in words", async () => {
    const { failed, projects } = await findInputFiles(asGiven({ "photos/one.png": "x" }))
    expect(projects).toEqual([])
    expect(failed).toEqual([
      { path: "photos", why: expect.stringMatching(/^is no project and holds none: a project has/) },
    ])
  })

  it("says of two projects of one name that they would be one", async () => {
    const kick = { "a/projects/house/clips/kick.js": "1", "b/projects/house/clips/kick.js": "2" }
    const { failed, projects } = await findInputFiles(asGiven(kick))
    expect(projects.map(({ folder }) => folder.path)).toEqual(["a/projects/house"])
    expect(failed[0]?.why).toContain('would be the project "house"')
  })
})

describe("single files that are given to the page", () => {
  it("are told apart: code, patterns of strudel.cc, transcripts, and what is none of them", async () => {
    const found = await findInputFiles(
      asGiven({
        "kick.js": '$: s("bd")',
        "strudel_patterns_export (1).json": JSON.stringify({ abc: { id: "abc", code: 's("hh")' } }),
        "talk.jsonl": `${JSON.stringify({ role: "user", content: "Hello" })}\n`,
        "song.md": "# Song",
        "shot.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]),
        "all.zip": Buffer.from([0x50, 0x4b, 0x03, 0x04, 1]),
        "empty.json": "",
      }),
    )
    expect(found.code.map(({ path }) => path)).toEqual(["kick.js"])
    expect(found.projects.map(({ id }) => id)).toEqual(["strudel_patterns_export"])
    expect(found.transcripts.map(({ fileName, conversations }) => [fileName, conversations.length])).toEqual([
      ["talk.jsonl", 1],
    ])
    expect(Object.fromEntries(found.failed.map(({ path, why }) => [path, why]))).toEqual({
      "song.md": expect.stringContaining("give the folder that it lies in"),
      "shot.png": "is nothing that an import takes: it looks like a picture (PNG)",
      "all.zip": expect.stringContaining("a ZIP file; unpack it"),
      "empty.json": "is nothing that an import takes: it is empty",
    })
  })

  it("are stored once, however often they are given", async () => {
    const files = asGiven({
      "hat.js": '$: s("hh*8")',
      "talk.json": JSON.stringify([
        { role: "user", content: "Softer hats, please" },
        { role: "assistant", content: "Done" },
      ]),
    })
    const first = await give(files, { projectId: "loose" })
    const again = await give(files, { projectId: "loose" })
    expect(first).toMatchObject({ complete: true, projects: ["loose"] })
    expect(again.sessions).toEqual(first.sessions)
    const [session] = first.sessions
    const client = createClient({ url: server.url })
    expect(await client.session.byId.query({ id: session?.id ?? "" })).toMatchObject({
      messageCount: 2,
      projectId: "loose",
    })
    expect(again.verbose.map(({ words }) => words)).toContain("loose: 1 file, 1 unchanged")
  })

  it("end in good order when the person cancels, and go on when they are given again", async () => {
    const stop = new AbortController()
    const files = asGiven(
      Object.fromEntries(Array.from({ length: 250 }, (_, place) => [`many/clips/c${place}.js`, `$: s("bd*${place}")`])),
    )
    const cut = await give(files, {
      signal: stop.signal,
      progress: { show: (done) => done > 0 && stop.abort() },
    })
    expect(cut).toMatchObject({ interrupted: true, complete: false })
    expect((await give(files)).complete).toBe(true)
    expect((await createClient({ url: server.url }).project.byId.query({ id: "many" })).clipCount).toBe(250)
  })

  it("of one that is gone tell so, and the others are stored", async () => {
    const gone = { size: 1, arrayBuffer: () => Promise.reject(new Error("NotFoundError")) }
    const given = [{ path: "gone.js", file: gone }, ...asGiven({ "there.js": "$: silence" })]
    const { verbose, complete } = await give(given, { projectId: "half" })
    expect(complete).toBe(false)
    expect(verbose.map(lineAsText).join("\n")).toMatch(/failed +gone\.js: cannot be read/)
  })
})
