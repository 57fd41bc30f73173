import { cp, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { migrate } from "./migrate.ts"
import { createEmptyDatabase, type TestDatabase } from "./testing/test-database.ts"

const own = fileURLToPath(new URL("../migrations", import.meta.url))

let database: TestDatabase
let directory: string
let client: pg.Client

beforeAll(async () => {
  database = await createEmptyDatabase()
  directory = await mkdtemp(join(tmpdir(), "migrations of a test "))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.close()
  await rm(directory, { recursive: true })
})

/** Applies the migrations of this package that come before one, or all. */
async function migrateUntil(last?: string): Promise<void> {
  for (const name of (await readdir(own)).sort()) {
    if (last === undefined || name < last) await cp(join(own, name), join(directory, name), { recursive: true })
  }
  await migrate({ url: database.url, directory })
}

const query = async (sql: string): Promise<unknown[]> => (await client.query(sql)).rows

describe("songs and playlists from before they had versions", () => {
  it("get their first one, of when they last changed, with their parts in order", async () => {
    await migrateUntil("20261125100000_song_and_playlist_versions")
    await query("INSERT INTO projects (id, name) VALUES ('p', 'Project')")
    await query(
      "INSERT INTO clips (project_id, id, name, code) SELECT 'p', 'c' || i, 'Clip', '' FROM generate_series(1, 3) i",
    )
    for (const table of ["songs", "playlists"]) {
      await query(`
        INSERT INTO ${table} (project_id, id, name, body, metadata, updated_at)
        SELECT 'p', 'x' || i, 'Name ' || i, 'Text ' || i, '{"tags": ["slow"]}', '2026-05-01T10:00:00.5Z'
        FROM generate_series(1, 1000) i`)
    }
    await query(`
      INSERT INTO song_clips (project_id, song_id, position, clip_id)
      SELECT 'p', 'x' || i, n, 'c' || 1 + (2 * n + i) % 3 FROM generate_series(2, 1000) i, generate_series(0, 3) n`)
    await query(`
      INSERT INTO playlist_songs (project_id, playlist_id, position, song_id)
      SELECT 'p', 'x' || i, n, 'x' || 12 - n FROM generate_series(2, 1000) i, generate_series(0, 3) n`)
    await migrateUntil()

    const versions = (kind: "song" | "playlist", part: "clip" | "song") =>
      query(`
        SELECT i.version AS current, v.version, v.name, v.body, v.metadata, v.${part}_ids AS parts, v.session_id AS session,
          v.created_at = i.updated_at AS dated
        FROM ${kind}s i LEFT JOIN ${kind}_versions v ON v.project_id = i.project_id AND v.${kind}_id = i.id
        WHERE i.id IN ('x1', 'x2') ORDER BY i.id`)
    const first = { current: 1, version: 1, metadata: { tags: ["slow"] }, session: null, dated: true }
    expect(await versions("song", "clip")).toEqual([
      { ...first, name: "Name 1", body: "Text 1", parts: [] },
      { ...first, name: "Name 2", body: "Text 2", parts: ["c3", "c2", "c1", "c3"] },
    ])
    expect(await versions("playlist", "song")).toEqual([
      { ...first, name: "Name 1", body: "Text 1", parts: [] },
      { ...first, name: "Name 2", body: "Text 2", parts: ["x12", "x11", "x10", "x9"] },
    ])
    expect(await query("SELECT count(*)::int AS versions FROM song_versions")).toEqual([{ versions: 1000 }])
  })
})
