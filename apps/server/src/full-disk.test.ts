import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { type EmbeddedDatabase, startEmbedded } from "@strudel-agent/database/embedded"
import { ensureDatabase, migrate } from "@strudel-agent/database/migrate"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, expect, it } from "vitest"
import { buildDoor } from "./door.ts"
import { makeSmallDisk } from "./testing/small-disk.ts"

const directory = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url))
const pool = { size: 4, maxOverflow: 4, recycleSeconds: 3600, commandTimeoutSeconds: 30, echo: false }
const patience = { timeout: 30_000 }

/** Stands in for a disk where none can be made: what PostgreSQL raises at every message on a full one. */
const raising = (db: Database["db"]) => ({
  fill: async () => {
    await db.$executeRaw`
      CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file "x": No space left on device';
      END $$`
    await db.$executeRaw`CREATE TRIGGER full_disk BEFORE INSERT ON messages EXECUTE FUNCTION full_disk()`
  },
  free: async () => {
    await db.$executeRaw`DROP FUNCTION full_disk CASCADE`
  },
})

const disk = makeSmallDisk(150)
const folder = disk?.folder ?? mkdtempSync(join(tmpdir(), "full-disk-"))
const said: string[] = []
let embedded: EmbeddedDatabase
beforeAll(async () => {
  const log = { info() {}, warn: (words: string) => said.push(words) }
  embedded = await startEmbedded({ dir: join(folder, "data"), log })
  await ensureDatabase(embedded.url())
  await migrate({ url: embedded.url(), directory })
})
afterAll(async () => {
  await embedded.stop()
  disk?.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** A server on the database of the small disk; `asksForRoom` as in the product, or else hears of the disk too late. */
async function open({ asksForRoom }: { asksForRoom: boolean }) {
  const database = createDatabase({ url: embedded.url(), pool, ...(asksForRoom ? { hasRoom: embedded.hasRoom } : {}) })
  const analyser = createAnalyser()
  const door = await buildDoor({ database, analyser, allowedHosts: [], version: "0" })
  const url = await door.listen({ host: "127.0.0.1", port: 0 })
  const client = createClient({ url })
  const { id } = await client.session.create.mutate({})
  const acknowledged: string[] = []
  /** Appends one message, large enough to need room; answers the status and the reason of its failure. */
  async function append(): Promise<string> {
    const content = `${acknowledged.length} ${Math.random()} ${"x".repeat(20_000)}`
    const response = await fetch(`${url}/api/messages/${id}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ messages: [{ role: "user", content }] }),
    })
    const answer = await response.text()
    if (response.status === 201) acknowledged.push(content)
    return [response.status, ...(/"reason":"(\w+)"/.exec(answer)?.slice(1) ?? [])].join(" ")
  }
  async function read(): Promise<number[]> {
    const paths = ["/health", "/api/sessions", `/api/messages/${id}?page_size=10`, "/api/openapi.json"]
    return Promise.all(paths.map(async (path) => (await fetch(`${url}${path}`)).status))
  }
  /** Everything that is stored, in order. */
  async function stored(): Promise<string[]> {
    const contents: string[] = []
    for (;;) {
      const range = contents.length === 0 ? { before: 1 } : { after: contents.length - 1 }
      const { messages } = await client.message.list.query({ sessionId: id, limit: 50, ...range })
      if (messages.length === 0) return contents
      contents.push(...messages.map(({ content }) => content))
    }
  }
  const { fill, free } = disk ?? raising(database.db)
  async function close() {
    await door.close()
    await analyser.close()
    await database.close(100)
  }
  return { append, read, stored, acknowledged, client, database, fill, free, close }
}

it("a full disk leaves everything to be read, and refuses what is written until there is room", async () => {
  const { append, read, stored, acknowledged, client, fill, free, close } = await open({ asksForRoom: true })
  for (let count = 0; count < 5; count++) expect(await append()).toBe("201")
  await fill()
  await expect.poll(append, patience).toBe("503 STORAGE_FULL")
  expect(await read()).toEqual([200, 200, 200, 200])
  if (disk) {
    const refused = await client.session.create.mutate({}).catch((error: unknown) => error)
    expect(reasonOf(refused)).toBe("STORAGE_FULL")
  }
  await free()
  await expect.poll(append, patience).toBe("201")
  expect(await stored()).toEqual(acknowledged)
  await close()
}, 120_000)

it("PostgreSQL's own word for a full disk is told as such, message for message", async () => {
  const { append, read, stored, acknowledged, fill, free, close } = await open({ asksForRoom: false })
  for (let turn = 0; turn < 2; turn++) {
    await fill()
    const answers = new Set<string>()
    for (let count = 0; count < 40; count++) answers.add(await append())
    answers.delete("201")
    expect([...answers]).toEqual(["503 STORAGE_FULL"])
    expect(await read()).toEqual([200, 200, 200, 200])
    await free()
    await expect.poll(append, patience).toBe("201")
  }
  expect(await stored()).toEqual(acknowledged)
  await close()
}, 120_000)

it("a database that a full disk ended comes back by itself when there is room", async () => {
  const { append, read, stored, acknowledged, database, fill, free, close } = await open({ asksForRoom: false })
  for (let count = 0; count < 5; count++) expect(await append()).toBe("201")
  const { pid } = embedded
  await fill()
  if (disk) {
    // Its log needs another file, for which there is no room.
    for (let count = 0; count < 3; count++) await database.db.$queryRaw`SELECT pg_switch_wal()::text`.catch(() => {})
    await expect.poll(append, { ...patience, interval: 200 }).toBe("503 DATABASE_AWAY")
    await expect.poll(() => said.join("\n"), patience).toContain("the disk is full. It is tried again until it starts.")
    expect(await append()).toBe("503 DATABASE_AWAY")
    expect(await read()).toEqual([503, 503, 503, 200])
  } else {
    process.kill(pid, "SIGKILL")
  }
  await free()
  await expect.poll(append, { ...patience, interval: 200 }).toBe("201")
  await expect.poll(() => embedded.pid, patience).not.toBe(pid)
  expect(await stored()).toEqual(acknowledged)
  await close()
}, 120_000)
