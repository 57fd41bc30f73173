import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../../generated/client.ts"
import { createPlanReader } from "../../testing/query-plans.ts"
import { listAgentsLike, listProjectsLike, listTagsLike } from "../sql/filter-value.ts"
import {
  claimVersions,
  countAttempt,
  countWaitingVersions,
  releaseVersions,
  type StoredAnalysis,
  storeAnalysis,
  uncountAttempt,
} from "./analysis.ts"
import {
  listClipFiles,
  listClipIdsLike,
  listClipUses,
  lockClips,
  moveClipFiles,
  moveClips,
  removeClips,
  reviseClipMetadata,
} from "./bulk.ts"
import { writeClipCards } from "./card.ts"
import { listClipFacets, listClipGroups } from "./facets.ts"
import { type ClipOrder, clipFigures } from "./filter.ts"
import { findLikeness, listNear } from "./likeness.ts"
import { writeClipPage } from "./page.ts"

const seed = [
  "INSERT INTO projects (id, name) SELECT 'p' || i, 'Project ' || i FROM generate_series(0, 20000) i",
  `INSERT INTO clips (project_id, id, name, code, metadata, created_at, updated_at, state,
     loudness, peak, brightness, density, clipping, likeness)
   SELECT 'p' || i % 200, 'c' || i, 'Clip ' || md5(i::text), 's("' || md5((i * 7)::text) || '")',
     jsonb_build_object('bpm', 60 + i % 180, 'scale', 'scale' || i % 300, 'tags', jsonb_build_array('tag' || i % 400),
       'color', '#' || lpad(to_hex(i % 200), 6, '0'), 'author', 'author' || i % 250),
     now() - (i || ' s')::interval, now() - (i || ' s')::interval,
     (CASE i % 300 WHEN 0 THEN 'fails' WHEN 1 THEN 'silent' WHEN 2 THEN NULL ELSE 'plays' END),
     f.loudness, f.loudness + 10, f.brightness, f.density, i % 200 = 0,
     CASE WHEN f.loudness IS NULL THEN '{}'::float8[] ELSE ARRAY[-1, -i % 4, -2, -1, -3, -i % 3, ln(f.brightness), ln(1 + f.density), 0, 0, 0, 0] END
   FROM generate_series(1, 30000) i, LATERAL (SELECT
     CASE WHEN i % 10 > 0 THEN -5 - (i * 7 % 400) / 10.0 END AS loudness,
     CASE WHEN i % 10 > 0 THEN 60 + i * 11 % 4000 END AS brightness,
     CASE WHEN i % 10 > 0 THEN (i * 13 % 120) / 10.0 END AS density) f`,
  `INSERT INTO clip_versions (project_id, clip_id, version, name, code, created_at, state, problem)
   SELECT project_id, id, 1, name, code, created_at, state, CASE WHEN state = 'fails' THEN '{}'::jsonb END FROM clips`,
  `INSERT INTO project_files (project_id, path, content, item_type, item_id)
   SELECT project_id, 'clips/' || id || '.js', 'x', 'clip', id FROM clips`,
  `INSERT INTO sessions (id, project_id, item_type, item_id, last_activity)
   SELECT gen_random_uuid(), project_id, 'clip', id, updated_at FROM clips`,
  "INSERT INTO songs (project_id, id, name) SELECT 'p' || i % 200, 's' || i, 'Song ' || i FROM generate_series(1, 20000) i",
  `INSERT INTO song_clips (project_id, song_id, position, clip_id)
   SELECT project_id, id, 0, 'c' || substr(id, 2) FROM songs`,
]

const reader = createPlanReader(seed)

type Query = (db: PrismaClient) => Promise<unknown>

