import { once } from "node:events"
import { readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
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
  "index.md": "# House\n",
  "clips/kick.js": '// {"name":"Kick"}\ns("bd*4")\n',
  "clips/hat.js": 's("hh*8")\n',
  "songs/sunset.md": "# Sunset\n\n- [Kick](../clips/kick.js)\n- [Ghost](../clips/ghost.js)\n",
  "notes.txt": "buy cables",
}

describe("which projects", () => {
  it("takes one project by its folder's name, or by the id that it is given", async () => {
    const folder = temporaryFolder()
    writeFiles(join(folder, "one"), house)
    expect((await run("import", join(folder, "one"))).code).toBe(0)
    expect((await run("import", join(folder, "one"), "--project", "other")).code).toBe(0)
    const { items } = await client().project.list.query({})
    expect(items.map(({ id }) => id).sort()).toEqual(["one", "other"])
  })

  it("takes every project of a folder, and of a projects folder within it", async () => {
    const folder = temporaryFolder()
    writeFiles(join(folder, "projects", "many-a"), house)
    writeFiles(join(folder, "projects", "many-b"), { "clips/kick.js": "silence" })
    writeFiles(folder, { "index.md": "# Read me", "projects/readme.txt": "?", "projects/empty/a/b.txt": "?" })
    const outer = await run("import", folder, "--json")
    const inner = await run("import", join(folder, "projects"), "--json")
    expect([outer.code, inner.code]).toEqual([0, 0])
    expect(outer.stdout).not.toContain("In all")
    expect((await run("import", folder)).stdout).toContain("In all: 6 files, 6 unchanged")
    for (const { json } of [outer, inner]) {
      expect(json()).toMatchObject({
        projects: [{ id: "many-a" }, { id: "many-b" }],
        ignored: [{ path: "empty" }, { path: "readme.txt", why: "belongs to no project" }],
      })
    }
  })

  it("chooses one of several, and says which there are", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "chosen-a/clips/a.js": "a", "chosen-b/clips/b.js": "b" })
    const chosen = await run("import", folder, "--project", "chosen-b", "--json")
    expect(chosen.json()).toMatchObject({ projects: [{ id: "chosen-b" }] })
    const missing = await run("import", folder, "--project", "chosen-c")
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("chosen-a, chosen-b") })
  })

  it("makes ids of folder names that are none, each its own, and says so", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "Früh & Spät/clips/a.js": "a", "Fruh-Spat/clips/b.js": "b", "demo!.js/clips/c.js": "c" })
    const { stdout } = await run("import", folder)
    expect(stdout).toContain('Fruh-Spat-2 (from the folder "Früh & Spät")')
    expect(stdout).toMatch(/^Fruh-Spat: /m)
    expect(stdout).toContain('demo-.js (from the folder "demo!.js")')
  })

  it("says that a folder is not there, or holds no project", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, { "a.bin": "a" })
    expect(await run("import", join(folder, "nothing"))).toMatchObject({ code: 2, stderr: /no such file or folder/ })
    expect(await run("import", join(folder, "a.bin"))).toMatchObject({ code: 2 })
    expect(await run("import", folder)).toMatchObject({ code: 2, stderr: expect.stringContaining("is no project") })
  })

  it("takes relative paths from where npm was called", async () => {
    const folder = temporaryFolder()
    writeFiles(join(folder, "relative"), house)
    const options = { cwd: "/", env: { INIT_CWD: folder } }
    expect((await runCommand(server.url, ["import", "relative"], options)).code).toBe(0)
    expect((await runCommand(server.url, ["import", "./relative/"], { cwd: folder })).code).toBe(0)
    expect((await runCommand(server.url, ["import", "."], { cwd: join(folder, "relative") })).stdout).toMatch(
      /^relative:/,
    )
  })
})

/** A report without what the server does next, which counts what other tests imported too. */
const itself = (report: string) => report.replace(/The server listens to the code.*\n$/, "")

