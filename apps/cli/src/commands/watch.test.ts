import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest"
import { afterCall, answerInstead } from "../testing/after-call.ts"
import { readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"
import { digestOf } from "../watch/local-files.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const client = () => createClient({ url: server.url })
const codeOf = async (projectId: string, id: string): Promise<string> =>
  (await client().clip.byId.query({ projectId, id })).code

/** The folder of a project of its own. */
function projectFolder(id: string, files: Record<string, string>): string {
  const folder = join(temporaryFolder(), id)
  mkdirSync(folder)
  writeFiles(folder, files)
  return folder
}

const once = (folder: string, ...argv: string[]) => runCommand(server.url, ["watch", folder, "--once", ...argv])

interface Watching {
  events: Record<string, unknown>[]
  stop(): Promise<number>
}

/** Watches a folder until the test stops it; resolves when both sides are in step. */
async function startWatch(folder: string): Promise<Watching> {
  const interruption = new AbortController()
  const events: Record<string, unknown>[] = []
  const ended = runCommand(server.url, ["watch", folder, "--json"], {
    interruption: interruption.signal,
    onStdout: (text) => events.push(JSON.parse(text)),
  })
  const stop = async () => {
    interruption.abort()
    return (await ended).code
  }
  onTestFinished(async () => void (await stop()))
  await vi.waitFor(() => expect(events).toContainEqual(expect.objectContaining({ event: "ready" })), waiting)
  return { events, stop }
}

const waiting = { timeout: 20_000, interval: 20 }

it("brings what is edited here into the library, and what is changed there into its file, with no echo", async () => {
  const folder = projectFolder("live", { "clips/kick.js": 's("bd")\n', "index.md": "# Live\n" })
  const { events, stop } = await startWatch(folder)
  expect(await codeOf("live", "kick")).toBe('s("bd")\n')

  writeFiles(folder, { "clips/kick.js": 's("bd*2")\n', "clips/new/../hat.js": 's("hh")\n' })
  await vi.waitFor(async () => expect(await codeOf("live", "kick")).toBe('s("bd*2")\n'), waiting)
  await vi.waitFor(async () => expect(await codeOf("live", "hat")).toBe('s("hh")\n'), waiting)

  await client().clip.update.mutate({ projectId: "live", id: "kick", code: 's("bd*3")\n' })
  await client().clip.create.mutate({ projectId: "live", id: "snare", name: "Snare", code: 's("sd")' })
  const text = (path: string) => readFileSync(join(folder, path), "utf8")
  await vi.waitFor(() => expect(text("clips/kick.js")).toContain('s("bd*3")'), waiting)
  await vi.waitFor(() => expect(text("clips/snare.js")).toContain('s("sd")'), waiting)

  // Edited on top of what came from the library: no conflict.
  writeFiles(folder, { "clips/kick.js": text("clips/kick.js").replace("bd*3", "bd*4") })
  await vi.waitFor(async () => expect(await codeOf("live", "kick")).toContain("bd*4"), waiting)
  mkdirSync(join(folder, "songs"))
  writeFiles(folder, { "songs/night.md": "# Night\n\n1. [kick.js](../clips/kick.js)\n" })
  const song = () => client().song.byId.query({ projectId: "live", id: "night" })
  await vi.waitFor(async () => expect((await song()).clips).toHaveLength(1), waiting)
  expect(await stop()).toBe(130)

  const kicks = events.filter(({ path }) => path === "clips/kick.js").map(({ event }) => event)
  expect(kicks).toEqual(["pushed", "pushed", "pulled", "pushed"])
  expect((await client().clip.byId.query({ projectId: "live", id: "kick" })).version).toBe(4)
  expect(events.filter(({ event }) => event === "conflict" || event === "refused")).toEqual([])
}, 60_000)

it("brings in at the start what changed on each side while nothing watched", async () => {
  const folder = projectFolder("rest", { "clips/a.js": "s('a')", "clips/b.js": "s('b')", "clips/c.js": "s('c')" })
  expect(await once(folder)).toMatchObject({ code: 0 })
  writeFiles(folder, { "clips/a.js": "s('a2')" })
  await client().clip.update.mutate({ projectId: "rest", id: "b", code: "s('b2')" })
  const dry = await once(folder, "--dry-run")
  expect(dry.stderr).toContain("Would be: clips/a.js: updated in the library\n")
  expect(dry.stderr).toContain("Would be: clips/b.js: updated here")
  expect(await codeOf("rest", "a")).toBe("s('a')")
  expect(readFileSync(join(folder, "clips/b.js"), "utf8")).toBe("s('b')")

  const ran = await once(folder, "--json")
  const events = ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  expect(events).toHaveLength(2)
  expect(events).toContainEqual({ event: "pulled", path: "clips/b.js", outcome: "updated" })
  expect(events).toContainEqual({ event: "pushed", path: "clips/a.js", outcome: "updated" })
  expect(await codeOf("rest", "a")).toBe("s('a2')")
  expect(readFileSync(join(folder, "clips/b.js"), "utf8")).toContain("s('b2')")
  expect(await once(folder)).toMatchObject({ code: 0, stdout: "", stderr: "" })
}, 60_000)

it("keeps both of what was changed on both sides, and tells", async () => {
  const folder = projectFolder("both", { "clips/kick.js": "s('bd')" })
  await once(folder)
  writeFiles(folder, { "clips/kick.js": "s('mine')" })
  await client().clip.update.mutate({ projectId: "both", id: "kick", code: "s('theirs')" })
  const ran = await once(folder)
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("changed here and in the library") })
  const files = readFiles(folder)
  const conflict = Object.keys(files).find((path) => path.endsWith(".conflict")) ?? ""
  expect(files[conflict]).toBe("s('mine')")
  expect(conflict).toMatch(/^clips\/kick\.js\.[0-9a-f]{8}\.conflict$/)
  expect(files["clips/kick.js"]).toContain("s('theirs')")
  expect(await codeOf("both", "kick")).toBe("s('theirs')")
  // What stands beside is a file of nobody's, until somebody puts it in its place.
  expect(await once(folder)).toMatchObject({ code: 0, stderr: "" })
  writeFiles(folder, { "clips/kick.js": "s('mine')" })
  expect(await once(folder)).toMatchObject({ code: 0 })
  expect(await codeOf("both", "kick")).toBe("s('mine')")
}, 60_000)

