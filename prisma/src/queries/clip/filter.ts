import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import type { ClipState } from "../../kinds.ts"
import { plannedForValues } from "../../statement-names.ts"
import { hasShortLexemes, lexemesOf, queryOf } from "../search/lexemes.ts"
import { nameCondition } from "../search/mistyped-name.ts"
import { columnsOf, containing } from "../sql/columns.ts"

export interface ClipKey {
  projectId: string
  id: string
}

/** Which clips are meant; all of what is given has to be true. */
export interface ClipCondition {
  /** These alone. */
  keys?: ClipKey[]
  projectId?: string
  /** A part of the name or of the code, folded as `search_fold` does it. */
  contains?: string
  tag?: string
  /** Tags that a clip bears all of. */
  tags?: string[]
  /** Whether a clip bears no tag. */
  untagged?: boolean
  bpmMin?: number
  bpmMax?: number
  scale?: string
  color?: string
  author?: string
  /** Whether a song uses the clip. */
  used?: boolean
  /** Any of these. */
  states?: ClipState[]
  /** Figures that are at least `from` and less than `below`; what is not measured has none. */
  figures?: { figure: ClipFigure; from?: number; below?: number }[]
  /** Whether a clip is known to be louder than full scale. */
  clipping?: true | undefined
}

/** The figures of a clip's sound that it is sorted by. */
export const clipFigures = ["loudness", "brightness", "density"] as const
export type ClipFigure = (typeof clipFigures)[number]

/** A list from behind one place, where given, to another and with it. */
interface Between<Place> {
  after?: (ClipKey & Place) | undefined
  until?: (ClipKey & Place) | undefined
}

export type ClipOrder =
  | ({ by: "updated" } & Between<{ updatedAt: Date }>)
  | ({ by: "created" } & Between<{ createdAt: Date }>)
  /** The first made first. */
  | ({ by: "oldest" } & Between<{ createdAt: Date }>)
  | ({ by: "name" } & Between<{ name: string }>)
  /** The slowest first; clips without a tempo come last, as if theirs were infinite. */
  | ({ by: "bpm" } & Between<{ bpm: number }>)
  /** The loudest, brightest or densest first; clips that are not measured come last, as if theirs were less than any. */
  | ({ by: ClipFigure } & Between<{ figure: number }>)

const clip = columnsOf("clips", "c")
const metadata = clip("metadata")

/** The tempo of a clip; the expression of the index on it. */
export const bpm = Prisma.sql`(CASE WHEN jsonb_typeof(${metadata} -> 'bpm') = 'number' THEN (${metadata} ->> 'bpm')::double precision END)`

/** The tempo that a clip is sorted by; the expression of another index. */
export const bpmPlace = Prisma.sql`(COALESCE(${bpm}, 'Infinity'::double precision))`

/** The figure that a clip is sorted by; the expression of an index of its own. */
export const figurePlace = (figure: ClipFigure) =>
  Prisma.sql`(COALESCE(${clip(figure)}, '-Infinity'::double precision))`

/** Numbers as they stand in the statement, so that PostgreSQL knows how many clips have such a figure. */
const isWithin = ({ figure, from, below }: { figure: ClipFigure; from?: number; below?: number }): Prisma.Sql => {
  const place = figurePlace(figure)
  const least = from === undefined ? Prisma.sql`> '-Infinity'` : Prisma.sql`>= ${Prisma.raw(String(Number(from)))}`
  const less = below === undefined ? Prisma.empty : Prisma.sql` AND ${place} < ${Prisma.raw(String(Number(below)))}`
  return Prisma.sql`(${place} ${least}${less})`
}

/** A clip's tags where they are a list, else an empty one. */
export const tagList = Prisma.sql`(CASE WHEN jsonb_typeof(${metadata} -> 'tags') = 'array' THEN ${metadata} -> 'tags' ELSE '[]'::jsonb END)`

/** A song that uses the clip. A query of its own for each row: as a join it may read the whole table. */
const songClip = columnsOf("song_clips", "u")
const use = Prisma.sql`(SELECT true FROM song_clips u
  WHERE ${songClip("project_id")} = ${clip("project_id")} AND ${songClip("clip_id")} = ${clip("id")} LIMIT 1)`

const bears = (wanted: object) => Prisma.sql`${metadata} @> ${JSON.stringify(wanted)}::jsonb`

/** Three signs of a word, by which an index finds a text. */
const indexed = /[\p{L}\p{N}]{3}/u

const name = Prisma.sql`search_fold(${clip("name")})`
const code = Prisma.sql`search_fold(${clip("code")})`

/** A clip's text for what no index helps with. */
const text = Prisma.sql`(${clip("name")} || E'\n' || ${clip("code")})`

/**
 * A text without such three is sought by its lexemes where it has any, else row by row: the index would yield each of its
 * entries, which takes longer. There only what is not all ASCII is folded, which takes twice as long as small letters do.
 */
function containsText(asked: string): Prisma.Sql {
  const pattern = containing(asked)
  const folded = Prisma.sql`(${Prisma.raw(plannedForValues)} ${code} LIKE ${pattern} OR ${name} LIKE ${pattern})`
  if (indexed.test(asked)) return folded
  if (hasShortLexemes(asked)) {
    return Prisma.sql`(${lexemesOf(Prisma.sql`${clip("name")} || ' ' || ${clip("code")}`)} @@ ${queryOf([asked])} AND ${folded})`
  }
  return Prisma.sql`(lower(${text} COLLATE "C") LIKE ${pattern}
    OR (octet_length(${text}) <> length(${text}) AND search_fold(${text}) LIKE ${pattern}))`
}