describe("the report", () => {
  it("tells of what there is something to say, and with --verbose of everything", async () => {
    const folder = join(temporaryFolder(), "report")
    writeFiles(folder, { ...house, ".DS_Store": "x", ".git/config": "x" })
    const first = await run("import", folder)
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/\nThe server listens to the code in the background: \d+ left\.\n$/)
    expect(itself(first.stdout)).toBe(
      [
        "report: 5 files, 4 created (1 project, 2 clips, 1 song), 1 kept",
        "  warning   songs/sunset.md: Line 4 links to ../clips/ghost.js, where there is no clip",
        "  kept      notes.txt: is no clip, song, playlist or index.md: it has no page, and an export gives it back",
        "ignored    .DS_Store: is hidden",
        "ignored    .git: is a hidden folder",
        "",
      ].join("\n"),
    )
    const again = await run("import", folder, "--verbose")
    expect(again.stdout).toContain("report: 5 files, 5 unchanged")
    expect(again.stdout).toContain("  unchanged clips/kick.js\n")
    expect(again.stdout).toContain("  ignored   .git: is a hidden folder\n")
  })

  it("is one JSON object, and nothing else, also on a terminal", async () => {
    const folder = join(temporaryFolder(), "report-json")
    writeFiles(folder, house)
    const { code, stderr, json } = await runCommand(server.url, ["import", folder, "--json"], { terminal: true })
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(json()).toMatchObject({
      dryRun: false,
      interrupted: false,
      counts: { created: 4, updated: 0, unchanged: 0, kept: 1, skipped: 0, failed: 0 },
      projects: [{ id: "report-json", folder, counts: { created: 4, kept: 1 }, files: expect.any(Array), ignored: [] }],
    })
    expect(json()).toMatchObject({
      projects: [
        {
          files: expect.arrayContaining([
            { path: "clips/kick.js", itemType: "clip", itemId: "kick", outcome: "created", warnings: [] },
          ]),
        },
      ],
    })
  })

  it("has a bar on a terminal, and none elsewhere", async () => {
    const folder = join(temporaryFolder(), "bar")
    writeFiles(folder, house)
    const terminal = await runCommand(server.url, ["import", folder], { terminal: true })
    expect(terminal.stderr).toContain("5/5 bar")
    expect(terminal.stderr.endsWith("\r\u001b[2K")).toBe(true)
    expect((await run("import", folder)).stderr).toBe("")
  })
})

describe("twice", () => {
  it("takes what was edited on the disk, leaves what was edited in the library, and skips what was in both", async () => {
    const folder = join(temporaryFolder(), "edits")
    const clips = ["disk", "library", "both"].map((id) => [`clips/${id}.js`, "silence"])
    writeFiles(folder, Object.fromEntries(clips))
    await run("import", folder)
    writeFiles(folder, { "clips/disk.js": "hush", "clips/both.js": "hush" })
    for (const id of ["library", "both"]) {
      await client().clip.update.mutate({ projectId: "edits", id, code: "s('bd')" })
    }
    const { code, stdout } = await run("import", folder)
    expect(code).toBe(1)
    expect(stdout).toContain("edits: 3 files, 1 updated, 1 unchanged, 1 skipped")
    expect(stdout).toContain("  skipped   clips/both.js: was changed in the folder and in the library")
    expect(stdout).toContain("  unchanged clips/library.js: was changed in the library")
    const codes = await Promise.all(
      ["disk", "library", "both"].map(async (id) => (await client().clip.byId.query({ projectId: "edits", id })).code),
    )
    expect(codes).toEqual(["hush", "s('bd')", "s('bd')"])
    expect((await run("import", folder, "--overwrite")).code).toBe(0)
    expect((await client().clip.byId.query({ projectId: "edits", id: "both" })).code).toBe("hush")
  })

  it("does nothing in a dry run, but says the same", async () => {
    const folder = join(temporaryFolder(), "dry")
    // More clips than go into one call, and a song that names the last of them.
    const clips = Object.fromEntries(Array.from({ length: 230 }, (_, i) => [`clips/c${i}.js`, `s("bd*${i}")`]))
    writeFiles(folder, { ...clips, "songs/all.md": "# All\n\n- [c](../clips/c229.js)\n- [x](../clips/x.js)\n" })
    const dry = await run("import", folder, "--dry-run")
    expect(dry.code).toBe(0)
    expect(dry.stdout).toContain("This was a dry run: nothing was changed.")
    const { items } = await client().project.list.query({ q: "dry" })
    expect(items).toEqual([])
    const wet = await run("import", folder)
    expect(dry.stdout.replace("This was a dry run: nothing was changed.\n", "")).toBe(itself(wet.stdout))
    expect(wet.stdout).toContain("231 files, 231 created (230 clips, 1 song)")
  })
})