it("takes an imported folder without a state for what it is, and asks the library which side is newer", async () => {
  const folder = projectFolder("known", { "clips/a.js": "s('a')", "clips/b.js": "s('b')", "clips/c.js": "s('c')" })
  await runCommand(server.url, ["import", folder])
  writeFiles(folder, { "clips/a.js": "s('a2')", "clips/c.js": "s('mine')" })
  await client().clip.update.mutate({ projectId: "known", id: "b", code: "s('b2')" })
  await client().clip.update.mutate({ projectId: "known", id: "c", code: "s('theirs')" })
  expect(await once(folder)).toMatchObject({ code: 1 })
  expect(await codeOf("known", "a")).toBe("s('a2')")
  expect(readFileSync(join(folder, "clips/b.js"), "utf8")).toContain("s('b2')")
  expect(readFileSync(join(folder, "clips/c.js"), "utf8")).toContain("s('theirs')")
  expect(readdirSync(join(folder, "clips")).filter((name) => name.endsWith(".conflict"))).toHaveLength(1)
}, 60_000)

it("passes over what editors put beside a file, hidden files and links, and deletes nothing", async () => {
  const swaps = { "clips/.kick.js.swp": "x", "clips/kick.js~": "x", "clips/#kick.js#": "x", "clips/4913": "" }
  const folder = projectFolder("quiet", { "clips/kick.js": "s('bd')", "clips/hat.js": "s('hh')", ...swaps })
  await once(folder)
  const { files } = await client().project.exportFiles.query({ projectId: "quiet" })
  expect(files.map(({ path }) => path)).toEqual(["clips/hat.js", "clips/kick.js"])
  rmSync(join(folder, "clips/kick.js"))
  await client().clip.delete.mutate({ projectId: "quiet", id: "hat" })
  const { stderr, code } = await once(folder)
  expect(code).toBe(0)
  expect(stderr).toContain("clips/kick.js: is gone here; the library still has it\n")
  expect(stderr).toContain("clips/hat.js: is gone in the library; it stays here\n")
  expect(await codeOf("quiet", "kick")).toBe("s('bd')")
  expect(readFileSync(join(folder, "clips/hat.js"), "utf8")).toBe("s('hh')")
}, 60_000)

