import { type Expression, type ExpressionBuilder, type SqlBool, sql } from "kysely"
import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import { kyselyOf } from "../../kysely.ts"
import { allOf, count, rawOf } from "../sql/columns.ts"
import { bpm, type ClipCondition, clipConditions, tagList } from "./filter.ts"

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

const conditionOf = async (db: Db, condition: ClipCondition) =>
  rawOf<SqlBool>(allOf(await clipConditions(db, condition)))

/** The last changed clips that fit, called `c`. */
const newestThat = (db: Db, fit: Expression<SqlBool>) =>
  kyselyOf(db)
    .selectFrom("clips as c")
    .where(fit)
    .orderBy("c.updated_at", "desc")
    .orderBy("c.project_id", "desc")
    .orderBy("c.id", "desc")
    .limit(depth)

/** Looked up for each project of a list; as a join it may read the whole table. */
const nameOfProject = (eb: ExpressionBuilder<Tables & { n: { project_id: string } }, "n">) =>
  sql<string>`${eb.selectFrom("projects as p").select("p.name").whereRef("p.id", "=", "n.project_id")}`

const textOf = (tag: Expression<Prisma.JsonValue>) => sql<string>`${tag} #>> '{}'`
const isShort = (text: Expression<string | null>) => sql<SqlBool>`length(${text}) BETWEEN 1 AND 200`

type OwnFilter = "scale" | "color" | "author"

/** Whether a row of `newest` passes the filters of which one value is chosen, but for one: its other values are choices. */
const passing = (but?: OwnFilter | "tempo") =>
  sql<SqlBool>`(${sql.join(
    ["scale", "color", "author", "tempo"].filter((key) => key !== but).map((key) => sql.ref(`n.of_${key}`)),
    sql` AND `,
  )})`

/**
 * Lists what there is to choose from among the 10,000 last changed clips that fit: projects, tags, scales, colours and
 * authors with how often they occur, at most 200 of each, the most frequent first; and the lowest and highest tempo. What
 * one value is chosen of is counted as if none were.
 */
export async function listClipFacets(db: Db, condition: ClipCondition = {}): Promise<ClipFacetRows> {
  const { scale, color, author, bpmMin, bpmMax, ...shared } = condition
  const fits = async (own: ClipCondition) => sql<boolean>`((${await conditionOf(db, own)}) IS TRUE)`
  const own = {
    scale: await fits({ scale }),
    color: await fits({ color }),
    author: await fits({ author }),
    tempo: await fits({ bpmMin, bpmMax }),
  }
  const newest = newestThat(db, await conditionOf(db, shared))
  const anyProject =
    shared.projectId === undefined ? undefined : await conditionOf(db, { ...condition, projectId: undefined })
  return kyselyOf(db)
    .with(
      (cte) => cte("newest").materialized(),
      () =>
        newest.select(({ ref }) => {
          const text = (key: OwnFilter) =>
            sql<string | null>`CASE WHEN jsonb_typeof(${ref("c.metadata")} -> ${sql.lit(key)}) = 'string'
              THEN ${ref("c.metadata")} ->> ${sql.lit(key)} END`
          return [
            "c.project_id" as const,
            rawOf<Prisma.JsonValue>(tagList).as("tags"),
            text("scale").as("scale"),
            text("color").as("color"),
            text("author").as("author"),
            rawOf<number | null>(bpm).as("bpm"),
            own.scale.as("of_scale"),
            own.color.as("of_color"),
            own.author.as("of_author"),
            own.tempo.as("of_tempo"),
          ]
        }),
    )
    .selectNoFrom((eb) => {
      const { selectFrom } = eb
      // Clips of other projects are read only where one is chosen.
      const projects = anyProject
        ? newestThat(db, anyProject).select("c.project_id").as("n")
        : selectFrom("newest as n").select("n.project_id").where(passing()).as("n")
      const values = <Key extends OwnFilter>(key: Key) =>
        jsonArrayFrom(
          selectFrom("newest as n")
            .select(({ ref }) => [sql<string>`${ref(`n.${key}`)}`.as(key), count])
            .where(({ ref }) => isShort(ref(`n.${key}`)))
            .where(passing(key))
            .groupBy(sql`1`)
            .orderBy(sql`2`, "desc")
            .orderBy(sql`1`)
            .limit(most),
        )
      const tempo = selectFrom("newest as n").where("n.bpm", ">", 0).where(passing("tempo"))
      return [
        jsonArrayFrom(
          selectFrom(projects)
            .select((row) => ["n.project_id as projectId", nameOfProject(row).as("name"), count])
            .groupBy("n.project_id")
            .orderBy("count", "desc")
            .orderBy("n.project_id")
            .limit(most),
        ).as("projects"),
        jsonArrayFrom(
          selectFrom(["newest as n", tagsOf("n").as<"t">(sql`t(tag)`)])
            .select(({ ref }) => [textOf(ref("t.tag")).as("tag"), count])
            .where(({ ref }) => sql<SqlBool>`jsonb_typeof(${ref("t.tag")}) = 'string'`)
            .where(({ ref }) => isShort(textOf(ref("t.tag"))))
            .where(passing())
            .groupBy(sql`1`)
            .orderBy(sql`2`, "desc")
            .orderBy(sql`1`)
            .limit(most),
        ).as("tags"),
        values("scale").as("scales"),
        values("color").as("colors"),
        values("author").as("authors"),
        tempo.select(({ fn }) => fn.min("n.bpm").as("bpm")).as("bpmMin"),
        tempo.select(({ fn }) => fn.max("n.bpm").as("bpm")).as("bpmMax"),
      ]
    })
    .executeTakeFirstOrThrow()
}

