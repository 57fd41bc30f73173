import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { bpm, type ClipCondition, type ClipKey, clipConditions, tagList } from "./clip-filter.ts"
import { type ClipFilter, clipColumn, clipPlace, clipProblem, clipRows } from "./clip-page.ts"
import { allOf } from "./columns.ts"
import { moment, objectOf, type WrittenField, type WrittenRows, writeRows } from "./written-rows.ts"

/** Characters of a clip's code in lists, and those that are looked through for the first line that sounds. */
const codeStart = { most: 600, read: 4000 }

const begin = Prisma.sql`substr(c.code, 1, ${Prisma.raw(`${codeStart.read}`)})`
/** A line that does not sound: an empty one, a remark, the tempo. */
const silentLine = "[ \\t\\r\\f\\v]*(?:(?://|setcp[ms]\\()[^\\n]*)?"
const sounding = Prisma.sql`regexp_replace(${begin}, ${Prisma.raw(`'^(?:${silentLine}\\n)+'`)}, '', 'i')`

/** Characters as JavaScript counts them, of which those beyond the first 65,536 of Unicode are two. */
const shownCharacters = Prisma.raw(`CASE WHEN octet_length(l.code) = length(l.code) THEN ${codeStart.most}
  ELSE greatest(${codeStart.most / 2}, ${codeStart.most}
    - length(regexp_replace(left(l.code, ${codeStart.most}), '[^\\U00010000-\\U0010FFFF]', '', 'g'))) END`)

/**
 * The beginning of code for lists: from the first line that sounds on, without those before it that are empty, a remark
 * or the tempo; from the very beginning where no line sounds.
 */
const start = Prisma.sql`(SELECT left(l.code, ${shownCharacters}) FROM (
    SELECT CASE WHEN l.code ~* ${Prisma.raw(`'^${silentLine}$'`)} THEN ${begin} ELSE l.code END AS code
    FROM (SELECT ${sounding} AS code OFFSET 0) l OFFSET 0
  ) l)`

const fact = (name: string) => Prisma.raw(`c.metadata -> '${name}'`)
const factText = (name: string, more = Prisma.sql`true`) =>
  Prisma.sql`CASE WHEN jsonb_typeof(${fact(name)}) = 'string' AND ${more} THEN ${fact(name)} END`

/** Of the metadata what lists show; anything of another form is passed over. */
const facts = Prisma.sql`jsonb_strip_nulls(jsonb_build_object(
  'bpm', CASE WHEN ${bpm} > 0 AND ${bpm} < 1e300 THEN ${fact("bpm")} END, 'scale', ${factText("scale")},
  'tags', CASE WHEN ${tagList} @? '$[*] ? (@.type() != "string")' THEN '[]' ELSE ${tagList} END,
  'color', ${factText("color", Prisma.sql`c.metadata ->> 'color' ~* '^#[0-9a-f]{3,8}$'`)}, 'author', ${factText("author")}))`

const isNumber = (key: string, from: number, to: number) =>
  `@.${key}.type() == "number" && @.${key} >= ${from} && @.${key} <= ${to}`

/** What a clip plays as a small picture, where that is stored in the form that it has today; null otherwise. */
const picture = Prisma.raw(`(CASE WHEN c.picture @? '$ ? (${isNumber("width", 1, 1e9)} && ${isNumber("height", 1, 1e9)}
  && ${isNumber("cycles", 1, 1000)} && ${isNumber("events", 1, 1e9)} && @.sounds.type() == "array" && @.paths.type() == "array"
  && !exists(@.sounds[*] ? (@.type() != "string")) && !exists(@.paths[*] ? (!(${isNumber("colour", 0, 11)}
    && ${isNumber("level", 0, 2)} && ${isNumber("thickness", 0, 1e9)} && @.d.type() == "string" && @.d like_regex "^[mMh0-9 .-]*$"))))' THEN c.picture END)`)

/** The songs that a clip stands in: the first five by their ids, by name. */
const songs = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name)), '[]') FROM (
    SELECT s.id, s.name FROM (
      SELECT DISTINCT u.song_id FROM song_clips u
      WHERE u.project_id = c.project_id AND u.clip_id = c.id ORDER BY u.song_id LIMIT 5
    ) u JOIN songs s ON s.project_id = c.project_id AND s.id = u.song_id ORDER BY s.name
  ) o)`

const fields: WrittenField[] = [
  { name: "projectId", value: clipColumn("project_id") },
  { name: "id", value: clipColumn("id") },
  { name: "name", value: clipColumn("name") },
  { name: "codeStart", value: start },
  { name: "facts", value: facts },
  { name: "version", value: clipColumn("version") },
  { name: "createdAt", value: moment(clipColumn("created_at")) },
  { name: "updatedAt", value: moment(clipColumn("updated_at")) },
  { name: "state", value: clipColumn("state") },
  { name: "problem", value: clipProblem },
  { name: "picture", value: picture },
  { name: "songs", value: songs },
]

/** Writes a page of clips without their whole code and metadata, in the order of `writeClipPage`. */
export async function writeClipCards(db: Db, filter: ClipFilter): Promise<WrittenRows> {
  const rows = Prisma.sql`
    SELECT c.*, (SELECT v.picture FROM clip_versions v
      WHERE v.project_id = c.project_id AND v.clip_id = c.id AND v.version = c.version) AS picture
    FROM (${await clipRows(db, filter)}) c`
  const row = objectOf(fields, "router")
  return writeRows(db, { rows, as: "c", row, place: clipPlace(filter.order.by), limit: filter.limit })
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
