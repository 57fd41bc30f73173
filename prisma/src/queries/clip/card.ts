import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { moment, objectOf, type WrittenField, type WrittenRows, writeRows } from "../sql/written-rows.ts"
import { bpm, tagList } from "./filter.ts"
import { type ClipFilter, clipColumn, clipPlace, clipProblem, clipRows } from "./page.ts"

/** Characters of a clip's code in lists, as JavaScript counts them, and those that are looked through for a line that sounds. */
const codeStart = { most: 600, read: 4000 }

const code = clipColumn("code")
const begin = Prisma.sql`substr(${code}, 1, ${Prisma.raw(`${codeStart.read}`)})`
/** A line that does not sound: an empty one, a remark, the tempo. */
const silentLine = "[ \\t\\r\\f\\v]*(?:(?://|setcp[ms]\\()[^\\n]*)?"
const silent = Prisma.raw(`'^(?:${silentLine}\\n)+'`)

/** The code from the first line that sounds on; all of it where no line sounds. */
const sounding = Prisma.sql`(SELECT CASE WHEN l.code ~* ${Prisma.raw(`'^${silentLine}$'`)} THEN ${begin} ELSE l.code END
  FROM (SELECT regexp_replace(${begin}, ${silent}, '', 'i') AS code OFFSET 0) l)`

/** So much of the beginning of a text as it may have; some characters count as two, at worst all of those that are kept. */
const cut =
  Prisma.raw(`CASE WHEN octet_length(l.code) <= ${codeStart.most} THEN l.code ELSE left(l.code, greatest(${codeStart.most / 2},
  ${codeStart.most} - length(regexp_replace(l.code, '[^\\U00010000-\\U0010FFFF]', '', 'g')))) END`)

/**
 * The beginning of code for lists: from the first line that sounds on, without those before it that are empty, a remark
 * or the tempo; from the very beginning where no line sounds.
 */
const start = Prisma.sql`(SELECT ${cut} FROM (
    SELECT left(CASE WHEN ${code} ~* ${silent} THEN ${sounding} ELSE ${code} END, ${Prisma.raw(`${codeStart.most}`)}) AS code OFFSET 0
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

/** The picture of a clip's version, as it is stored. */
const storedPicture = Prisma.sql`(SELECT v.picture FROM clip_versions v
  WHERE v.project_id = c.project_id AND v.clip_id = c.id AND v.version = c.version)`

/** The songs that a clip stands in: the first five by their ids, by name. No LIMIT, which keeps a query from where its rows are. */
const songs = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name) ORDER BY s.name), '[]') FROM songs s
  WHERE s.project_id = c.project_id AND s.id = ANY ((
    SELECT array_agg(DISTINCT u.song_id ORDER BY u.song_id) FROM song_clips u
    WHERE u.project_id = c.project_id AND u.clip_id = c.id
  )[1:5]))`

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
  { name: "songs", value: Prisma.sql`c.songs` },
]

/** Writes a page of clips without their whole code and metadata, in the order of `writeClipPage`. */
export async function writeClipCards(db: Db, filter: ClipFilter): Promise<WrittenRows> {
  // Beside the clip, which is where the rows of its project lie on many machines.
  const rows = await clipRows(db, filter, Prisma.sql`, ${storedPicture} AS picture, ${songs} AS songs`)
  const row = objectOf(fields, "router")
  return writeRows(db, { rows, as: "c", row, place: clipPlace(filter.order.by), limit: filter.limit })
}
