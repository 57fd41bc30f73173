import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { writeClipPage } from "./clip/page.ts"
import { findClipVersion, listClipVersions } from "./clip/version.ts"
import { findClip, listClipNames, listClipProjects, listSongsOfClip } from "./clip.ts"
import { findPrimaryMemoryFile, listMemoryFiles } from "./memory-file.ts"
import { writeMessagePage } from "./message/page.ts"
import { findMessageCount, insertMessages, listKnownMessages } from "./message.ts"
import { listSongsOfPlaylist, playlistQueries } from "./playlist.ts"
import { findProject, listProjects } from "./project.ts"
import { listProjectFilePaths, listProjectFiles, listProjectFilesAt, listUnfiledIds } from "./project-file.ts"
import { writeSessionPage } from "./session/page.ts"
import { findSession, idleSessions, touchSession, updateSession } from "./session.ts"
import { listClipsOfSong, listPlaylistsOfSong, songQueries } from "./song.ts"

const session = "00000000-0000-7000-8000-000000000005"
const seed = [
  `INSERT INTO projects (id, name, updated_at) SELECT 'p' || i, 'Project ' || md5(i::text), now() - (i || ' s')::interval FROM generate_series(0, 20000) i`,
  `INSERT INTO sessions (id, status, project_id, item_type, item_id, metadata, last_activity)
   SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, (ARRAY['active','idle','terminated'])[1 + i % 3],
     'p' || CASE WHEN i % 2 = 0 THEN 5 ELSE i % 500 END, 'clip', 'c' || CASE WHEN i % 4 = 0 THEN 5 ELSE i % 50 END, jsonb_build_object('name', 'Take ' || md5(i::text), 'tags', jsonb_build_array('tag' || i % 400)),
     now() - (i || ' s')::interval FROM generate_series(1, 20000) i`,
  `INSERT INTO messages (session_id, message_index, data)
   SELECT ('00000000-0000-7000-8000-' || lpad((1 + i % 20)::text, 12, '0'))::uuid, i / 20,
     jsonb_build_object('role', 'user', 'content', 'message ' || i, 'timestamp', '2026-01-01T00:00:00Z') FROM generate_series(0, 39999) i`,
  `INSERT INTO memory_files (session_id, file_path, is_primary) SELECT id, 'a.md', true FROM sessions`,
  `INSERT INTO clips (project_id, id, name, code, metadata, updated_at)
   SELECT 'p' || CASE WHEN i % 2 = 0 OR i = 5 THEN 5 ELSE i % 200 END, 'c' || i, 'Clip ' || md5(i::text), 's("' || md5((i * 7)::text) || '")',
     jsonb_build_object('bpm', 60 + i % 180, 'scale', 'scale' || i % 300, 'tags', jsonb_build_array('tag' || i % 400)),
     now() - (i || ' s')::interval FROM generate_series(1, 20000) i`,
  `INSERT INTO clip_versions (project_id, clip_id, version, name, code) SELECT project_id, id, v, name, code FROM clips, generate_series(1, 2) v`,
  `INSERT INTO songs (project_id, id, name, updated_at) SELECT 'p' || CASE WHEN i % 2 = 0 OR i = 5 THEN 5 ELSE i % 200 END, 's' || i, 'Song ' || md5(i::text), now() - (i || ' s')::interval FROM generate_series(1, 10000) i`,
  `INSERT INTO song_clips (project_id, song_id, position, clip_id) SELECT s.project_id, s.id, 0, 'c' || substr(s.id, 2) FROM songs s`,
  `INSERT INTO playlists (project_id, id, name, updated_at) SELECT 'p' || CASE WHEN i % 2 = 0 OR i = 5 THEN 5 ELSE i % 200 END, 'l' || i, 'List ' || md5(i::text), now() - (i || ' s')::interval FROM generate_series(1, 10000) i`,
  `INSERT INTO playlist_songs (project_id, playlist_id, position, song_id) SELECT p.project_id, p.id, 0, 's' || substr(p.id, 2) FROM playlists p`,
  `INSERT INTO project_files (project_id, path, content, item_type, item_id)
   SELECT project_id, 'clips/' || id || '.js', 'x', 'clip', id FROM clips`,
]

