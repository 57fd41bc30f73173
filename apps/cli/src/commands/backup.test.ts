import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
import { fillLibrary, uuidOf } from "../testing/fill-library.ts"
import { readFiles, temporaryFolder } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

const clips = 1200
const messages = 1500

let full: TestServer
const folder = mkdtempSync(join(tmpdir(), "strudel-agent-backup-"))
const backup = join(folder, "library.jsonl.gz")
beforeAll(async () => {
  full = await startTestServer()
  await fillLibrary(full.database, { clips, messages })
  expect(await runCommand(full.url, ["backup", backup])).toMatchObject({
    code: 0,
    stderr: `Writing 12 projects, 1,200 clips, 12 songs, 12 playlists, 15 sessions, 1,500 messages of ${full.url} into ${backup}.\n`,
  })
}, 120_000)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await full.close()
})

/** A server with an empty library, for one test. */
async function withEmpty(work: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer()
  try {
    await work(server)
  } finally {
    await server.close()
  }
}

/** The lines of what a library holds, by a backup of it. */
async function linesOf(server: TestServer): Promise<string> {
  const file = join(temporaryFolder(), "again.jsonl.gz")
  expect((await runCommand(server.url, ["backup", file])).code).toBe(0)
  return gunzipSync(readFileSync(file)).toString()
}

it("puts thousands of clips and messages into an empty library so that every export of both is the same", async () => {
  await withEmpty(async (empty) => {
    const restored = await runCommand(empty.url, ["restore", backup])
    expect(restored).toMatchObject({ code: 0, stderr: expect.stringContaining("which is empty.") })
    expect(restored.stdout).toContain("1,500 messages: 1,500 added\n")
    expect(await linesOf(empty)).toBe(gunzipSync(readFileSync(backup)).toString())
    const folders = await Promise.all(
      [full, empty].map(async ({ url }) => {
        const folder = temporaryFolder()
        expect((await runCommand(url, ["export", folder])).code).toBe(0)
        return readFiles(folder)
      }),
    )
    expect(folders[1]).toEqual(folders[0])
    for (const number of [0, 12]) {
      const argv = ["sessions", "export", uuidOf(`session ${number}`), "--format", "jsonl"]
      expect((await runCommand(empty.url, argv)).stdout).toBe((await runCommand(full.url, argv)).stdout)
    }
    const again = await runCommand(empty.url, ["restore", backup, "--json"])
    expect(again.json()).toMatchObject({ counts: { message: { added: 0, same: messages }, clip: { same: clips } } })
    expect(again.code).toBe(0)
  })
}, 120_000)

it("does nothing in a dry run, and says what it would do", async () => {
  await withEmpty(async (empty) => {
    const { code, stdout, stderr } = await runCommand(empty.url, ["restore", backup, "--dry-run"])
    expect({ code, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^This would restore 12 projects/),
    })
    expect(stdout).toContain("Would restore 2,400 versions of clips: 2,400 added\n")
    expect(await empty.database.db.project.count()).toBe(0)
    const file = join(temporaryFolder(), "none.gz")
    expect((await runCommand(full.url, ["backup", file, "--dry-run"])).stderr).toMatch(/^This would write 12 projects/)
    expect(existsSync(file)).toBe(false)
  })
}, 60_000)

it("says in a dry run of an export what would become of each file, and writes none", async () => {
  const folder = join(temporaryFolder(), "exported")
  const argv = ["export", folder, "--project", "p000", "--json"]
  const dry = await runCommand(full.url, [...argv, "--dry-run"])
  expect(dry).toMatchObject({ code: 0 })
  // 100 clips, a song, a playlist, a file, and the index that is made of the description.
  expect(dry.json()).toMatchObject({ dryRun: true, counts: { created: 104, updated: 0 } })
  expect(existsSync(folder)).toBe(false)
})