it("refuses a folder that was in step with another project, and one that is not there", async () => {
  const folder = projectFolder("one", { "clips/a.js": "s('a')" })
  await once(folder)
  expect(await once(folder, "--project", "other")).toMatchObject({ code: 2 })
  expect(await once(join(folder, "none"))).toMatchObject({ code: 2, stderr: expect.stringContaining("no such folder") })
  writeFileSync(join(folder, ".strudel-agent-watch.json"), "{")
  expect(await once(folder)).toMatchObject({ code: 1, stderr: expect.stringContaining("remove it") })
}, 60_000)

it("leaves a file that it cannot read as it is, and does not say that it is gone", async () => {
  const folder = projectFolder("large", { "clips/kick.js": "s('bd')" })
  await once(folder)
  const large = "x".repeat(2 * 1024 * 1024 + 1)
  writeFiles(folder, { "clips/kick.js": large })
  const unchanged = await once(folder)
  expect(unchanged).toMatchObject({ code: 1, stderr: "clips/kick.js: left as it is: is larger than 2 MiB\n" })
  await client().clip.update.mutate({ projectId: "large", id: "kick", code: "s('theirs')" })
  expect(await once(folder)).toMatchObject({ code: 1, stderr: unchanged.stderr })
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toHaveLength(large.length)
}, 60_000)

it("leaves a file as it is where what stands in it cannot be kept beside it", async () => {
  const folder = projectFolder("beside", { "clips/kick.js": "s('bd')" })
  await once(folder)
  writeFiles(folder, { "clips/kick.js": "s('mine')" })
  await client().clip.update.mutate({ projectId: "beside", id: "kick", code: "s('theirs')" })
  const beside = join(folder, `clips/kick.js.${digestOf(Buffer.from("s('mine')")).slice(0, 8)}.conflict`)
  mkdirSync(beside)
  const ran = await once(folder)
  expect(ran).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(".conflict was not written: there is something"),
  })
  expect(ran.stderr.match(/left as it is/g)).toHaveLength(1)
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toBe("s('mine')")
  expect(await codeOf("beside", "kick")).toBe("s('theirs')")
  rmdirSync(beside)
  await once(folder)
  expect(readFileSync(beside, "utf8")).toBe("s('mine')")
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toContain("s('theirs')")
}, 60_000)

it("makes no item of what it wrote here, also where another item's file has the usual path", async () => {
  const folder = projectFolder("taken", { "clips/Kick.js": "s('bd')" })
  await once(folder)
  await client().clip.create.mutate({ projectId: "taken", id: "kick", name: "kick", code: "s('other')" })
  for (let runs = 0; runs < 3; runs++) expect(await once(folder)).toMatchObject({ code: 0 })
  const { items } = await client().clip.list.query({ projectId: "taken" })
  expect(items.map(({ id }) => id).sort()).toEqual(["Kick", "kick"])
  expect(readdirSync(join(folder, "clips")).sort()).toEqual(["Kick.js", "kick-2.js"])
  writeFiles(folder, { "clips/kick-2.js": "s('edited')" })
  expect(await once(folder)).toMatchObject({ code: 0 })
  expect(await codeOf("taken", "kick")).toBe("s('edited')")
}, 60_000)

it("tells the library again what stands here where it ended before it was told", async () => {
  const folder = projectFolder("lost", { "clips/kick.js": "s('bd')" })
  await once(folder)
  await client().clip.update.mutate({ projectId: "lost", id: "kick", code: "s('theirs')" })
  let isAway = true
  answerInstead("project.acknowledgeFiles", () => {
    if (isAway) throw new TypeError("fetch failed")
    return undefined
  })
  expect(await once(folder)).not.toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toContain("s('theirs')")
  isAway = false
  expect(await once(folder)).toMatchObject({ code: 0, stderr: "" })
  // Sent by an import, which knows of no state: the library must have been told.
  writeFiles(folder, { "clips/kick.js": "s('edited')" })
  expect(await runCommand(server.url, ["import", folder])).toMatchObject({ code: 0 })
  expect(await codeOf("lost", "kick")).toBe("s('edited')")
}, 60_000)