const reader = createPlanReader(seed)

const key = { projectId: "p5", id: "c5" }
const song = { projectId: "p5", id: "s5" }
const playlist = { projectId: "p5", id: "l5" }
const after = { updatedAt: new Date(), projectId: "p5", id: "x" }
const page = { limit: 51 }

type Query = (db: PrismaClient) => Promise<unknown>

/** Lists, which read their page in an index's order: without a scan and without a sort. */
const lists: [string, Query][] = [
  ["sessions", (db) => writeSessionPage(db, page)],
  [
    "sessions, a page on",
    (db) =>
      writeSessionPage(db, { ...page, order: { by: "activity", after: { lastActivity: new Date(), id: session } } }),
  ],
  ["sessions of a status", (db) => writeSessionPage(db, { ...page, status: "active" })],
  ["sessions of a project", (db) => writeSessionPage(db, { ...page, projectId: "p5" })],
  ["sessions of an item", (db) => writeSessionPage(db, { ...page, projectId: "p5", itemType: "clip", itemId: "c5" })],
  ["projects", (db) => listProjects(db, { ...page, order: { by: "updated" } })],
  ["clips", (db) => writeClipPage(db, { maxBytes: 1e6, ...page, order: { by: "updated" } })],
  ["clips, a page on", (db) => writeClipPage(db, { maxBytes: 1e6, ...page, order: { by: "updated", after } })],
  [
    "clips of a project",
    (db) => writeClipPage(db, { maxBytes: 1e6, ...page, projectId: "p5", order: { by: "updated" } }),
  ],
  ["clips by name", (db) => writeClipPage(db, { maxBytes: 1e6, ...page, order: { by: "name" } })],
  ["versions", (db) => listClipVersions(db, { ...key, ...page })],
  ["songs", (db) => songQueries.list(db, { ...page, order: { by: "updated" } })],
  [
    "songs of a project, a page on",
    (db) => songQueries.list(db, { ...page, projectId: "p5", order: { by: "updated", after } }),
  ],
  ["playlists", (db) => playlistQueries.list(db, { ...page, order: { by: "updated" } })],
  ["playlists of a project", (db) => playlistQueries.list(db, { ...page, projectId: "p5", order: { by: "updated" } })],
  ["kept files", (db) => listProjectFiles(db, "p5", { limit: 51 })],
  ["newest messages", (db) => writeMessagePage(db, { sessionId: session, limit: 50, from: "end", maxBytes: 1e6 })],
  [
    "messages that are large, or were stored otherwise",
    (db) => writeMessagePage(db, { sessionId: session, limit: 50, from: "end", maxBytes: 1e3 }),
  ],
  [
    "older messages",
    (db) => writeMessagePage(db, { sessionId: session, before: 900, limit: 50, from: "end", maxBytes: 1e6 }),
  ],
  [
    "later messages",
    (db) => writeMessagePage(db, { sessionId: session, after: 900, limit: 50, from: "start", maxBytes: 1e6 }),
  ],
]

