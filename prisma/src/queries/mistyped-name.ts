import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { plannedForValues } from "../statement-names.ts"
import { containing } from "./columns.ts"
import { constant, isLong, likeness, swapped } from "./search-asked.ts"
import { hasShortLexemes, lexemesOf, queryOf } from "./search-lexemes.ts"

interface NameKey {
  projectId: string | null
  id: string
}

/** A list's table as it is searched by name. */
interface NamedTable {
  /** The table and its alias, such as `songs s`. */
  from: Prisma.Sql
  /** The columns of a `NameKey`. */
  key: Prisma.Sql
  /** The folded name, as its index of trigrams has it. */
  name: Prisma.Sql
  /** What the index of lexemes, which has the name's, is on. */
  text: Prisma.Sql
  project: Prisma.Sql
  /** The rows of these keys. */
  of: (keys: NameKey[]) => Prisma.Sql
}

const idsOf = (keys: NameKey[]): string[] => keys.map(({ id }) => id)

const inProjects = (table: string, as: string, more: "code" | "body"): NamedTable => ({
  from: Prisma.raw(`${table} ${as}`),
  key: Prisma.raw(`${as}.project_id AS "projectId", ${as}.id`),
  name: Prisma.raw(`search_fold(${as}.name)`),
  text: Prisma.raw(`${as}.name || ' ' || ${as}.${more}`),
  project: Prisma.raw(`${as}.project_id`),
  of: (keys) => {
    const projectIds = keys.map(({ projectId }) => projectId)
    return Prisma.sql`(${Prisma.raw(`${as}.project_id, ${as}.id`)}) IN (SELECT * FROM unnest(${projectIds}::text[], ${idsOf(keys)}::text[]))`
  },
})

const tables = {
  clips: inProjects("clips", "c", "code"),
  songs: inProjects("songs", "s", "body"),
  playlists: inProjects("playlists", "p", "body"),
  projects: {
    from: Prisma.sql`projects p`,
    key: Prisma.sql`NULL::text AS "projectId", p.id`,
    name: Prisma.sql`search_fold(p.name)`,
    text: Prisma.sql`p.name`,
    project: Prisma.sql`p.id`,
    of: (keys) => Prisma.sql`p.id = ANY (${idsOf(keys)}::text[])`,
  },
  sessions: {
    from: Prisma.sql`sessions s`,
    key: Prisma.sql`NULL::text AS "projectId", s.id::text`,
    name: Prisma.sql`search_fold(s.metadata ->> 'name')`,
    text: Prisma.sql`s.metadata ->> 'name'`,
    project: Prisma.sql`s.project_id`,
    of: (keys) => Prisma.sql`s.id = ANY (${idsOf(keys)}::uuid[])`,
  },
} satisfies Record<string, NamedTable>

/** What is asked of a list's names. */
export interface NameAsked {
  /** A part of the name, folded as `search_fold` does it. */
  text: string
  /** The project whose names they are; all unless told. */
  projectId?: string | undefined
  /** Which rows fit; those with the text in their name unless told. */
  fits?: Prisma.Sql
}

/** A text too short for trigrams is found by its lexemes where it has any. */
function containingText(name: Prisma.Sql, indexed: Prisma.Sql, text: string): Prisma.Sql {
  const has = Prisma.sql`${Prisma.raw(plannedForValues)} ${name} LIKE ${containing(text)}`
  if (isLong(text) || !hasShortLexemes(text)) return has
  return Prisma.sql`(${lexemesOf(indexed)} @@ ${queryOf([text])} AND ${has})`
}

/** Names at most that a mistyped one may mean. */
const most = 500

/** How much less alike than the most alike name another may be, of 1. */
const margin = 0.15

/** How alike a name counts that has two neighbouring letters changed round, which leaves few trigrams. */
const swappedLikeness = 0.9

/**
 * The condition on the rows of a table that fit a name; where none fits, on those whose name it may be, mistyped: alike
 * from 0.3 on, the most alike ones. The rows are called by the alias that lists have: c, s or p.
 */
export async function nameCondition(db: Db, kind: keyof typeof tables, asked: NameAsked): Promise<Prisma.Sql> {
  const { from, key, name, project, of, ...table }: NamedTable = tables[kind]
  const { text, projectId } = asked
  const { fits = containingText(name, table.text, text) } = asked
  if (!isLong(text)) return fits
  const scope = projectId === undefined ? Prisma.sql`TRUE` : Prisma.sql`${project} = ${projectId}`
  const [first] = await db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (SELECT FROM ${from} WHERE ${fits} AND ${scope}) AS "is"`
  if (first?.is) return fits
  const keys = await db.$queryRaw<NameKey[]>`
    WITH asked AS MATERIALIZED (
      SELECT ${text}::text AS name, ${swapped(text).map(containing)}::text[] AS swapped, ${likeness}
    ), alike AS MATERIALIZED (
      (SELECT ${key}, word_similarity(asked.name, ${name})::float8 AS likeness
        FROM asked, ${from} WHERE asked.name <% ${name} AND ${scope} ORDER BY 3 DESC, 1, 2 LIMIT ${constant(most)})
      UNION ALL
      (SELECT ${key}, ${swappedLikeness}::float8
        FROM asked, unnest(asked.swapped) AS other, ${from} WHERE ${name} LIKE other AND ${scope} LIMIT ${constant(most)})
    )
    SELECT DISTINCT a."projectId", a.id FROM alike a WHERE a.likeness >= (SELECT max(likeness) FROM alike) - ${margin}::float8`
  return keys.length > 0 ? of(keys) : fits
}
