import type { Db } from "../client.ts"
import { Prisma, type SessionStatus } from "../generated/client.ts"
import { columnList } from "./columns.ts"
import { type SessionRow, sessionColumns } from "./session.ts"

/** The rows of these ids, locked in the order of their ids, so that two calls never wait for each other. */
const locked = (ids: string[]): Prisma.Sql =>
  Prisma.sql`SELECT l.id FROM sessions l WHERE l.id = ANY(${ids}::uuid[]) ORDER BY l.id FOR UPDATE`

/** Locks sessions until the transaction ends and reads their metadata; those that are not there are left out. */
export const lockSessionMetadata = (tx: Db, ids: string[]): Promise<{ id: string; metadata: Prisma.JsonValue }[]> =>
  tx.$queryRaw<{ id: string; metadata: Prisma.JsonValue }[]>`
    SELECT s.id, s.metadata FROM sessions s WHERE s.id = ANY(${ids}::uuid[]) ORDER BY s.id FOR UPDATE`

/** Gives sessions their tags, in one statement; answers the sessions as they are then. */
export function updateSessionTags(tx: Db, changes: { id: string; tags: unknown[] }[]): Promise<SessionRow[]> {
  return tx.$queryRaw<SessionRow[]>`
    UPDATE sessions s SET updated_at = now(), metadata = s.metadata || jsonb_build_object('tags', change.tags)
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS change(id uuid, tags jsonb)
    WHERE s.id = change.id RETURNING ${columnList(sessionColumns, "s")}`
}

/**
 * Gives sessions names of their own, and takes the name off where it is null, in one statement; answers the sessions
 * that were there.
 */
export function updateSessionNames(db: Db, names: { id: string; name: string | null }[]): Promise<SessionRow[]> {
  const own = Prisma.sql`jsonb_build_object('name', change.name, 'created_by_user', true)`
  return db.$queryRaw<SessionRow[]>`
    WITH locked AS MATERIALIZED (${locked(names.map(({ id }) => id))})
    UPDATE sessions s SET updated_at = now(), metadata = (s.metadata - ARRAY['name', 'created_by_user'])
      || CASE WHEN change.name IS NULL THEN '{}'::jsonb ELSE ${own} END
    FROM locked JOIN jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS change(id uuid, name text) USING (id)
    WHERE s.id = locked.id RETURNING ${columnList(sessionColumns, "s")}`
}

/** Gives sessions a status, in one statement; answers the sessions that were there. */
export function updateSessionStatuses(db: Db, ids: string[], status: SessionStatus): Promise<SessionRow[]> {
  const activity = status === "active" ? Prisma.sql`, last_activity = now()` : Prisma.empty
  return db.$queryRaw<SessionRow[]>`
    WITH locked AS MATERIALIZED (${locked(ids)})
    UPDATE sessions s SET updated_at = now(), status = ${status}::session_status${activity}
    FROM locked WHERE s.id = locked.id RETURNING ${columnList(sessionColumns, "s")}`
}

/** Removes sessions with their messages and memory files, in one statement; answers the ids of those that were there. */
export async function removeSessions(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH locked AS MATERIALIZED (${locked(ids)})
    DELETE FROM sessions s USING locked WHERE s.id = locked.id RETURNING s.id`
  return rows.map(({ id }) => id)
}