it("comes to the same end when it was interrupted in the middle, with nothing doubled", async () => {
  await withEmpty(async (empty) => {
    const interruption = new AbortController()
    const first = await runCommand(empty.url, ["restore", backup], {
      terminal: true,
      interruption: interruption.signal,
      onStderr: (text) => / message\b/.test(text) && interruption.abort(),
    })
    expect(first).toMatchObject({ code: 130, stderr: expect.stringContaining("The same command goes on") })
    const stored = await empty.database.db.message.count()
    expect(stored).toBeGreaterThan(0)
    expect(stored).toBeLessThan(messages)
    // Each session is whole as far as it came.
    const sessions = await empty.database.db.session.findMany({ select: { messageCount: true } })
    expect(sessions.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(stored)
    const second = await runCommand(empty.url, ["restore", backup, "--json"])
    expect(second).toMatchObject({ code: 0 })
    expect(second.json()).toMatchObject({ counts: { message: { added: messages - stored, same: stored } } })
    expect(await linesOf(empty)).toBe(gunzipSync(readFileSync(backup)).toString())
  })
}, 120_000)

it("leaves what is there as it is, tells of it, and adds the rest", async () => {
  await withEmpty(async (other) => {
    const client = createClient({ url: other.url })
    await client.clip.create.mutate({ projectId: "p000", id: "c1", name: "Mine", code: 's("mine")' })
    await client.clip.update.mutate({ projectId: "p000", id: "c1", code: 's("mine too")' })
    await client.clip.update.mutate({ projectId: "p000", id: "c1", code: 's("mine three")' })
    await client.clip.create.mutate({ projectId: "own", id: "c", name: "Own", code: "silence" })
    const id = uuidOf("session 3")
    await client.session.create.mutate({ id, name: "Another talk" })
    await client.message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "mine" }] })
    const restored = await runCommand(other.url, ["restore", backup, "--json"])
    expect(restored.code).toBe(1)
    expect(restored.json()).toMatchObject({
      counts: {
        project: { added: 11, kept: 1 },
        clip: { added: clips - 1, kept: 1 },
        clipVersion: { added: 2 * clips - 2, kept: 2 },
        session: { kept: 1 },
        message: { added: messages - 100, kept: 100 },
      },
    })
    expect(await client.clip.byId.query({ projectId: "p000", id: "c1" })).toMatchObject({
      ...{ code: 's("mine three")', version: 3 },
    })
    expect((await client.message.list.query({ sessionId: id })).messages).toMatchObject([{ content: "mine" }])
    expect(await client.clip.byId.query({ projectId: "own", id: "c" })).toMatchObject({ name: "Own" })
    const told = await runCommand(other.url, ["restore", backup])
    expect(told.stderr).toContain("what is there stays as it is")
    expect(told.stdout).toContain("  clip p000/c1: the library has another one, which stays\n")
  })
}, 120_000)

it("stores nothing of a backup that is damaged, cut off, of another version, or none", async () => {
  const folder = temporaryFolder()
  const lines = gunzipSync(readFileSync(backup)).toString()
  const cut = join(folder, "cut.gz")
  writeFileSync(cut, readFileSync(backup))
  truncateSync(cut, 40_000)
  const changed = join(folder, "changed.gz")
  writeFileSync(changed, gzipSync(lines.replace("Clip 7 ", "Clip 8 ")))
  const headless = join(folder, "later.gz")
  writeFileSync(headless, gzipSync(lines.replace('"version":2', '"version":3')))
  const shorter = join(folder, "shorter.gz")
  writeFileSync(shorter, gzipSync(lines.slice(0, lines.lastIndexOf('{"end"'))))
  const none = join(folder, "none.gz")
  writeFileSync(none, "no backup")
  await withEmpty(async (empty) => {
    for (const [path, words] of [
      [cut, "it ends before its end"],
      [changed, "its checksum is another"],
      [headless, "this program reads up to version 2"],
      [shorter, "it ends before its end"],
      [none, "it is not compressed as one, or damaged"],
      [join(folder, "nowhere.gz"), "there is no such file"],
    ] as const) {
      const restored = await runCommand(empty.url, ["restore", path])
      expect(restored).toMatchObject({ code: 1, stderr: expect.stringContaining(words), stdout: "" })
    }
    expect(await empty.database.db.project.count()).toBe(0)
  })
}, 60_000)

it("leaves a record out that the library does not take, and names it", async () => {
  const path = join(temporaryFolder(), "odd.gz")
  const { writeBackup, noCounts } = await import("../backup/backup-file.ts")
  const times = { createdAt: "2025-01-01T00:00:00.000Z", updatedAt: "2025-01-01T00:00:00.000Z" }
  async function* records() {
    yield { kind: "project" as const, record: { id: "good", name: "Good", description: "", metadata: {}, ...times } }
    yield { kind: "project" as const, record: { id: "../bad", name: "Bad", description: "", metadata: {}, ...times } }
  }
  const pieces: Uint8Array[] = []
  for await (const piece of writeBackup(records(), { counts: noCounts(), sha256: "" })) pieces.push(piece)
  writeFileSync(path, Buffer.concat(pieces))
  await withEmpty(async (empty) => {
    const restored = await runCommand(empty.url, ["restore", path])
    expect(restored).toMatchObject({ code: 1, stdout: expect.stringContaining("project ../bad: records.0.id: ") })
    expect(await empty.database.db.project.findMany({ select: { id: true } })).toEqual([{ id: "good" }])
  })
}, 60_000)

it("writes no file where one is, unless told", async () => {
  const file = join(temporaryFolder(), "there.gz")
  writeFileSync(file, "mine")
  expect(await runCommand(full.url, ["backup", file])).toMatchObject({ code: 1 })
  expect(readFileSync(file, "utf8")).toBe("mine")
  expect((await runCommand(full.url, ["backup", file, "--overwrite", "--json"])).json()).toMatchObject({
    ...{ dryRun: false, records: { message: messages } },
  })
  expect(gunzipSync(readFileSync(file)).toString()).toBe(gunzipSync(readFileSync(backup)).toString())
})

it.skipIf(!existsSync("/dev/full"))("says where the disk is full", async () => {
  const { code, stdout, stderr } = await runCommand(full.url, ["backup", "/dev/full", "--overwrite"])
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  expect(stderr).toContain("/dev/full: the disk is full")
})
