import { type RawBuilder, type SqlBool, sql } from "kysely"
import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import { kyselyOf } from "../../kysely.ts"
import { plannedForValues } from "../../statement-names.ts"
import { columnsOf, containing, oneOf, rawOf } from "../sql/columns.ts"
import { isLong, likeness, swapped } from "./asked.ts"
import { hasShortLexemes, lexemesOf, queryOf } from "./lexemes.ts"

interface NameKey {
  projectId: string | null
  id: string
}

/** A list's table as it is searched by name. */
interface NamedTable {
  /** What lists call a row of it. */
  as: string
  /** The columns of a `NameKey`. */
  projectId: Prisma.Sql
  id: Prisma.Sql
  /** The folded name, as its index of trigrams has it. */
  name: Prisma.Sql
  /** What the index of lexemes, which has the name's, is on. */
  text: Prisma.Sql
  project: Prisma.Sql
  /** The rows of these keys. */
  of: (keys: NameKey[]) => Prisma.Sql
}

const idsOf = (keys: NameKey[]): string[] => keys.map(({ id }) => id)

const nothing = Prisma.sql`NULL::text`
const folded = (text: Prisma.Sql) => Prisma.sql`search_fold(${text})`

function inProjects(
  as: string,
  column: (name: "project_id" | "id" | "name") => Prisma.Sql,
  more: Prisma.Sql,
): NamedTable {
  const [projectId, id, name] = [column("project_id"), column("id"), column("name")]
  return {
    ...{ as, projectId, id, name: folded(name), project: projectId },
    text: Prisma.sql`${name} || ' ' || ${more}`,
    of: (keys) => {
      const projectIds = keys.map(({ projectId }) => projectId)
      return Prisma.sql`(${projectId}, ${id}) IN (SELECT * FROM unnest(${projectIds}::text[], ${idsOf(keys)}::text[]))`
    },
  }
}

const [clip, song, playlist] = [columnsOf("clips", "c"), columnsOf("songs", "s"), columnsOf("playlists", "s")]
const [project, session] = [columnsOf("projects", "p"), columnsOf("sessions", "s")]
const sessionName = Prisma.sql`${session("metadata")} ->> 'name'`

const tables = {
  clips: inProjects("c", clip, clip("code")),
  songs: inProjects("s", song, song("body")),
  playlists: inProjects("s", playlist, playlist("body")),
  projects: {
    ...{ as: "p", projectId: nothing, id: project("id"), name: folded(project("name")), text: project("name") },
    project: project("id"),
    of: (keys) => Prisma.sql`${project("id")} = ANY (${idsOf(keys)}::text[])`,
  },
  sessions: {
    ...{ as: "s", projectId: nothing, id: Prisma.sql`${session("id")}::text` },
    ...{ name: folded(sessionName), text: sessionName, project: session("project_id") },
    of: (keys) => Prisma.sql`${session("id")} = ANY (${idsOf(keys)}::uuid[])`,
  },
} satisfies Partial<Record<keyof Tables, NamedTable>>

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
  const table: NamedTable = tables[kind]
  const { text, projectId } = asked
  const { fits = containingText(table.name, table.text, text) } = asked
  if (!isLong(text)) return fits
  const scope = rawOf<SqlBool>(projectId === undefined ? Prisma.sql`TRUE` : Prisma.sql`${table.project} = ${projectId}`)
  const first = await kyselyOf(db)
    .selectNoFrom(({ exists, selectFrom }) =>
      exists(selectFrom(oneOf(kind).as(table.as)).select(sql`1`.as("one")).where(rawOf<SqlBool>(fits)).where(scope)).as(
        "is",
      ),
    )
    .executeTakeFirstOrThrow()
  if (first.is) return fits
  const keys = await listAlike(db, { kind, table, text, scope })
  return keys.length > 0 ? table.of(keys) : fits
}

interface Alike {
  kind: keyof typeof tables
  table: NamedTable
  text: string
  scope: RawBuilder<SqlBool>
}

/** The rows whose name a text may be, mistyped. */
const listAlike = (db: Db, { kind, table, text, scope }: Alike): Promise<NameKey[]> =>
  kyselyOf(db)
    .with(
      (cte) => cte("asked").materialized(),
      (qb) =>
        qb.selectNoFrom([
          sql<string>`${text}::text`.as("name"),
          sql<string[]>`${swapped(text).map(containing)}::text[]`.as("swapped"),
          rawOf(likeness).as("likeness"),
        ]),
    )
    .with(
      (cte) => cte("alike").materialized(),
      (qb) => {
        const name = rawOf<string>(table.name)
        const key = [rawOf<string | null>(table.projectId).as("projectId"), rawOf<string>(table.id).as("id")] as const
        const similar = qb
          .selectFrom(["asked", oneOf(kind).as(table.as)])
          .select([...key, sql<number>`word_similarity(${sql.ref("asked.name")}, ${name})::float8`.as("likeness")])
          .where(sql<SqlBool>`${sql.ref("asked.name")} <% ${name}`)
          .where(scope)
          .orderBy(sql`3`, "desc")
          .orderBy(sql`1`)
          .orderBy(sql`2`)
          .limit(sql.lit(most))
        const changedRound = qb
          .selectFrom([
            "asked",
            sql<{ text: string }>`unnest(${sql.ref("asked.swapped")})`.as<"other">(sql`other(text)`),
            oneOf(kind).as(table.as),
          ])
          .select([...key, sql<number>`${swappedLikeness}::float8`.as("likeness")])
          .where(sql<SqlBool>`${name} LIKE ${sql.ref("other.text")}`)
          .where(scope)
          .limit(sql.lit(most))
        return sql<NameKey & { likeness: number }>`(${similar} UNION ALL ${changedRound})`
      },
    )
    .selectFrom("alike as a")
    .select(["a.projectId", "a.id"])
    .distinct()
    .where(({ eb, selectFrom }) => {
      const best = selectFrom("alike as b").select(({ fn }) => fn.max("b.likeness").as("best"))
      return eb("a.likeness", ">=", sql<number>`${best} - ${margin}::float8`)
    })
    .execute()
