import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { printable } from "@strudel-agent/importer/printable"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { afterCall, lostAnswer } from "../testing/after-call.ts"
import { temporaryFolder } from "../testing/folder.ts"
import { type RunOptions, runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const client = () => createClient({ url: server.url })
const run = (argv: string[], options: RunOptions = {}) => runCommand(server.url, ["clips", ...argv], options)
const stored = (id: string, projectId = "house") => client().clip.byId.query({ projectId, id })
let serial = 0
let clip = ""
let id = ""
beforeEach(async () => {
  id = `kick${serial++}`
  clip = `house/${id}`
  await client().clip.create.mutate({ projectId: "house", id, name: "Kick", code: 's("bd*4")', metadata: { bpm: 124 } })
})

/** A program that edits as it is told: a shell script that gets the file as its first argument. */
function editor(script: string): Record<string, string> {
  const path = join(temporaryFolder(), "editor.sh")
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return { EDITOR: path }
}
const writes = (code: string) => editor(`cat > "$1" <<'END'\n${code}\nEND`)
/** The words behind `clips` of the commands that make clips again. */
const undosOf = (stderr: string): string[][] =>
  [...stderr.matchAll(/strudel-agent clips (new .*)\n/g)].map(([, line = ""]) =>
    [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ""),
  )
const keptIn = (words: string) => /kept in (\S+)\.\s/.exec(words)?.[1] ?? ""

it("lists the same with and without the word list, and knows no other word", async () => {
  const bare = await run([])
  expect(await run(["list"])).toMatchObject({ code: 0, stdout: bare.stdout })
  expect(await run(["lst"])).toMatchObject({ code: 2, stdout: "" })
})

it("stores code from a pipe and from a file, and tells what it plays", async () => {
  const piped = await run(["new", "fresh/hat", "--tags", "a,b", "--bpm", "120", "--metadata", '{"scale":"C:minor"}'], {
    stdin: 's("hh*8")',
  })
  expect(piped).toMatchObject({ code: 0, stdout: "fresh/hat version 1\n", stderr: expect.stringContaining("It plays") })
  const metadata = { tags: ["a", "b"], bpm: 120, scale: "C:minor" }
  expect(await stored("hat", "fresh")).toMatchObject({ code: 's("hh*8")', metadata, name: "hat" })
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "x.js"), 's("bd").fasst(2)')
  const broken = await run(["new", "fresh/x", "--name", "X", "--file", "x.js", "--json"], { cwd })
  expect(broken).toMatchObject({ code: 0, stderr: "" })
  expect(broken.json()).toMatchObject({
    clip: { name: "X" },
    heard: { plays: false, errors: [{ line: 1, instead: expect.arrayContaining(["fast"]) }] },
  })
  expect(await run(["new", "fresh/x", "--file", "x.js"], { cwd })).toMatchObject({ code: 5 })
  expect(await run(["new", "x", "--file", "x.js"], { cwd })).toMatchObject({ code: 2 })
  expect(await run(["new", "fresh/y"], { stdin: " \n" })).toMatchObject({ code: 2 })
})

it("stores what was edited as the next version, and tells of its errors", async () => {
  const edited = await run(["edit", clip], { env: writes('s("bd*2").fasst(2)') })
  expect(edited).toMatchObject({ code: 0, stdout: `${clip} version 2\n` })
  expect(edited.stderr).toMatch(/line 1: .*fasst.*Instead: .*fast/)
  expect(await stored(id)).toMatchObject({ version: 2, code: 's("bd*2").fasst(2)' })
  expect(await run(["edit", clip, "--file", "-"], { stdin: "silence" })).toMatchObject({ code: 0 })
  expect(await stored(id)).toMatchObject({ version: 3, code: "silence" })
})

it("stores nothing where nothing changed, or the editor failed", async () => {
  expect(await run(["edit", clip], { env: editor('cat "$1" > /dev/null') })).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "Nothing changed: nothing is stored.\n",
  })
  const failed = await run(["edit", clip], { env: editor('echo more >> "$1"; exit 3') })
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining("ended with 3") })
  expect(readFileSync(keptIn(failed.stderr), "utf8")).toBe('s("bd*4")\nmore\n')
  expect(await run(["edit", clip])).toMatchObject({ code: 2, stderr: expect.stringContaining("EDITOR") })
  expect(await stored(id)).toMatchObject({ version: 1 })
})

it("keeps what was written where somebody else changed the clip meanwhile, or the server refuses it", async () => {
  const other = JSON.stringify({ projectId: "house", id, code: "hush" })
  const meanwhile = `node -e 'fetch("${server.url}/trpc/clip.update",{method:"POST",headers:{"content-type":"application/json"},body:process.argv[1]}).then(r=>process.exit(r.ok?0:9))' '${other}'`
  const conflict = await run(["edit", clip, "--json"], { env: editor(`${meanwhile}\necho 's("mine")' > "$1"`) })
  expect(conflict.code).toBe(5)
  expect(conflict.json()).toMatchObject({ error: { reason: "CLIP_CHANGED" } })
  expect(conflict.stderr).toContain(`strudel-agent clips diff ${clip} 1`)
  expect(readFileSync(keptIn(conflict.stderr), "utf8")).toBe('s("mine")\n')
  expect(await stored(id)).toMatchObject({ version: 2, code: "hush" })
  expect(await run(["edit", clip, "--file", "-", "--expect", "1"], { stdin: "x" })).toMatchObject({ code: 5 })
  const large = await run(["edit", clip], { env: editor('head -c 3000000 /dev/zero | tr "\\0" a > "$1"') })
  expect(large.code).toBe(4)
  expect(existsSync(keptIn(large.stderr))).toBe(true)
})

