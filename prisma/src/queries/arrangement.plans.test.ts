import { describe, expect, it } from "vitest"
import type { Db } from "../client.ts"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { listSongsOfPlaylist, playlistQueries } from "./playlist.ts"
import { listProjects, lockProject } from "./project.ts"
import type { SequenceQueries } from "./sequence.ts"
import { listPicturesOfSong, listSongNames, songQueries } from "./song.ts"

const ago = "now() - (i || ' s')::interval"
const seed = [
  `INSERT INTO projects (id, name, updated_at) SELECT 'p' || i, 'Project ' || md5(i::text), ${ago} FROM generate_series(0, 10000) i`,
  `INSERT INTO clips (project_id, id, name, code, metadata, updated_at)
   SELECT 'p' || i % 200, 'x' || i, 'Clip', '', '{"bpm": 120}', ${ago} FROM generate_series(1, 10000) i`,
  "INSERT INTO clip_versions (project_id, clip_id, version, name, code) SELECT project_id, id, 1, name, code FROM clips",
  ...["songs", "playlists"].map(
    (table) => `INSERT INTO ${table} (project_id, id, name, updated_at)
      SELECT 'p' || i % 200, 'x' || i, 'Name ' || md5(i::text), ${ago} FROM generate_series(1, 10000) i`,
  ),
  "INSERT INTO song_clips (project_id, song_id, position, clip_id) SELECT project_id, id, n, id FROM songs, generate_series(0, 3) n",
  `INSERT INTO song_versions (project_id, song_id, version, name, clip_ids)
   SELECT project_id, id, v, name, ARRAY[id] FROM songs, generate_series(1, 4) v WHERE v <> 2`,
  `INSERT INTO playlist_versions (project_id, playlist_id, version, name, song_ids)
   SELECT project_id, id, v, name, ARRAY[id] FROM playlists, generate_series(1, 4) v WHERE v <> 2`,
  "INSERT INTO playlist_songs (project_id, playlist_id, position, song_id) SELECT project_id, id, n, id FROM playlists, generate_series(0, 3) n",
]

const reader = createPlanReader(seed)

type Query = (db: PrismaClient) => Promise<unknown>

const key = { projectId: "p5", id: "x5" }
const after = { name: "Name 8", projectId: "p5", id: "x" }

/** Does something in a transaction that comes to nothing. */
const changeAndForget = (db: PrismaClient, change: (tx: Db) => Promise<unknown>): Promise<unknown> =>
  db
    .$transaction(async (tx) => {
      await change(tx)
      throw new Error("forget it")
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error && error.message === "forget it")) throw error
    })

async function nextVersion(tx: Db, { lock, update, replaceParts, writeVersion }: SequenceQueries) {
  await lock(tx, key)
  await update(tx, key, { body: "x", version: 9, updatedAt: new Date() })
  await replaceParts(tx, key, [])
  await writeVersion(tx, key)
}

const lists: [string, Query][] = [
  ["songs by name", (db) => songQueries.list(db, { limit: 51, order: { by: "name" } })],
  ["songs by name, a page on", (db) => songQueries.list(db, { limit: 51, order: { by: "name", after } })],
  ["playlists by name", (db) => playlistQueries.list(db, { limit: 51, order: { by: "name" } })],
  ["playlists by name, a page on", (db) => playlistQueries.list(db, { limit: 51, order: { by: "name", after } })],
  ["projects by name", (db) => listProjects(db, { limit: 51, order: { by: "name" } })],
  ["projects by name, a page on", (db) => listProjects(db, { limit: 51, order: { by: "name", after } })],
]

const finds: [string, Query][] = [
  ["songs of a project by name", (db) => songQueries.list(db, { limit: 51, projectId: "p5", order: { by: "name" } })],
  ["a song to change", (db) => songQueries.lock(db, key)],
  ["a playlist to change", (db) => playlistQueries.lock(db, key)],
  ["a project to change", (db) => lockProject(db, "p5")],
  ["a song's history", (db) => songQueries.listHistory(db, { ...key, limit: 51 })],
  ["a playlist's history, a page on", (db) => playlistQueries.listHistory(db, { ...key, limit: 51, before: 3 })],
  ["a song as it was", (db) => songQueries.findVersion(db, key, 3)],
  ["a playlist as it was", (db) => playlistQueries.findVersion(db, key, 3)],
  ["a song's next version", (db) => changeAndForget(db, (tx) => nextVersion(tx, songQueries))],
  ["a playlist's next version", (db) => changeAndForget(db, (tx) => nextVersion(tx, playlistQueries))],
  ["names of songs", (db) => listSongNames(db, "p5", ["x5", "x205"])],
  ["pictures of a song", (db) => listPicturesOfSong(db, key)],
  ["songs of a playlist with their tempo", (db) => listSongsOfPlaylist(db, key)],
]

describe("no query about arrangements reads a whole table", () => {
  it.each([...lists, ...finds])("%s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(
      plan.filter((node) =>
        /Seq Scan (clips|clip_versions|songs|song_clips|song_versions|playlists|playlist_songs|playlist_versions|projects)/.test(
          node,
        ),
      ),
    ).toEqual([])
  })
})

describe("a page by name comes in an index's order", () => {
  it.each(lists)("%s", async (_, query) => {
    expect((await reader.plansOf(query)).filter((node) => /^(Incremental )?Sort/.test(node))).toEqual([])
  })
})

describe("a history", () => {
  it.each<[string, Query]>([
    ["of a song", (db) => songQueries.listHistory(db, { ...key, limit: 51 })],
    ["of a playlist", (db) => playlistQueries.listHistory(db, { ...key, limit: 51 })],
  ])("%s comes in its key's order", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.filter((node) => /Sort/.test(node))).toEqual([])
    expect(plan.join("\n")).toMatch(/(song|playlist)_versions_pkey/)
  })
})