const tagsOf = (row: string) => sql<{ tag: Prisma.JsonValue }>`jsonb_array_elements(${sql.ref(`${row}.tags`)})`

export interface ClipGroupRow {
  /** A project's id or a tag; null for the clips without a tag. */
  key: string | null
  name: string | null
  count: number
}

/**
 * Lists the projects or tags of the clips that fit and how many there are of each, at most 200, the most frequent
 * first. Of more than 10,000 clips that fit the last changed count. A clip counts for each of its tags.
 */
export async function listClipGroups(db: Db, by: "project" | "tag", condition: ClipCondition): Promise<ClipGroupRow[]> {
  const newest = newestThat(db, await conditionOf(db, condition))
  const fitting = kyselyOf(db).with(
    (cte) => cte("newest").materialized(),
    () => newest.select(["c.project_id", rawOf<Prisma.JsonValue>(tagList).as("tags")]),
  )
  if (by === "project") {
    return fitting
      .selectFrom("newest as n")
      .select((row) => ["n.project_id as key", nameOfProject(row).as("name"), count])
      .groupBy("n.project_id")
      .orderBy("count", "desc")
      .orderBy("n.project_id")
      .limit(most)
      .execute()
  }
  return (
    fitting
      // Taken apart once for each list of tags, not for each clip: many have the same.
      .selectFrom(({ selectFrom }) =>
        selectFrom("newest as n")
          .select(["n.tags", sql<number>`count(*)`.as("count")])
          .groupBy("n.tags")
          .as("l"),
      )
      .crossJoinLateral(({ ref, selectFrom }) => {
        const tags = sql`CASE WHEN ${ref("l.tags")} = '[]'::jsonb THEN '[null]'::jsonb ELSE ${ref("l.tags")} END`
        return selectFrom(sql<{ tag: Prisma.JsonValue }>`jsonb_array_elements(${tags})`.as<"e">(sql`e(tag)`))
          .select((row) => sql<string | null>`${row.ref("e.tag")} #>> '{}'`.as("tag"))
          .distinct()
          .where((row) => sql<SqlBool>`jsonb_typeof(${row.ref("e.tag")}) IN ('string', 'null')`)
          .as("t")
      })
      .select(({ ref }) => ["t.tag as key", "t.tag as name", sql<number>`sum(${ref("l.count")})::int`.as("count")])
      .where(({ eb, or, ref }) => or([eb("t.tag", "is", null), isShort(ref("t.tag"))]))
      .groupBy("t.tag")
      .orderBy(({ eb }) => eb("t.tag", "is", null))
      .orderBy("count", "desc")
      .orderBy("t.tag")
      .limit(most)
      .execute()
  )
}
