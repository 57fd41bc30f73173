import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { asRead, readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, argv)
const client = () => createClient({ url: server.url })

const house = {
  "index.md": "# House\r\n",
  "clips/kick.js": '// {"name":"Kick", }\ns("bd*4")',
  "clips/hat.js": 's("hh*8")\n',
  "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n",
  "assets/noise.bin": new Uint8Array([0, 1, 254, 255]),
}

/** Imports the files as a project of this id. */
async function importHouse(id: string): Promise<string> {
  const folder = join(temporaryFolder(), id)
  writeFiles(folder, house)
  expect((await run("import", folder)).code).toBe(0)
  return folder
}

describe("what is written", () => {
  it("is each project in a folder of its own, or the one that is named", async () => {
    await importHouse("one")
    await importHouse("two")
    const folder = join(temporaryFolder(), "made", "here")
    expect((await run("export", folder, "--project", "two")).code).toBe(0)
    expect(readFiles(join(folder, "two"))).toEqual(asRead(house))
    expect(existsSync(join(folder, "one"))).toBe(false)
    const all = await run("export", folder)
    expect(all.code).toBe(0)
    expect(all.stdout).toContain(`one: 5 files in ${join(folder, "one")}, 5 created`)
    expect(all.stdout).toContain(`two: 5 files in ${join(folder, "two")}, 5 unchanged`)
    expect(readFiles(join(folder, "one"))).toEqual(asRead(house))
  })

  it("is only the file whose item was edited", async () => {
    const folder = await importHouse("edited")
    const before = statSync(join(folder, "clips/hat.js")).mtimeMs
    chmodSync(join(folder, "clips/kick.js"), 0o640)
    await client().clip.update.mutate({ projectId: "edited", id: "kick", code: 's("bd*8")' })
    const skipped = await run("export", join(folder, ".."), "--project", "edited")
    expect(skipped).toMatchObject({ code: 1, stdout: expect.stringContaining("--overwrite writes over it") })
    expect(readFiles(folder)).toEqual(asRead(house))
    const written = await run("export", join(folder, ".."), "--project", "edited", "--overwrite")
    expect(written.stdout).toContain("1 updated, 4 unchanged")
    expect(written.code).toBe(0)
    expect(readFiles(folder)).toEqual(asRead({ ...house, "clips/kick.js": '// {"name":"Kick", }\ns("bd*8")' }))
    expect(statSync(join(folder, "clips/hat.js")).mtimeMs).toBe(before)
    expect(statSync(join(folder, "clips/kick.js")).mode & 0o777).toBe(0o640)
  })

  it("is reported as one JSON object", async () => {
    await importHouse("json")
    const folder = temporaryFolder()
    const { json, stderr, code } = await runCommand(server.url, ["export", folder, "--project", "json", "--json"], {
      terminal: true,
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(json()).toMatchObject({
      folder,
      interrupted: false,
      counts: { created: 5, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
      projects: [{ id: "json", folder: join(folder, "json"), counts: { created: 5 } }],
    })
  })

  it("is nothing beside the files, whatever was in the way", async () => {
    await importHouse("beside")
    const folder = temporaryFolder()
    writeFiles(join(folder, "beside"), { "clips/hat.js": "other", "clips/own.js": "mine" })
    await run("export", folder, "--project", "beside", "--overwrite")
    expect(readFiles(join(folder, "beside"))).toEqual(asRead({ ...house, "clips/own.js": "mine" }))
  })

  it("needs a project that is there", async () => {
    const folder = join(temporaryFolder(), "not-made")
    expect(await run("export", folder, "--project", "nowhere")).toMatchObject({
      code: 3,
      stderr: "There is no project of this id.\n",
    })
    expect(existsSync(folder)).toBe(false)
  })

  it("writes a project that is called like a device so that an import knows it again", async () => {
    await client().clip.create.mutate({ projectId: "aux", id: "con", name: "con", code: "silence" })
    const folder = temporaryFolder()
    await run("export", folder, "--project", "aux")
    expect(Object.keys(readFiles(folder))).toEqual(["_aux/clips/_con.js"])
    const again = await run("import", folder)
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('aux (from the folder "_aux"): 1 file, 1 unchanged'),
    })
  })
})

describe("what stands in the way", () => {
  it("is no link that leads out of the folder: project, folder or file", async () => {
    await importHouse("trap")
    const folder = temporaryFolder()
    const outside = temporaryFolder()
    writeFiles(outside, { "kick.js": "outside" })
    mkdirSync(join(folder, "trap", "clips"), { recursive: true })
    symlinkSync(join(outside, "kick.js"), join(folder, "trap", "clips", "kick.js"))
    symlinkSync(join(outside, "not-there"), join(folder, "trap", "clips", "hat.js"))
    symlinkSync(outside, join(folder, "trap", "songs"))
    const inner = await run("export", folder, "--project", "trap", "--overwrite", "--json")
    expect(inner.code).toBe(1)
    expect(inner.json()).toMatchObject({ counts: { created: 2, skipped: 3 } })
    expect(inner.stdout).toContain("songs is a link, which is not followed")
    const linked = temporaryFolder()
    symlinkSync(outside, join(linked, "trap"))
    const project = await run("export", linked, "--project", "trap", "--overwrite", "--json")
    expect(project.json()).toMatchObject({ counts: { created: 0, skipped: 5 } })
    expect(readFiles(outside)).toEqual(asRead({ "kick.js": "outside" }))
    expect(lstatSync(join(folder, "trap/clips/kick.js")).isSymbolicLink()).toBe(true)
  })

  it("is not the folder itself, which the user may name by a link", async () => {
    await importHouse("named")
    const real = temporaryFolder()
    const link = join(temporaryFolder(), "link")
    symlinkSync(real, link)
    expect((await run("export", link, "--project", "named")).code).toBe(0)
    expect(readFiles(join(real, "named"))).toEqual(asRead(house))
  })

  it("is told where a file is a folder, or a folder a file", async () => {
    await importHouse("mixed")
    const folder = temporaryFolder()
    writeFiles(join(folder, "mixed"), { clips: "a file", "index.md/a.txt": "a folder" })
    const { code, stdout } = await run("export", folder, "--project", "mixed", "--overwrite")
    expect(code).toBe(1)
    expect(stdout).toContain("skipped   clips/kick.js: clips is no folder")
    expect(stdout).toContain("skipped   index.md: there is something of this name that is no file")
    writeFileSync(join(folder, "file"), "")
    expect(await run("export", join(folder, "file"))).toMatchObject({
      code: 1,
      stderr: expect.not.stringContaining("    at "),
    })
  })

  it("is no path that the server names, wherever it leads", async () => {
    const evilServer = await startTestServer()
    onTestFinished(() => evilServer.close())
    const { db } = evilServer.database
    // The database would not take such paths; a server that means harm is not bound to it.
    await db.$executeRaw`ALTER TABLE project_files DROP CONSTRAINT project_files_path_check`
    await db.project.create({ data: { id: "evil", name: "Evil" } })
    const outer = temporaryFolder()
    const folder = join(outer, "in", "here")
    const paths = [
      ...["../up.js", "../../up.js", "clips/../../../up.js", `${outer}/absolute.js`, "/etc/strudel-agent-was-here"],
      ...[
        "clips\\..\\..\\up.js",
        "C:\\up.js",
        "C:up.js",
        "clips/./a.js",
        "clips//a.js",
        "..",
        ".",
        "clips/..",
        ".. /a.js",
      ],
      ...[".git/hooks/post-checkout", "clips/.bashrc", "clips/a\u0007.js", "x".repeat(300)],
    ]
    const content = Buffer.from("evil")
    await db.projectFile.createMany({ data: paths.map((path) => ({ projectId: "evil", path, content })) })
    await db.projectFile.create({ data: { projectId: "evil", path: "good.txt", content } })
    const { code, json } = await runCommand(evilServer.url, ["export", folder, "--overwrite", "--json"])
    expect(code).toBe(1)
    expect(json()).toMatchObject({ counts: { created: 2, skipped: paths.length } })
    expect(Object.keys(readFiles(outer))).toEqual(["in/here/evil/good.txt", "in/here/evil/index.md"])
    expect(existsSync("/etc/strudel-agent-was-here")).toBe(false)
  })
})

it("stops when it is interrupted, and goes on when it is run again", async () => {
  const source = join(temporaryFolder(), "long")
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`clips/c${i}.js`, `s("bd*${i}")`]))
  writeFiles(source, files)
  await run("import", source)
  const folder = temporaryFolder()
  const controller = new AbortController()
  const first = await runCommand(server.url, ["export", folder, "--project", "long"], {
    terminal: true,
    interruption: controller.signal,
    onStderr: (text) => text.includes("25/60") && controller.abort(),
  })
  expect(first.code).toBe(130)
  expect(first.stdout).toContain("25 created")
  const second = await run("export", folder, "--project", "long")
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining("35 created, 25 unchanged") })
  expect(readFileSync(join(folder, "long/clips/c59.js"), "utf8")).toBe('s("bd*59")')
})