it("keeps both of what was changed in two folders of one project", async () => {
  const first = projectFolder("two", { "clips/kick.js": "s('bd')", "notes.txt": "none" })
  const second = projectFolder("two", { "clips/kick.js": "s('bd')", "notes.txt": "none" })
  await once(first)
  await once(second)
  writeFiles(first, { "clips/kick.js": "s('first')", "notes.txt": "first" })
  writeFiles(second, { "clips/kick.js": "s('second')", "notes.txt": "second" })
  // The second one sends what it has before it hears of the first one's.
  afterCall("project.exportFiles", () => once(first))
  expect(await once(second)).toMatchObject({ code: 1 })
  expect(await codeOf("two", "kick")).toBe("s('first')")
  const files = Object.entries(readFiles(second))
  expect(files).toContainEqual(["clips/kick.js", "s('first')"])
  expect(files).toContainEqual(["notes.txt", "first"])
  const kept = files.flatMap(([path, text]) => (path.endsWith(".conflict") ? [text] : []))
  expect(kept.sort()).toEqual(["s('second')", "second"])
}, 60_000)

/** What was kept beside files of a folder. */
const keptBeside = (folder: string): string[] =>
  Object.entries(readFiles(folder)).flatMap(([path, text]) => (path.endsWith(".conflict") ? [text] : []))

it("keeps both of a file that is new in two folders of one project", async () => {
  const first = projectFolder("new-in-two", {})
  const second = projectFolder("new-in-two", {})
  await once(first)
  await once(second)
  writeFiles(first, { "clips/kick.js": "s('first')", "notes.txt": "first" })
  writeFiles(second, { "clips/kick.js": "s('second')", "notes.txt": "second" })
  // The second one sends what it has before it hears of the first one's.
  afterCall("project.exportFiles", () => once(first))
  expect(await once(second)).toMatchObject({ code: 1 })
  expect(await codeOf("new-in-two", "kick")).toBe("s('first')")
  const files = Object.entries(readFiles(second))
  expect(files).toContainEqual(["clips/kick.js", "s('first')"])
  expect(files).toContainEqual(["notes.txt", "first"])
  expect(keptBeside(second).sort()).toEqual(["s('second')", "second"])
}, 60_000)

it("keeps both where a file comes new that another folder's watch sent a moment before", async () => {
  const first = projectFolder("new-later", {})
  const second = projectFolder("new-later", {})
  await once(first)
  await once(second)
  writeFiles(first, { "clips/kick.js": "s('first')" })
  await once(first)
  writeFiles(second, { "clips/kick.js": "s('second')" })
  expect(await once(second)).toMatchObject({ code: 1 })
  expect(await codeOf("new-later", "kick")).toBe("s('first')")
  expect(keptBeside(second)).toEqual(["s('second')"])
}, 60_000)

it("writes over no other folder's file that is no item where it has no state", async () => {
  const first = projectFolder("no-state", { "notes.json": "first" })
  const second = projectFolder("no-state", { "notes.json": "second" })
  await once(first)
  expect(await once(second)).toMatchObject({ code: 1 })
  expect(readFileSync(join(second, "notes.json"), "utf8")).toBe("first")
  expect(keptBeside(second)).toEqual(["second"])
}, 60_000)