describe("what is no plain file", () => {
  it("is not read through links, neither files nor folders, wherever they lead", async () => {
    const outside = temporaryFolder()
    const folder = join(temporaryFolder(), "links")
    writeFiles(folder, { "clips/kick.js": "silence" })
    writeFiles(outside, { "secret.js": "secret" })
    symlinkSync("/etc/passwd", join(folder, "clips", "passwd.js"))
    symlinkSync("kick.js", join(folder, "clips", "same.js"))
    symlinkSync("nowhere", join(folder, "clips", "broken.js"))
    symlinkSync(outside, join(folder, "songs"))
    const { code, json } = await run("import", folder, "--json")
    expect(code).toBe(0)
    const why = "is a link, which is not followed"
    const ignored = ["clips/broken.js", "clips/passwd.js", "clips/same.js", "songs"].map((path) => ({ path, why }))
    expect(json()).toMatchObject({ counts: { created: 1 }, projects: [{ ignored }] })
    const projects = temporaryFolder()
    symlinkSync(folder, join(projects, "linked"))
    writeFiles(projects, { "real/clips/a.js": "a" })
    expect((await run("import", projects, "--json")).json()).toMatchObject({
      projects: [{ id: "real" }],
      ignored: [{ path: "linked", why }],
    })
  })

  it("is reported where it is too large or cannot be read, and the rest is taken", async () => {
    const folder = join(temporaryFolder(), "large")
    writeFiles(folder, {
      "clips/kick.js": "silence",
      "assets/full.bin": new Uint8Array(2 * 1024 * 1024),
      "assets/big.bin": "",
    })
    truncateSync(join(folder, "assets/big.bin"), 2 * 1024 * 1024 + 1)
    const { code, stdout } = await run("import", folder)
    expect(code).toBe(1)
    expect(stdout).toContain(
      "large: 3 files, 1 created (1 clip), 1 kept, 1 failed\n  failed    assets/big.bin: is larger than 2 MiB",
    )
  })

  it("is reported where its name is no UTF-8, has a control character or is too long for the library", async () => {
    const folder = join(temporaryFolder(), "names")
    const deep = `${"d".repeat(205)}/`.repeat(5)
    writeFiles(folder, {
      "clips/kick.js": "silence",
      "clips/a\u0007b.js": "x",
      "clips/a\\b.js": "x",
      [`${deep}x.txt`]: "x",
      [`${"d".repeat(200)}/`.repeat(5) + "x".repeat(15)]: "x",
    })
    // Other systems refuse to make such names.
    const bytes =
      process.platform === "linux" ? [Buffer.from("/\xe9", "latin1"), Buffer.from("/clips/\xe9.js", "latin1")] : []
    for (const name of bytes) writeFileSync(Buffer.concat([Buffer.from(folder), name]), "x")
    const { code, json } = await run("import", folder, "--json")
    expect(code).toBe(1)
    expect(json()).toMatchObject({ counts: { created: 1, kept: 1, skipped: 2, failed: 1 + bytes.length } })
  })
})

