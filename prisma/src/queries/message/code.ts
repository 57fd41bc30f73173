import { type Expression, type SqlBool, sql } from "kysely"
import type { Db } from "../../client.ts"
import { type ItemKind, itemKinds, itemTables } from "../../item-kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import { listForkSources, type SessionMoment, sourceRows } from "../session/fork.ts"
import { oneOf, rawOf } from "../sql/columns.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"
import { changedCode } from "./page.ts"

/** Code that is looked for in the library, and the clip that it is said to be of. */
export interface SoughtCode {
  /** What the answer names it by; the first of several codes of one place is preferred. */
  place: number
  code: string
  projectId: string | null
  clipId: string | null
}

/** A version of a clip that has a code. */
export interface CodeHome {
  place: number
  projectId: string
  clipId: string
  name: string
  version: number
  /** The version that the clip has today. */
  currentVersion: number
}

/** Versions of one code that are compared. */
const mostAlike = 1000

/**
 * Finds where the library has codes that a session had at one of its messages, at most one home for each: the version
 * that the message made, else one of the clip that the code is said to be of, of the session's project, of any. The
 * newest is preferred.
 */
export async function findCodeHomes(db: Db, moment: SessionMoment, sought: SoughtCode[]): Promise<CodeHome[]> {
  if (sought.length === 0) return []
  const { sources, projectId } = await listForkSources(db, moment)
  const spellings = [...new Set(sought.map(({ code }) => code))]
  const rows = sought.map((code, choice) => ({
    ...{ place: code.place, choice, spelling: spellings.indexOf(code.code) },
    ...{ project_id: code.projectId, clip_id: code.clipId },
  }))
  const columns = { place: "int", choice: "int", spelling: "int", project_id: "text", clip_id: "text" } as const
  const sourceIds = sources.filter(({ until }) => until >= moment.messageIndex).map(({ sessionId }) => sessionId)
  return kyselyOf(db)
    .with(
      (cte) => cte("v").materialized(),
      () => versionsOf(db, spellings),
    )
    .selectFrom(inputRows("a", columns, rows))
    .innerJoin("v", "v.spelling", "a.spelling")
    .innerJoin("clips as c", (join) => join.onRef("c.project_id", "=", "v.project_id").onRef("c.id", "=", "v.clip_id"))
    .distinctOn("a.place")
    .select(["a.place", "v.project_id as projectId", "v.clip_id as clipId", "v.name", "v.version"])
    .select("c.version as currentVersion")
    .orderBy("a.place")
    .orderBy(
      (eb) =>
        isSo(
          eb.and([eb("v.message_index", "=", moment.messageIndex), eb("v.session_id", "=", anyOf("uuid", sourceIds))]),
        ),
      "desc",
    )
    .orderBy(
      (eb) =>
        isSo(eb.and([eb("v.project_id", "=", eb.ref("a.project_id")), eb("v.clip_id", "=", eb.ref("a.clip_id"))])),
      "desc",
    )
    .orderBy((eb) => isSo(eb("v.project_id", "=", sql<string>`${projectId}::text`)), "desc")
    .orderBy("v.created_at", "desc")
    .orderBy("v.version", "desc")
    .orderBy("a.choice")
    .execute()
}

/** At most 1,000 versions of each of some codes, by its place among them; each code is a query of its own, which any machine can answer. */
function versionsOf(db: Db, codes: string[]) {
  const [first, ...more] = codes.map((code, spelling) =>
    kyselyOf(db)
      .selectFrom(
        kyselyOf(db)
          .selectFrom("clip_versions as v")
          .select([
            "v.project_id",
            "v.clip_id",
            "v.version",
            "v.name",
            "v.session_id",
            "v.message_index",
            "v.created_at",
          ])
          .where("v.code", "=", code)
          .limit(sql.lit(mostAlike))
          .as("v"),
      )
      .selectAll()
      .select(sql<number>`${sql.lit(spelling)}`.as("spelling")),
  )
  if (!first) throw new Error("versions of no code")
  return more.reduce((all, each) => all.unionAll(each), first)
}

/** Whether a condition is true; one that is unknown is not. */
const isSo = (condition: Expression<SqlBool>) => sql<boolean>`(${condition}) IS TRUE`

/** An item as a message names it. */
export interface NamedItem {
  itemType: ItemKind
  projectId: string
  itemId: string
}

/** Of some items those that are there. */
export async function listItemsThere(db: Db, items: NamedItem[]): Promise<NamedItem[]> {
  if (items.length === 0) return []
  const columns = { item_type: "text", project_id: "text", item_id: "text" } as const
  const rows = items.map(({ itemType, projectId, itemId }) => ({
    ...{ item_type: itemType, project_id: projectId, item_id: itemId },
  }))
  const there = (itemType: ItemKind) =>
    kyselyOf(db)
      .selectFrom(inputRows("n", columns, rows))
      .innerJoin(oneOf(itemTables[itemType]).as("t"), (join) =>
        join.onRef("t.project_id", "=", "n.project_id").onRef("t.id", "=", "n.item_id"),
      )
      .select(["n.item_type as itemType", "n.project_id as projectId", "n.item_id as itemId"])
      .where("n.item_type", "=", itemType)
  return itemKinds
    .slice(1)
    .reduce((all, kind) => all.unionAll(there(kind)), there(itemKinds[0]))
    .execute()
}

/** The first message of a session, or of what it was forked from, that left code; null where none did. */
export async function findFirstCode(db: Db, id: string): Promise<number | null> {
  const { sources } = await listForkSources(db, { id, messageIndex: 2_147_483_647 })
  const written = await kyselyOf(db)
    .selectFrom(sourceRows(sources))
    .innerJoin("clip_versions as v", (join) =>
      join.onRef("v.session_id", "=", "source.session_id").onRef("v.message_index", "<=", "source.until"),
    )
    .select(({ fn }) => fn.min("v.message_index").as("first"))
    .executeTakeFirst()
  const changed = await kyselyOf(db)
    .selectFrom("messages as m")
    .select("m.message_index as first")
    .where("m.session_id", "=", id)
    .where(rawOf<SqlBool>(changedCode))
    .where(({ ref }) => hasCode(ref("m.data")))
    .orderBy("m.message_index")
    .limit(1)
    .executeTakeFirst()
  const firsts = [written?.first, changed?.first].filter((first) => typeof first === "number")
  return firsts.length > 0 ? Math.min(...firsts) : null
}

const hasCode = (data: Expression<unknown>) =>
  sql<SqlBool>`jsonb_path_exists(${data}, '$.code_changes.after ? (@ like_regex "[^[:space:]]")')`