const key = { projectId: "p5", id: "c5" }
const orders: ClipOrder[] = [
  { by: "updated" },
  { by: "updated", after: { ...key, updatedAt: new Date() } },
  { by: "created" },
  { by: "created", after: { ...key, createdAt: new Date() } },
  { by: "oldest" },
  { by: "oldest", after: { ...key, createdAt: new Date() } },
  { by: "name" },
  { by: "name", after: { ...key, name: "Clip 5" } },
  { by: "bpm" },
  { by: "bpm", after: { ...key, bpm: 120 } },
  { by: "bpm", after: { ...key, bpm: Number.POSITIVE_INFINITY } },
  ...clipFigures.flatMap((by): ClipOrder[] => [
    { by },
    { by, after: { ...key, figure: -14 } },
    { by, after: { ...key, figure: Number.NEGATIVE_INFINITY } },
  ]),
  { by: "updated", after: { ...key, updatedAt: new Date() }, until: { ...key, updatedAt: new Date(0) } },
  { by: "name", after: { ...key, name: "Clip 5" }, until: { ...key, name: "Clip 6" } },
]

const limit = 37
/** Pages that come in an index's order, without a sort. */
const pages: [string, Query][] = [
  ...orders.flatMap((order): [string, Query][] => [
    [`cards by ${order.by}${order.after ? ", a page on" : ""}`, (db) => writeClipCards(db, { order, limit })],
    [
      `clips by ${order.by}${order.after ? ", a page on" : ""}`,
      (db) => writeClipPage(db, { maxBytes: 1e6, order, limit }),
    ],
  ]),
  ["used cards", (db) => writeClipCards(db, { used: true, order: { by: "updated" }, limit })],
  [
    "cards by a text that no index knows",
    (db) => writeClipCards(db, { contains: "zq", order: { by: "updated" }, limit }),
  ],
  ["cards that do not play", (db) => writeClipCards(db, { states: ["fails"], order: { by: "updated" }, limit })],
  [
    "cards that do not play, a page on",
    (db) =>
      writeClipCards(db, {
        states: ["fails"],
        order: { by: "updated", after: { ...key, updatedAt: new Date() } },
        limit,
      }),
  ],
  ["cards that are cut off", (db) => writeClipCards(db, { clipping: true, order: { by: "updated" }, limit })],
  [
    "loud cards, the densest first",
    (db) => writeClipCards(db, { figures: [{ figure: "loudness", from: -14 }], order: { by: "density" }, limit }),
  ],
  ["cards that play", (db) => writeClipCards(db, { states: ["plays"], order: { by: "updated" }, limit })],
  ["unused cards", (db) => writeClipCards(db, { used: false, order: { by: "updated" }, limit })],
]

const keys = Array.from({ length: 20 }, (_, i) => ({ projectId: `p${i + 1}`, id: `c${i + 1}` }))
const lastKeys = Array.from({ length: 5 }, (_, i) => ({ projectId: `p${i + 100}`, id: `c${20_100 + i}` }))
const moves = lastKeys.map((from) => ({ from, to: { projectId: "p0", id: `moved-${from.id}` } }))
const order = { by: "updated" } as const

const silent: StoredAnalysis = {
  ...{ state: "silent", problem: null, cps: 0.5, events: 0, cycles: 16, sounds: [], samples: [], picture: null },
}

const likeness = [-1, -1, -2, -1, -3, -1, 6, 1.5, 0, 0, 0, 0]

