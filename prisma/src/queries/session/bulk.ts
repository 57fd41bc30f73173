import { sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { SessionStatus } from "../../kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import { insertRemovals } from "../removal.ts"
import { type SessionRow, sessionFields } from "../session.ts"
import { now } from "../sql/columns.ts"
import { anyOf, inputRows } from "../sql/input-rows.ts"

/** A statement changes rows in the order in which it finds them, by their ids: two calls seldom wait for each other. */
const inOrder = (ids: string[]) => anyOf("uuid", ids.toSorted())

export interface SessionMetadata {
  id: string
  metadata: Prisma.JsonValue
  /** Another text for other metadata. */
  stamp: string
}

const stamp = sql<string>`md5(s.metadata::text)`

/** Reads the metadata of sessions; those that are not there are left out. */
export const listSessionMetadata = (db: Db, ids: string[]): Promise<SessionMetadata[]> =>
  kyselyOf(db)
    .selectFrom("sessions as s")
    .select(["s.id", "s.metadata", stamp.as("stamp")])
    .where("s.id", "=", anyOf("uuid", ids))
    .orderBy("s.id")
    .execute()

/**
 * Gives sessions their tags, in one statement, where their metadata are as they were read; answers the sessions that it
 * changed, as they are then. No statement locks rows of many machines, so none was locked before.
 */
export const updateSessionTags = (
  tx: Db,
  changes: { id: string; stamp: string; tags: unknown[] }[],
): Promise<SessionRow[]> =>
  kyselyOf(tx)
    .updateTable("sessions as s")
    .from(inputRows("change", { id: "uuid", stamp: "text", tags: "jsonb" }, changes))
    .set(({ ref }) => ({
      updated_at: now,
      metadata: sql`jsonb_set(${ref("s.metadata")}, '{tags}', ${ref("change.tags")})`,
    }))
    .whereRef("s.id", "=", "change.id")
    .where(({ eb, ref }) => eb(stamp, "=", ref("change.stamp")))
    .returning(sessionFields)
    .execute()

/**
 * Gives sessions names of their own, and takes the name off where it is null, in one statement; answers the sessions
 * that were there.
 */
export const updateSessionNames = (db: Db, names: { id: string; name: string | null }[]): Promise<SessionRow[]> => {
  const changes = names
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, name }) => ({ id, added: name === null ? {} : { name, created_by_user: true } }))
  return kyselyOf(db)
    .updateTable("sessions as s")
    .from(inputRows("change", { id: "uuid", added: "jsonb" }, changes))
    .set(({ ref }) => ({
      updated_at: now,
      metadata: sql`(${ref("s.metadata")} - ARRAY['name', 'created_by_user']) || ${ref("change.added")}`,
    }))
    .whereRef("s.id", "=", "change.id")
    .returning(sessionFields)
    .execute()
}

/** Gives sessions a status, in one statement; answers the sessions that were there. */
export const updateSessionStatuses = (db: Db, ids: string[], status: SessionStatus): Promise<SessionRow[]> =>
  kyselyOf(db)
    .updateTable("sessions as s")
    .set({ updated_at: now, status, ...(status === "active" ? { last_activity: now } : {}) })
    .where("s.id", "=", inOrder(ids))
    .returning(sessionFields)
    .execute()

/** Removes sessions with their messages and memory files, and notes each; answers the ids of those that were there. */
export async function removeSessions(tx: Db, ids: string[]): Promise<string[]> {
  const rows = await kyselyOf(tx)
    .deleteFrom("sessions as s")
    .where("s.id", "=", inOrder(ids))
    .returning(["s.id", "s.project_id as projectId"])
    .execute()
  await insertRemovals(tx, "session", rows)
  return rows.map(({ id }) => id)
}