it("neither writes into a folder that took the place of its own, nor sends older text when that is back", async () => {
  const folder = projectFolder("unmounted", { "clips/kick.js": "s('bd')" })
  const { events } = await startWatch(folder)
  const state = () => readFileSync(join(folder, ".strudel-agent-watch.json"), "utf8")
  await vi.waitFor(() => expect(state()).toContain("clips/kick.js"), waiting)
  renameSync(folder, `${folder}-away`)
  mkdirSync(folder)
  await client().clip.update.mutate({ projectId: "unmounted", id: "kick", code: "s('theirs')" })
  const refusal = expect.objectContaining({ event: "refused", path: "." })
  await vi.waitFor(() => expect(events).toContainEqual(refusal), waiting)
  expect(readdirSync(folder)).toEqual([])
  rmdirSync(folder)
  renameSync(`${folder}-away`, folder)
  const text = () => readFileSync(join(folder, "clips/kick.js"), "utf8")
  await vi.waitFor(() => expect(text()).toContain("s('theirs')"), waiting)
  expect(await codeOf("unmounted", "kick")).toBe("s('theirs')")
  expect(events.filter(({ event }) => event === "refused")).toHaveLength(1)
}, 60_000)

it("brings a file again that is gone here and changed there only where it is gone at the next look, too", async () => {
  const folder = projectFolder("gone", { "clips/kick.js": "s('bd')" })
  await once(folder)
  rmSync(join(folder, "clips/kick.js"))
  await client().clip.update.mutate({ projectId: "gone", id: "kick", code: "s('theirs')" })
  // It comes back, as it was edited, at the second look.
  afterCall("project.exportFiles", async () => writeFiles(folder, { "clips/kick.js": "s('mine')" }), 2)
  expect(await once(folder)).toMatchObject({ code: 1 })
  expect(keptBeside(folder)).toEqual(["s('mine')"])
  rmSync(join(folder, "clips/kick.js"))
  await client().clip.update.mutate({ projectId: "gone", id: "kick", code: "s('newer')" })
  expect(await once(folder)).toMatchObject({ code: 0, stderr: expect.stringContaining("clips/kick.js: created here") })
  expect(readFileSync(join(folder, "clips/kick.js"), "utf8")).toContain("s('newer')")
}, 60_000)

it("leaves a linked folder that holds a file which the library has, too, and tells once", async () => {
  const folder = projectFolder("linked", { "index.md": "# Linked\n" })
  await once(folder)
  const elsewhere = projectFolder("clips", { "kick.js": "s('elsewhere')" })
  symlinkSync(elsewhere, join(folder, "clips"))
  await client().clip.create.mutate({ projectId: "linked", id: "kick", name: "kick", code: "s('bd')" })
  const stderr = "clips/kick.js: left as it is: clips is a link, which is not followed\n"
  expect(await once(folder)).toMatchObject({ code: 1, stderr })
  expect(readFiles(elsewhere)).toEqual({ "kick.js": "s('elsewhere')" })
  const { events } = await startWatch(folder)
  expect(events.map(({ event }) => event)).toEqual(["refused", "ready"])
}, 60_000)

it("fails where a file changes all the while", async () => {
  const folder = projectFolder("restless", { "clips/kick.js": "s('bd')" })
  await once(folder)
  await client().clip.update.mutate({ projectId: "restless", id: "kick", code: "s('theirs')" })
  let writes = 0
  answerInstead("project.exportFiles", () => {
    writeFiles(folder, { "clips/kick.js": `s('mine').fast(${++writes})` })
    return undefined
  })
  expect(await once(folder)).toMatchObject({ code: 1, stderr: expect.stringContaining("run it again") })
  expect(await codeOf("restless", "kick")).toBe("s('theirs')")
}, 60_000)

it("does not write over a kept file that was edited", async () => {
  const folder = projectFolder("edited-beside", { "clips/kick.js": "s('bd')" })
  await once(folder)
  const beside = `clips/kick.js.${digestOf(Buffer.from("s('mine')")).slice(0, 8)}`
  writeFiles(folder, { "clips/kick.js": "s('mine')", [`${beside}.conflict`]: "s('mine, edited')" })
  await client().clip.update.mutate({ projectId: "edited-beside", id: "kick", code: "s('theirs')" })
  expect(await once(folder)).toMatchObject({ code: 1 })
  expect(readFiles(folder)).toMatchObject({
    [`${beside}.conflict`]: "s('mine, edited')",
    [`${beside}-2.conflict`]: "s('mine')",
  })
}, 60_000)