const finds: [string, Query][] = [
  ["cards by tags", (db) => writeClipCards(db, { tags: ["tag7"], order, limit })],
  ["cards by colour", (db) => writeClipCards(db, { color: "#000007", order, limit })],
  ["cards by author", (db) => writeClipCards(db, { author: "author7", order, limit })],
  ["cards of a project by name", (db) => writeClipCards(db, { projectId: "p7", order: { by: "name" }, limit })],
  ["cards of a project by tempo", (db) => writeClipCards(db, { projectId: "p7", order: { by: "bpm" }, limit })],
  ["cards by text", (db) => writeClipCards(db, { contains: "c4ca4238", order, limit })],
  ["tags that begin so", (db) => listTagsLike(db, "tag7", 8)],
  ["projects that begin so", (db) => listProjectsLike(db, "p7", 8)],
  ["agents that begin so", (db) => listAgentsLike(db, "str", 8)],
  ["cards by a mistyped name", (db) => writeClipCards(db, { contains: "cilp c4ca4238", order, limit })],
  ["cards by two characters", (db) => writeClipCards(db, { contains: "音楽", order, limit })],
  ["cards that make no sound", (db) => writeClipCards(db, { states: ["silent", "definitions"], order, limit })],
  [
    "cards of a project that do not play",
    (db) => writeClipCards(db, { projectId: "p7", states: ["fails"], order, limit }),
  ],
  ["loud cards", (db) => writeClipCards(db, { figures: [{ figure: "loudness", from: -14 }], order, limit })],
  ["few loud cards", (db) => writeClipCards(db, { figures: [{ figure: "loudness", from: -5.1 }], order, limit })],
  ["quiet cards", (db) => writeClipCards(db, { figures: [{ figure: "loudness", below: -23 }], order, limit })],
  ["what sounds are compared by", (db) => findLikeness(db, key)],
  ["clips near in tone", (db) => listNear(db, likeness, { plane: "tone", limit })],
  ["clips near in bands", (db) => listNear(db, likeness, { plane: "bands", limit })],
  ["cards of some keys", (db) => writeClipCards(db, { keys: keys.slice(0, 8), order, limit: 8 })],
  ["groups of what is loud", (db) => listClipGroups(db, "project", { figures: [{ figure: "loudness", from: -14 }] })],
  ["groups of what does not play", (db) => listClipGroups(db, "project", { states: ["fails"] })],
  ["claimed versions", (db) => claimVersions(db, 8)],
  ["counted versions", (db) => countWaitingVersions(db)],
  ["a counted attempt", (db) => countAttempt(db, { ...key, version: 1 })],
  ["an attempt taken back", (db) => uncountAttempt(db, { ...key, version: 1 })],
  ["released versions", (db) => releaseVersions(db, [{ ...key, version: 1 }])],
  ["stored analysis", (db) => storeAnalysis(db, { ...key, version: 1 }, silent)],
  ["uses of clips", (db) => listClipUses(db, keys)],
  ["ids like", (db) => listClipIdsLike(db, "p5", ["c5"])],
  ["files of clips", (db) => listClipFiles(db, keys)],
  ["groups by project of a tag", (db) => listClipGroups(db, "project", { tags: ["tag7"] })],
  ["groups by tag of a project", (db) => listClipGroups(db, "tag", { projectId: "p7" })],
  ["locking", (db) => lockClips(db, keys)],
  ["new metadata", (db) => reviseClipMetadata(db, [{ ...key, metadata: { tags: [] } }])],
  ["moved files", (db) => moveClipFiles(db, moves, [])],
  ["moved clips", (db) => moveClips(db, moves)],
  ["removed clips", (db) => removeClips(db, [{ projectId: "p199", id: "c29999" }])],
]

const scans = (plan: string[]) =>
  plan.filter((node) => /Seq Scan (clips|clip_versions|songs|song_clips|project_files|sessions|projects)/.test(node))

describe("no query of the library reads a whole table", () => {
  it.each([...pages, ...finds])("%s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(scans(plan)).toEqual([])
  })
})

describe("a page of the library comes in an index's order", () => {
  it.each(pages)("%s", async (name, query) => {
    // Of each card the songs are sorted, by their ids and those five by name: from PostgreSQL 16 on by nodes of their own.
    const ofSongs = name.includes("cards") ? [[], ["Sort", "Sort"]] : [[]]
    const sorts = (await reader.plansOf(query)).filter((node) => /^(Incremental )?Sort/.test(node))
    expect(ofSongs).toContainEqual(sorts)
  })
})

describe("what there is to choose from", () => {
  it.each<[string, Query]>([
    ["facets", (db) => listClipFacets(db)],
    ["facets of a text and a tag", (db) => listClipFacets(db, { contains: "c4ca4238", tags: ["tag7"] })],
    ["groups by project", (db) => listClipGroups(db, "project", {})],
    ["groups by tag", (db) => listClipGroups(db, "tag", {})],
  ])("%s stop at the last changed 10,000 clips", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan).toContain("Limit")
    expect(scans(plan).filter((node) => node.includes("clips"))).toEqual([])
  })
})

describe("the nearest clips come in the order of an index, however many there are", () => {
  it.each(["tone", "bands"] as const)("by %s", async (plane) => {
    expect(await reader.plansOf((db) => listNear(db, likeness, { plane, limit }))).toEqual([
      "Limit",
      `Index Scan clips clips_likeness_${plane}_idx`,
    ])
  })
})