/** Look-ups and filters, which find their few rows by an index and may sort those. */
const finds: [string, Query][] = [
  ["sessions by name", (db) => writeSessionPage(db, { ...page, nameContains: "c4ca42" })],
  ["sessions by a mistyped name", (db) => writeSessionPage(db, { ...page, nameContains: "taek c4ca42" })],
  ["sessions by two characters", (db) => writeSessionPage(db, { ...page, nameContains: "音楽" })],
  ["sessions by tag", (db) => writeSessionPage(db, { ...page, tag: "tag7" })],
  ["sessions by metadata", (db) => writeSessionPage(db, { ...page, metadata: { tags: ["tag7"] } })],
  ["a session", (db) => findSession(db, session)],
  ["touch", (db) => touchSession(db, session)],
  ["update", (db) => updateSession(db, session, { status: "idle" })],
  ["idle sweep", (db) => idleSessions(db, new Date(Date.now() - 24 * 3600_000))],
  [
    "append",
    (db) =>
      insertMessages(db, "00000000-0000-7000-8000-000000009000", {
        messages: [{ data: { role: "user", content: "", timestamp: "" } }],
      }),
  ],
  [
    "append of a talk that was held before",
    (db) =>
      insertMessages(db, "00000000-0000-7000-8000-000000009001", {
        messages: [{ data: { role: "user", content: "", timestamp: "" }, saidAt: new Date(0) }],
        history: { firstIndex: 0 },
      }),
  ],
  ["known messages", (db) => listKnownMessages(db, session, [{ clientId: session, data: {}, timestamped: true }])],
  ["message count", (db) => findMessageCount(db, session)],
  ["memory files", (db) => listMemoryFiles(db, session)],
  ["primary memory file", (db) => findPrimaryMemoryFile(db, session)],
  ["a project", (db) => findProject(db, "p5")],
  ["projects by name", (db) => listProjects(db, { ...page, nameContains: "c4ca4238", order: { by: "updated" } })],
  [
    "projects by a mistyped name",
    (db) => listProjects(db, { ...page, nameContains: "projcet c4ca4238", order: { by: "updated" } }),
  ],
  [
    "songs by a mistyped name",
    (db) => songQueries.list(db, { ...page, nameContains: "sogn c4ca4238", order: { by: "updated" } }),
  ],
  [
    "playlists by a mistyped name of a project",
    (db) =>
      playlistQueries.list(db, { ...page, projectId: "p5", nameContains: "lsit c4ca4238", order: { by: "updated" } }),
  ],
  [
    "clips by text",
    (db) => writeClipPage(db, { maxBytes: 1e6, ...page, contains: "c4ca4238", order: { by: "updated" } }),
  ],
  ["clips by tag", (db) => writeClipPage(db, { maxBytes: 1e6, ...page, tag: "tag7", order: { by: "updated" } })],
  ["clips by scale", (db) => writeClipPage(db, { maxBytes: 1e6, ...page, scale: "scale7", order: { by: "updated" } })],
  [
    "clips by tempo",
    (db) => writeClipPage(db, { maxBytes: 1e6, ...page, bpmMin: 120, bpmMax: 120.5, order: { by: "name" } }),
  ],
  ["a clip", (db) => findClip(db, key)],
  ["owners of a clip", (db) => listClipProjects(db, "c5")],
  ["clips by id", (db) => listClipNames(db, "p5", ["c5", "c6"])],
  ["songs of a clip", (db) => listSongsOfClip(db, key)],
  ["a version", (db) => findClipVersion(db, key, 1)],
  ["a song", (db) => songQueries.find(db, song)],
  ["owners of a song", (db) => songQueries.listProjects(db, "s5")],
  ["clips of a song", (db) => listClipsOfSong(db, song)],
  ["playlists of a song", (db) => listPlaylistsOfSong(db, song)],
  ["a playlist", (db) => playlistQueries.find(db, playlist)],
  ["owners of a playlist", (db) => playlistQueries.listProjects(db, "l5")],
  ["songs of a playlist", (db) => listSongsOfPlaylist(db, playlist)],
  ["files at paths", (db) => listProjectFilesAt(db, "p5", ["clips/c5.js"])],
  ["paths of files", (db) => listProjectFilePaths(db, "p7")],
  ["items without a file", (db) => listUnfiledIds(db, "song", { projectId: "p5", limit: 51 })],
]

describe("no query reads a whole table", () => {
  it.each([...lists, ...finds])("%s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(
      plan.filter((node) =>
        /Seq Scan (sessions|messages|memory_files|clips|clip_versions|songs|song_clips|playlists|playlist_songs|project_files|projects)/.test(
          node,
        ),
      ),
    ).toEqual([])
  })
})

describe("a page of a list comes in an index's order", () => {
  it.each(lists)("%s", async (_, query) => {
    expect((await reader.plansOf(query)).filter((node) => /^(Incremental )?Sort/.test(node))).toEqual([])
  })
})

describe("the list of sessions", () => {
  it("does not read messages", async () => {
    const plan = await reader.plansOf((db) => writeSessionPage(db, page))
    expect(plan.filter((node) => node.includes("messages"))).toEqual([])
  })
})
