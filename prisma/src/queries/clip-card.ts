import type { Db } from "../client.ts"
import { type ClipState, Prisma } from "../generated/client.ts"
import type { ClipFilter } from "./clip.ts"
import { bpm, type ClipCondition, type ClipKey, clipConditions, clipPlaces, tagList } from "./clip-filter.ts"
import { allOf } from "./columns.ts"

/** What a list shows of a clip. */
export interface ClipCardRow extends ClipKey {
  name: string
  /** The first 4,000 characters of the code. */
  code: string
  /** Of the metadata what lists show: bpm, scale, tags, color, author; null where it is not there. */
  metadata: Prisma.JsonObject
  version: number
  createdAt: Date
  updatedAt: Date
  state: ClipState | null
  problem: Prisma.JsonValue
  picture: Prisma.JsonValue
}

/** Lists clips without their whole code and metadata, in the order of `listClips`. */
export async function listClipCards(db: Db, { order, limit, ...condition }: ClipFilter): Promise<ClipCardRow[]> {
  const { between, sorted } = clipPlaces(order)
  const conditions = await clipConditions(db, condition)
  // Long texts are read of the page's rows alone, in the order that the inner query has put them in.
  return db.$queryRaw<ClipCardRow[]>`
    SELECT c.project_id AS "projectId", c.id, c.name, substr(c.code, 1, 4000) AS code,
      jsonb_build_object('bpm', c.metadata -> 'bpm', 'scale', c.metadata -> 'scale', 'tags', c.metadata -> 'tags',
        'color', c.metadata -> 'color', 'author', c.metadata -> 'author') AS metadata,
      c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt", c.state, c.problem,
      (SELECT v.picture FROM clip_versions v
        WHERE v.project_id = c.project_id AND v.clip_id = c.id AND v.version = c.version) AS picture
    FROM (
      SELECT c.* FROM clips c WHERE ${allOf([...conditions, ...between])}
      ORDER BY ${sorted} LIMIT ${limit}
    ) c`
}

export interface ClipUse extends ClipKey {
  songId: string
  songName: string
}

/** The songs that clips stand in: of each clip the first five by their ids. */
export function listClipUses(db: Db, keys: ClipKey[]): Promise<ClipUse[]> {
  if (keys.length === 0) return Promise.resolve([])
  return db.$queryRaw<ClipUse[]>`
    SELECT k.project_id AS "projectId", k.id, s.id AS "songId", s.name AS "songName"
    FROM unnest(${keys.map(({ projectId }) => projectId)}::text[], ${keys.map(({ id }) => id)}::text[])
      AS k(project_id, id)
    CROSS JOIN LATERAL (
      SELECT DISTINCT u.song_id FROM song_clips u
      WHERE u.project_id = k.project_id AND u.clip_id = k.id ORDER BY u.song_id LIMIT 5
    ) u
    JOIN songs s ON s.project_id = k.project_id AND s.id = u.song_id
    ORDER BY k.project_id, k.id, s.name`
}

/** The clips that choices and groups are taken from: so many of the last changed. */
const depth = 10_000
/** Choices or groups of a kind at most. */
const most = 200

export interface ClipFacetRows {
  projects: { projectId: string; name: string; count: number }[]
  tags: { tag: string; count: number }[]
  scales: { scale: string; count: number }[]
  colors: { color: string; count: number }[]
  authors: { author: string; count: number }[]
  bpmMin: number | null
  bpmMax: number | null
}

/** Looked up for each project of a list; as a join it may read the whole table. */
const nameOfProject = Prisma.sql`(SELECT p.name FROM projects p WHERE p.id = n.project_id)`

type OwnFilter = "scale" | "color" | "author"

/** Values of a text of metadata and how often they occur among the rows of `newest` that pass the other filters. */
const valuesOf = (key: OwnFilter) => Prisma.sql`
  (SELECT coalesce(json_agg(f), '[]'::json) FROM (
    SELECT n.${Prisma.raw(key)} AS ${Prisma.raw(key)}, count(*)::int AS count FROM newest n
    WHERE length(n.${Prisma.raw(key)}) BETWEEN 1 AND 200 AND ${passing(key)}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
  ) f)`

/** Whether a row of `newest` passes the filters of which one value is chosen, but for one: its other values are choices. */
const passing = (but?: OwnFilter | "tempo") =>
  allOf(["scale", "color", "author", "tempo"].filter((key) => key !== but).map((key) => Prisma.raw(`n.of_${key}`)))

/**
 * Lists what there is to choose from among the 10,000 last changed clips that fit: projects, tags, scales, colours and
 * authors with how often they occur, at most 200 of each, the most frequent first; and the lowest and highest tempo. What
 * one value is chosen of is counted as if none were.
 */
