import { cp, mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { migrate } from "./migrate.ts"
import { createEmptyDatabase, type TestDatabase } from "./testing/test-database.ts"

const own = fileURLToPath(new URL("../migrations", import.meta.url))

let database: TestDatabase
let directory: string
let client: pg.Client

beforeEach(async () => {
  database = await createEmptyDatabase()
  directory = await mkdtemp(join(tmpdir(), "migrations of a test "))
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterEach(async () => {
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

describe("words from before they were text", () => {
  it("stay as they are, each of them, with defaults, checks and indexes", async () => {
    await migrateUntil("20261129220000_kinds_as_text")
    await query("INSERT INTO projects (id, name) VALUES ('p', 'Project')")
    await query(`
      INSERT INTO sessions (id, status, item_type, item_id)
      SELECT gen_random_uuid(), status, type, 'x' FROM unnest(enum_range(NULL::session_status)) status,
        unnest(enum_range(NULL::session_item_type) || ARRAY[NULL::session_item_type]) type WHERE type IS NOT NULL
      UNION ALL SELECT gen_random_uuid(), 'idle', NULL, NULL`)
    const states = "unnest(enum_range(NULL::clip_state) || ARRAY[NULL::clip_state]) WITH ORDINALITY AS of(state, n)"
    const problem = "CASE WHEN state = 'fails' THEN '{}'::jsonb END"
    await query(
      `INSERT INTO clips (project_id, id, name, code, state, problem) SELECT 'p', 'c' || n, 'Clip', '', state, ${problem} FROM ${states}`,
    )
    await query(
      `INSERT INTO clip_versions (project_id, clip_id, version, name, code, state, problem) SELECT 'p', 'c' || n, 1, 'Clip', '', state, ${problem} FROM ${states}`,
    )
    await query(`INSERT INTO project_files (project_id, path, content, item_type, item_id)
      SELECT 'p', 'f' || type, ''::bytea, type, 'x' FROM unnest(enum_range(NULL::project_file_item_type)) type
      UNION ALL SELECT 'p', 'f', '', NULL, NULL`)
    await query(
      "INSERT INTO saved_views (id, page, name, search) SELECT gen_random_uuid(), page, 'View', '' FROM unnest(enum_range(NULL::saved_view_page)) page",
    )
    await query(
      "INSERT INTO removals (kind, item_id) SELECT kind, 'x' FROM unnest(enum_range(NULL::removal_kind)) kind",
    )
    const tables = [
      "SELECT id, status::text, item_type::text FROM sessions ORDER BY id",
      "SELECT id, state::text, problem, updated_at FROM clips ORDER BY id",
      "SELECT clip_id, state::text, problem, created_at FROM clip_versions ORDER BY clip_id",
      "SELECT path, item_type::text FROM project_files ORDER BY path",
      "SELECT id, page::text FROM saved_views ORDER BY id",
      "SELECT id, kind::text, removed_at FROM removals ORDER BY id",
    ]
    const stored = async () => {
      const found: unknown[][] = []
      for (const sql of tables) found.push(await query(sql))
      return found
    }
    const indexes = () =>
      query(
        "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY indexname",
      )
    const [before, indexed] = [await stored(), await indexes()]
    expect(before.map((rows) => rows.length)).toEqual([16, 6, 6, 5, 2, 5])
    await migrateUntil()

    expect(await stored()).toEqual(before)
    // Later migrations add tables with indexes of their own.
    expect(await indexes()).toEqual(expect.arrayContaining(indexed))
    expect(await query("INSERT INTO sessions (id) VALUES (gen_random_uuid()) RETURNING status")).toEqual([
      { status: "active" },
    ])
    await expect(query("UPDATE clips SET state = 'loud'")).rejects.toThrow("clips_state_check")
    expect(await query("SELECT typname FROM pg_type WHERE typtype = 'e'")).toEqual([])
  })
})

it("clips that were measured before their sound was searched are found by it, and nothing of others", async () => {
  await migrateUntil("20261130210000_clip_sound")
  const bands = [-20, -18, -24, -30, -36, -80]
  const audio = { loudness: -9.5, peak: 0.4, clips: 3, bands, brightness: 1024, onsets: 3, width: 0.25, silence: 0.5 }
  const sounds = { kick: { ...audio, tempo: 64 }, drone: { ...audio, tempo: null }, rest: { ...audio, loudness: null } }
  await query("INSERT INTO projects (id, name) VALUES ('p', 'Project')")
  await query(
    "INSERT INTO clips (project_id, id, name, code) SELECT 'p', e, '', '' FROM unnest('{kick,drone,rest,new}'::text[]) e",
  )
  await query(
    "INSERT INTO clip_versions (project_id, clip_id, version, name, code) SELECT 'p', id, 1, '', '' FROM clips",
  )
  for (const [id, heard] of Object.entries(sounds)) {
    await client.query("UPDATE clip_versions SET audio = $1 WHERE clip_id = $2", [heard, id])
  }
  await migrateUntil()
  const whole = 10 * Math.log10(bands.reduce((sum, level) => sum + 10 ** (level / 10), 0))
  const tone = [...bands.map((level) => Math.max(level - whole, -40) / 10), 10, 2, 1, 1].map((value) =>
    expect.closeTo(value),
  )
  const found = { loudness: -9.5, peak: 0.4, brightness: 1024, density: 3, clipping: true }
  const none = { loudness: null, peak: null, brightness: null, density: null, clipping: null, likeness: [] }
  expect(
    await query("SELECT id, loudness, peak, brightness, density, clipping, likeness FROM clips ORDER BY id"),
  ).toEqual([
    { id: "drone", ...found, likeness: [...tone, 0, 0] },
    { id: "kick", ...found, likeness: [...tone, expect.closeTo(0.5), expect.closeTo(0)] },
    { id: "new", ...none },
    { id: "rest", ...none },
  ])
})