/** The states as they stand in the statement: by a parameter PostgreSQL could not tell whether a partial index has them. */
export function isOfState(states: ClipState[]): Prisma.Sql {
  const [state, ...more] = [...new Set(states)].map((each) => `'${each}'`)
  const fits = more.length > 0 ? `IN (${[state, ...more].join(", ")})` : `= ${state}`
  return Prisma.sql`${clip("state")} ${Prisma.raw(fits)}`
}

const isOneOf = (keys: ClipKey[]) => {
  const [projects, ids] = [keys.map(({ projectId }) => projectId), keys.map(({ id }) => id)]
  return Prisma.sql`(${clip("project_id")}, ${clip("id")}) IN (SELECT * FROM unnest(${projects}::text[], ${ids}::text[]))`
}

/** The conditions on a row `c` of clips. A text that no clip of the project has may be a mistyped name. */
export async function clipConditions(db: Db, condition: ClipCondition): Promise<Prisma.Sql[]> {
  const {
    keys,
    projectId,
    contains,
    tag,
    tags = [],
    untagged,
    bpmMin,
    bpmMax,
    scale,
    color,
    author,
    used,
    states,
    figures = [],
    clipping,
  } = condition
  const conditions: Prisma.Sql[] = []
  if (keys) conditions.push(isOneOf(keys))
  if (projectId) conditions.push(Prisma.sql`${clip("project_id")} = ${projectId}`)
  if (contains) {
    conditions.push(await nameCondition(db, "clips", { text: contains, projectId, fits: containsText(contains) }))
  }
  const wanted = tag ? [tag, ...tags] : tags
  if (wanted.length > 0) conditions.push(bears({ tags: wanted }))
  if (untagged !== undefined) conditions.push(Prisma.sql`(${tagList} = '[]'::jsonb) = ${untagged}`)
  if (scale) conditions.push(bears({ scale }))
  if (color) conditions.push(bears({ color }))
  if (author) conditions.push(bears({ author }))
  if (bpmMin !== undefined) conditions.push(Prisma.sql`${bpm} >= ${bpmMin}::double precision`)
  if (bpmMax !== undefined) conditions.push(Prisma.sql`${bpm} <= ${bpmMax}::double precision`)
  if (states && states.length > 0) conditions.push(isOfState(states))
  conditions.push(...figures.map(isWithin))
  if (clipping) conditions.push(clip("clipping"))
  if (used !== undefined) conditions.push(Prisma.sql`${use} IS ${used ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}`)
  return conditions
}

const key = Prisma.sql`${clip("project_id")}, ${clip("id")}`
const latestKey = Prisma.sql`${clip("project_id")} DESC, ${clip("id")} DESC`

/** What lies between an order's places, and the order itself. */
export function clipPlaces(order: ClipOrder): { between: Prisma.Sql[]; sorted: Prisma.Sql } {
  switch (order.by) {
    case "updated":
      return {
        between: between(order, clip("updated_at"), (at) => Prisma.sql`${at.updatedAt}`),
        sorted: Prisma.sql`${clip("updated_at")} DESC, ${latestKey}`,
      }
    case "created":
      return {
        between: between(order, clip("created_at"), (at) => Prisma.sql`${at.createdAt}`),
        sorted: Prisma.sql`${clip("created_at")} DESC, ${latestKey}`,
      }
    case "oldest":
      return {
        between: between(order, clip("created_at"), (at) => Prisma.sql`${at.createdAt}`),
        sorted: Prisma.sql`${clip("created_at")}, ${key}`,
      }
    case "name":
      return {
        between: between(order, clip("name"), (at) => Prisma.sql`${at.name}`),
        sorted: Prisma.sql`${clip("name")}, ${key}`,
      }
    case "bpm":
      return {
        between: between(order, bpmPlace, (at) => placeOf(at.bpm)),
        sorted: Prisma.sql`${bpmPlace}, ${key}`,
      }
    case "loudness":
    case "brightness":
    case "density":
      return {
        between: between(order, figurePlace(order.by), (at) => placeOf(at.figure)),
        sorted: Prisma.sql`${figurePlace(order.by)} DESC, ${latestKey}`,
      }
  }
}

const highestFirst = new Set<ClipOrder["by"]>(["updated", "created", ...clipFigures])

/** The conditions on rows that are sorted by a value, then by their key. */
function between<Place>(
  { by, after, until }: { by: ClipOrder["by"] } & Between<Place>,
  value: Prisma.Sql,
  placed: (place: Place) => Prisma.Sql,
): Prisma.Sql[] {
  const [behind, upTo] = highestFirst.has(by) ? ["<", ">="] : [">", "<="]
  const compared = (sign: string, at: ClipKey & Place) =>
    Prisma.sql`(${value}, ${key}) ${Prisma.raw(sign)} (${placed(at)}, ${at.projectId}, ${at.id})`
  return [...(after ? [compared(behind, after)] : []), ...(until ? [compared(upTo, until)] : [])]
}

/** Prisma takes no infinite number as a value. */
const placeOf = (value: number): Prisma.Sql =>
  Number.isFinite(value)
    ? Prisma.sql`${value}::double precision`
    : Prisma.raw(`'${value > 0 ? "" : "-"}Infinity'::double precision`)