it("shows versions, what they changed, and makes one the newest again", async () => {
  await client().clip.update.mutate({ projectId: "house", id, code: 's("bd*4")\n.gain(.5)' })
  expect((await run(["show", clip, "--version", "1"])).stdout).toBe('s("bd*4")')
  const history = (await run(["history", clip])).stdout.split("\n")
  expect(history[1]).toMatch(/^ *2 {2}.*\+1/)
  expect(history[2]).toMatch(/^ *1 {2}.*created/)
  const { stdout } = await run(["diff", clip])
  expect(stdout).toContain(`--- ${clip} version 1\n+++ ${clip} version 2\n`)
  expect(stdout).toContain("+.gain(.5)")
  expect((await run(["diff", clip, "2", "1"])).stdout).toContain("-.gain(.5)")
  expect((await run(["diff", clip], { terminal: true })).stdout).toContain("\u001b[32m+.gain(.5)")
  expect(await run(["diff", clip, "2", "9"])).toMatchObject({ code: 3 })
  expect(await run(["restore", clip, "1"])).toMatchObject({ code: 0, stdout: `${clip} version 3\n` })
  expect(await stored(id)).toMatchObject({ code: 's("bd*4")' })
})

it("checks code of a clip, a file and a pipe", async () => {
  expect(await run(["check", clip])).toMatchObject({ code: 0, stdout: expect.stringContaining("It plays") })
  const broken = await run(["check"], { stdin: 's("bd").fasst(2)' })
  expect(broken.code).toBe(1)
  expect(broken.stdout).toMatch(/line 1: .*Instead: .*fast/)
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "x.js"), 's("bd"')
  expect((await run(["check", "--file", "x.js", "--json"], { cwd })).json()).toMatchObject({ plays: false })
  expect(await run(["check", "--file", "none.js"], { cwd })).toMatchObject({ code: 1 })
  expect(await run(["check", "house/nothing"])).toMatchObject({ code: 3 })
})

it("renames, tags and links a clip", async () => {
  expect(await run(["rename", clip, "Big kick"])).toMatchObject({ code: 0 })
  expect(await run(["tag", clip, "drums", "loud"])).toMatchObject({ code: 0 })
  expect(await run(["untag", clip, "loud"])).toMatchObject({ code: 0 })
  expect(await stored(id)).toMatchObject({ name: "Big kick", metadata: { bpm: 124, tags: ["drums"] } })
  expect((await run(["link", clip])).stdout).toBe(`${server.url}/projects/house/clips/${id}\n`)
})

it("deletes where it was told so, and says a command that makes the clip again", async () => {
  expect(await run(["delete", clip])).toMatchObject({ code: 2, stderr: expect.stringContaining("--yes") })
  expect(await run(["delete", clip, "--dry-run"])).toMatchObject({ code: 0, stdout: `${clip}\n` })
  const before = await stored(id)
  const deleted = await run(["delete", clip, "--yes"])
  expect(deleted).toMatchObject({ code: 0, stdout: `${clip}\n` })
  expect(await run(["show", clip])).toMatchObject({ code: 3 })
  expect(await run(undosOf(deleted.stderr)[0] ?? [])).toMatchObject({ code: 0 })
  const { name, code, metadata } = before
  expect(await stored(id)).toMatchObject({ name, code, metadata })
  const song = { projectId: "house", id: `song${id}`, name: "Song", clipIds: [id] }
  await client().song.create.mutate(song)
  const used = await run(["delete", clip, "--yes"])
  expect(used).toMatchObject({ code: 5, stderr: expect.stringContaining("songs use it") })
})

it("deletes no clip that was changed after it was read, but the others", async () => {
  await client().clip.create.mutate({ projectId: "house", id: `other${id}`, name: "Other", code: "silence" })
  afterCall("clip.find", () => client().clip.update.mutate({ projectId: "house", id, code: "hush" }))
  const ran = await run(["delete", clip, `house/other${id}`, clip, "--yes"])
  expect(ran).toMatchObject({ code: 5, stdout: "" })
  expect(ran.stderr.match(/changed meanwhile/g)).toHaveLength(1)
  expect(await stored(id)).toMatchObject({ version: 2, code: "hush" })
  expect(await run(["show", `house/other${id}`])).toMatchObject({ code: 3 })
})

it("says how clips are made again also where the answer to a later deletion is lost", async () => {
  const others = ["second", "third"].map((word) => `${word}${id}`)
  for (const other of others) {
    await client().clip.create.mutate({ projectId: "house", id: other, name: other, code: 's("hh")' })
  }
  afterCall("clip.delete", lostAnswer, 2)
  const lost = await run(["delete", clip, ...others.map((other) => `house/${other}`), "--yes", "--json"])
  expect(lost).toMatchObject({ code: 6 })
  expect(lost.json()).toMatchObject({ error: { reason: "UNREACHABLE" } })
  const undos = undosOf(lost.stderr)
  expect(undos.map(([, name]) => name)).toEqual([clip, `house/second${id}`])
  for (const undo of undos) expect(await run(undo)).toMatchObject({ code: 0 })
  expect(await stored(`third${id}`)).toMatchObject({ version: 1 })
})

it("says the command that makes a clip again so that no terminal acts upon the clip's name", async () => {
  await client().clip.update.mutate({ projectId: "house", id, name: "\u001b]0;title\u0007\u009b2J\u202eKick" })
  const { stderr } = await run(["delete", clip, "--yes"])
  expect(stderr).toContain("--name $'\\x1b]0;title\\x07\\xc2\\x9b2J\\xe2\\x80\\xaeKick' ")
  expect(stderr).toBe(printable(stderr))
})
