import { sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { SessionStatus } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { now } from "./columns.ts"
import { anyOf, inputRows } from "./input-rows.ts"
import { insertRemovals } from "./removal.ts"
import { type SessionRow, sessionFields } from "./session.ts"

/** Begins a statement with the sessions of these ids, locked in the order of their ids, so that two calls never wait for each other. */
const withLocked = (db: Db, ids: string[]) =>
  kyselyOf(db).with(
    (cte) => cte("locked").materialized(),
    (qb) =>
      qb.selectFrom("sessions as l").select("l.id").where("l.id", "=", anyOf("uuid", ids)).orderBy("l.id").forUpdate(),
  )

/** Locks sessions until the transaction ends and reads their metadata; those that are not there are left out. */
export const lockSessionMetadata = (tx: Db, ids: string[]): Promise<{ id: string; metadata: Prisma.JsonValue }[]> =>
  kyselyOf(tx)
    .selectFrom("sessions as s")
    .select(["s.id", "s.metadata"])
    .where("s.id", "=", anyOf("uuid", ids))
    .orderBy("s.id")
    .forUpdate()
    .execute()

/** Gives sessions their tags, in one statement; answers the sessions as they are then. */
export const updateSessionTags = (tx: Db, changes: { id: string; tags: unknown[] }[]): Promise<SessionRow[]> =>
  kyselyOf(tx)
    .updateTable("sessions as s")
    .from(inputRows("change", { id: "uuid", tags: "jsonb" }, changes))
    .set(({ ref }) => ({
      updated_at: now,
      metadata: sql`${ref("s.metadata")} || jsonb_build_object('tags', ${ref("change.tags")})`,
    }))
    .whereRef("s.id", "=", "change.id")
    .returning(sessionFields)
    .execute()

/**
 * Gives sessions names of their own, and takes the name off where it is null, in one statement; answers the sessions
 * that were there.
 */
export const updateSessionNames = (db: Db, names: { id: string; name: string | null }[]): Promise<SessionRow[]> =>
  withLocked(
    db,
    names.map(({ id }) => id),
  )
    .updateTable("sessions as s")
    .from("locked")
    .innerJoin(inputRows("change", { id: "uuid", name: "text" }, names), "change.id", "locked.id")
    .set(({ ref }) => ({
      updated_at: now,
      metadata: sql`(${ref("s.metadata")} - ARRAY['name', 'created_by_user'])
        || CASE WHEN ${ref("change.name")} IS NULL THEN '{}'::jsonb
          ELSE jsonb_build_object('name', ${ref("change.name")}, 'created_by_user', true) END`,
    }))
    .whereRef("s.id", "=", "locked.id")
    .returning(sessionFields)
    .execute()

/** Gives sessions a status, in one statement; answers the sessions that were there. */
export const updateSessionStatuses = (db: Db, ids: string[], status: SessionStatus): Promise<SessionRow[]> =>
  withLocked(db, ids)
    .updateTable("sessions as s")
    .from("locked")
    .set({ updated_at: now, status, ...(status === "active" ? { last_activity: now } : {}) })
    .whereRef("s.id", "=", "locked.id")
    .returning(sessionFields)
    .execute()

/** Removes sessions with their messages and memory files, and notes each; answers the ids of those that were there. */
export async function removeSessions(tx: Db, ids: string[]): Promise<string[]> {
  const rows = await withLocked(tx, ids)
    .deleteFrom("sessions as s")
    .using("locked")
    .whereRef("s.id", "=", "locked.id")
    .returning(["s.id", "s.project_id as projectId"])
    .execute()
  await insertRemovals(tx, "session", rows)
  return rows.map(({ id }) => id)
}