describe("an import that ends early", () => {
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`clips/c${i}.js`, `s("bd*${i}")`]))

  it("stops when it is interrupted, says how far it came, and goes on when it is run again", async () => {
    const folder = join(temporaryFolder(), "interrupted")
    writeFiles(folder, files)
    const controller = new AbortController()
    const first = await runCommand(server.url, ["import", folder], {
      terminal: true,
      interruption: controller.signal,
      onStderr: (text) => text.includes("100/250") && controller.abort(),
    })
    expect(first.code).toBe(130)
    expect(first.stdout).toContain("interrupted: 100 files, 100 created (100 clips)")
    expect(first.stderr).toContain("Interrupted. The same command goes on where this one ended.")
    expect(itself((await run("import", folder)).stdout)).toBe(
      "interrupted: 250 files, 150 created (150 clips), 100 unchanged\n",
    )
  })

  it("says what was done where the server goes away, and goes on when it is back", async () => {
    const folder = join(temporaryFolder(), "away")
    writeFiles(folder, files)
    const door: Promise<void>[] = []
    const options = {
      terminal: true,
      env: { STRUDEL_WAIT: "0" },
      onStderr: (text: string) => {
        if (text.includes("100/250")) door.push(server.shut())
      },
    }
    const first = await runCommand(server.url, ["import", folder], options)
    await Promise.all(door)
    expect(first.code).toBe(6)
    expect(first.stdout).toMatch(/^away: [12]00 files, [12]00 created/)
    expect(first.stderr).toContain(`No server answers at ${server.url}.`)
    await server.reopen()
    expect((await run("import", folder)).stdout).toMatch(
      /^away: 250 files, (50|150) created \(\d+ clips\), [12]00 unchanged/,
    )
  })
})

describe("settings", () => {
  it("says that no server answers, without a stack", async () => {
    const folder = join(temporaryFolder(), "x")
    writeFiles(folder, house)
    const env = { STRUDEL_WAIT: "0" }
    const away = await runCommand("http://127.0.0.1:1", ["import", folder], { env })
    expect(away).toMatchObject({
      code: 6,
      stdout: "",
      stderr: "No server answers at http://127.0.0.1:1. Start it with `npm start`, or set STRUDEL_URL.\n",
    })
    const json = await runCommand("http://127.0.0.1:1", ["import", folder, "--json"], { env })
    expect(json.json()).toMatchObject({ error: { reason: "UNREACHABLE" } })
    const debug = await runCommand("http://127.0.0.1:1", ["import", folder], { env: { ...env, DEBUG: "strudel" } })
    expect(debug.stderr).toContain("connect.ts")
  })

  it("says that something else answers", async () => {
    const other = createServer((_, answer) => answer.writeHead(404).end("<h1>Not here</h1>")).listen(0, "127.0.0.1")
    onTestFinished(() => void other.close())
    await once(other, "listening")
    const address = other.address()
    const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
    expect(await runCommand(url, ["projects"])).toMatchObject({
      code: 6,
      stderr: `What answers at ${url} is no Strudel Agent server (HTTP 404). Check STRUDEL_URL.\n`,
    })
  })

  it("asks for a token where the server does", async () => {
    const guarded = await startTestServer({ token: "a-token-of-sixteen-letters" })
    try {
      const without = await runCommand(guarded.url, ["projects"])
      expect(without).toMatchObject({ code: 4, stderr: expect.stringContaining("set STRUDEL_TOKEN") })
      const wrong = await runCommand(guarded.url, ["projects"], { env: { STRUDEL_TOKEN: "wrong" } })
      expect(wrong).toMatchObject({ code: 4, stderr: expect.stringContaining("does not accept the STRUDEL_TOKEN") })
      const right = await runCommand(guarded.url, ["projects"], {
        env: { STRUDEL_TOKEN: "a-token-of-sixteen-letters" },
      })
      expect(right).toMatchObject({ code: 0, stdout: "No projects.\n" })
    } finally {
      await guarded.close()
    }
  })

  it.each([
    [["import"], "missing required argument"],
    [["import", "a", "--project", "../x"], "--project"],
    [["nonsense"], "unknown command"],
    [["sessions", "--limit", "0"], "--limit"],
    [["import-session", "a", "--item", "tune:kick"], "clip:kick"],
    [["import-session", "a", "--id", "5"], "UUID"],
    [["show", "clip", "a/b/c"], "house/kick"],
  ])("refuses %j", async (argv, words) => {
    expect(await run(...argv)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(words) })
  })

  it("refuses an address that is none", async () => {
    const wrong = await runCommand("localhost:3000", ["projects"])
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('STRUDEL_URL is "localhost:3000"') })
  })

  it("prints its version and its help", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
    expect(await run("--version")).toMatchObject({ code: 0, stdout: `${version}\n` })
    expect(await run("--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("Examples:") })
    expect((await run()).code).toBe(2)
  })
})