export async function listClipFacets(db: Db, condition: ClipCondition = {}): Promise<ClipFacetRows> {
  const { scale, color, author, bpmMin, bpmMax, ...shared } = condition
  const text = (key: OwnFilter) =>
    Prisma.raw(`CASE WHEN jsonb_typeof(c.metadata -> '${key}') = 'string' THEN c.metadata ->> '${key}' END`)
  // Clips of other projects are read only where one is chosen.
  const projects =
    shared.projectId === undefined
      ? Prisma.sql`SELECT n.project_id FROM newest n WHERE ${passing()}`
      : Prisma.sql`SELECT c.project_id FROM clips c WHERE ${allOf(await clipConditions(db, { ...condition, projectId: undefined }))}
          ORDER BY c.updated_at DESC, c.project_id DESC, c.id DESC LIMIT ${depth}`
  const fits = async (own: ClipCondition) => Prisma.sql`(${allOf(await clipConditions(db, own))}) IS TRUE`
  const [facets] = await db.$queryRaw<ClipFacetRows[]>`
    WITH newest AS MATERIALIZED (
      SELECT c.project_id, ${tagList} AS tags, ${text("scale")} AS scale, ${text("color")} AS color, ${text("author")} AS author,
        ${bpm} AS bpm, ${await fits({ scale })} AS of_scale, ${await fits({ color })} AS of_color,
        ${await fits({ author })} AS of_author, ${await fits({ bpmMin, bpmMax })} AS of_tempo
      FROM clips c WHERE ${allOf(await clipConditions(db, shared))}
      ORDER BY c.updated_at DESC, c.project_id DESC, c.id DESC LIMIT ${depth}
    )
    SELECT
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT n.project_id AS "projectId", ${nameOfProject} AS name, count(*)::int AS count FROM (
          ${projects}
        ) n GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${most}
      ) f) AS projects,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT t.tag #>> '{}' AS tag, count(*)::int AS count FROM newest n, jsonb_array_elements(n.tags) AS t(tag)
        WHERE jsonb_typeof(t.tag) = 'string' AND length(t.tag #>> '{}') BETWEEN 1 AND 200 AND ${passing()}
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS tags,
      ${valuesOf("scale")} AS scales,
      ${valuesOf("color")} AS colors,
      ${valuesOf("author")} AS authors,
      (SELECT min(n.bpm) FROM newest n WHERE n.bpm > 0 AND ${passing("tempo")}) AS "bpmMin",
      (SELECT max(n.bpm) FROM newest n WHERE n.bpm > 0 AND ${passing("tempo")}) AS "bpmMax"`
  return facets ?? { projects: [], tags: [], scales: [], colors: [], authors: [], bpmMin: null, bpmMax: null }
}

export interface ClipGroupRow {
  /** A project's id or a tag; null for the clips without a tag. */
  key: string | null
  name: string | null
  count: number
}

const groupings = {
  project: Prisma.sql`
    SELECT n.project_id AS key, ${nameOfProject} AS name, count(*)::int AS count
    FROM newest n GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT ${most}`,
  // Taken apart once for each list of tags, not for each clip: many have the same.
  tag: Prisma.sql`
    SELECT t.tag AS key, t.tag AS name, sum(l.count)::int AS count
    FROM (SELECT n.tags, count(*) AS count FROM newest n GROUP BY 1) l
    CROSS JOIN LATERAL (
      SELECT DISTINCT e.tag #>> '{}' AS tag FROM jsonb_array_elements(
        CASE WHEN l.tags = '[]'::jsonb THEN '[null]'::jsonb ELSE l.tags END
      ) AS e(tag) WHERE jsonb_typeof(e.tag) IN ('string', 'null')
    ) t WHERE t.tag IS NULL OR length(t.tag) BETWEEN 1 AND 200
    GROUP BY 1 ORDER BY t.tag IS NULL, 3 DESC, 1 LIMIT ${most}`,
}

/**
 * Lists the projects or tags of the clips that fit and how many there are of each, at most 200, the most frequent
 * first. Of more than 10,000 clips that fit the last changed count. A clip counts for each of its tags.
 */
export async function listClipGroups(db: Db, by: "project" | "tag", condition: ClipCondition): Promise<ClipGroupRow[]> {
  const conditions = await clipConditions(db, condition)
  return db.$queryRaw<ClipGroupRow[]>`
    WITH newest AS MATERIALIZED (
      SELECT c.project_id, ${tagList} AS tags FROM clips c WHERE ${allOf(conditions)}
      ORDER BY c.updated_at DESC, c.project_id DESC, c.id DESC LIMIT ${depth}
    )
    ${groupings[by]}`
}
