import { type Expression, type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import { kyselyOf } from "../kysely.ts"
import { rawOf } from "./columns.ts"
import { inputRows } from "./input-rows.ts"
import { changedCode } from "./message-page.ts"
import { type SessionMoment, withTold } from "./session-fork.ts"

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
  const rows = sought.map((code, choice) => ({ ...code, choice, project_id: code.projectId, clip_id: code.clipId }))
  const columns = { place: "int", choice: "int", code: "text", project_id: "text", clip_id: "text" } as const
  return withTold(db, moment)
    .selectFrom(inputRows("a", columns, rows))
    .crossJoinLateral((qb) =>
      qb
        .selectFrom("clip_versions as v")
        .select(["v.project_id", "v.clip_id", "v.version", "v.name", "v.session_id", "v.message_index", "v.created_at"])
        .whereRef("v.code", "=", "a.code")
        .limit(mostAlike)
        .as("v"),
    )
    .innerJoin("clips as c", (join) => join.onRef("c.project_id", "=", "v.project_id").onRef("c.id", "=", "v.clip_id"))
    .distinctOn("a.place")
    .select(["a.place", "v.project_id as projectId", "v.clip_id as clipId", "v.name", "v.version"])
    .select("c.version as currentVersion")
    .orderBy("a.place")
    .orderBy((eb) => {
      const tellers = eb.selectFrom("told as t").select("t.session_id").where("t.until", ">=", moment.messageIndex)
      return isSo(eb.and([eb("v.message_index", "=", moment.messageIndex), eb("v.session_id", "in", tellers)]))
    }, "desc")
    .orderBy(
      (eb) =>
        isSo(eb.and([eb("v.project_id", "=", eb.ref("a.project_id")), eb("v.clip_id", "=", eb.ref("a.clip_id"))])),
      "desc",
    )
    .orderBy(
      (eb) =>
        isSo(
          eb("v.project_id", "=", eb.selectFrom("sessions as s").select("s.project_id").where("s.id", "=", moment.id)),
        ),
      "desc",
    )
    .orderBy("v.created_at", "desc")
    .orderBy("v.version", "desc")
    .orderBy("a.choice")
    .execute()
}

/** Whether a condition is true; one that is unknown is not. */
const isSo = (condition: Expression<SqlBool>) => sql<boolean>`(${condition}) IS TRUE`

/** An item as a message names it. */
export interface NamedItem {
  itemType: "clip" | "song" | "playlist"
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
  return kyselyOf(db)
    .selectFrom(inputRows("n", columns, rows))
    .select(["n.item_type as itemType", "n.project_id as projectId", "n.item_id as itemId"])
    .where((eb) => {
      const clip = eb.exists(
        eb
          .selectFrom("clips as c")
          .select("c.id")
          .whereRef("c.project_id", "=", "n.project_id")
          .whereRef("c.id", "=", "n.item_id"),
      )
      const song = eb.exists(
        eb
          .selectFrom("songs as s")
          .select("s.id")
          .whereRef("s.project_id", "=", "n.project_id")
          .whereRef("s.id", "=", "n.item_id"),
      )
      const playlist = eb.exists(
        eb
          .selectFrom("playlists as p")
          .select("p.id")
          .whereRef("p.project_id", "=", "n.project_id")
          .whereRef("p.id", "=", "n.item_id"),
      )
      return eb.case("n.item_type").when("clip").then(clip).when("song").then(song).else(playlist).end()
    })
    .execute()
}

/** The first message of a session, or of what it was forked from, that left code; null where none did. */
export async function findFirstCode(db: Db, id: string): Promise<number | null> {
  const { messageIndex } = await withTold(db, { id, messageIndex: 2_147_483_647 })
    .selectNoFrom((eb) => {
      const written = eb
        .selectFrom("told as t")
        .innerJoin("clip_versions as v", (join) =>
          join.onRef("v.session_id", "=", "t.session_id").onRef("v.message_index", "<=", "t.until"),
        )
        .select(({ fn }) => fn.min("v.message_index").as("first"))
      const changed = eb
        .selectFrom("messages as m")
        .select("m.message_index")
        .where("m.session_id", "=", id)
        .where(rawOf<SqlBool>(changedCode))
        .where(({ ref }) => hasCode(ref("m.data")))
        .orderBy("m.message_index")
        .limit(1)
      return sql<number | null>`least(${written}, ${changed})`.as("messageIndex")
    })
    .executeTakeFirstOrThrow()
  return messageIndex
}

const hasCode = (data: Expression<unknown>) =>
  sql<SqlBool>`jsonb_path_exists(${data}, '$.code_changes.after ? (@ like_regex "[^[:space:]]")')`
