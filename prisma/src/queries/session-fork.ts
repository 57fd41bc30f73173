import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"

export interface SessionFork {
  /** The session that is forked. */
  id: string
  /** The last message that is taken along. */
  messageIndex: number
  newId: string
  /** Merged over the metadata of the forked session. */
  metadata: Prisma.InputJsonObject
}

/**
 * Makes a session of another one's messages up to one of them, with its memory files, in one statement; false where
 * the session or the message is not there. Client ids count within a session, so they are taken along. What an import
 * goes on with is the forked session.
 */
export async function forkSession(db: Db, { id, messageIndex, newId, metadata }: SessionFork): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH made AS (
      INSERT INTO sessions (id, agent_name, model_name, provider, project_id, item_type, item_id, message_count,
        seen_count, metadata, updated_at)
      SELECT ${newId}::uuid, s.agent_name, s.model_name, s.provider, s.project_id, s.item_type, s.item_id,
        ${messageIndex}::int + 1, ${messageIndex}::int + 1, (s.metadata - 'imported') || ${JSON.stringify(metadata)}::jsonb, now()
      FROM sessions s WHERE s.id = ${id}::uuid AND s.message_count > ${messageIndex}::int
      RETURNING id
    ), said AS (
      INSERT INTO messages (session_id, message_index, data, client_id, created_at)
      SELECT made.id, m.message_index, m.data, m.client_id, m.created_at
      FROM made, messages m WHERE m.session_id = ${id}::uuid AND m.message_index <= ${messageIndex}::int
    ), remembered AS (
      INSERT INTO memory_files (session_id, file_path, is_primary, loaded, updated_at)
      SELECT made.id, f.file_path, f.is_primary, f.loaded, now()
      FROM made, memory_files f WHERE f.session_id = ${id}::uuid
    )
    SELECT 1 FROM made`
  return rows.length > 0
}

export interface ClipAt {
  projectId: string
  clipId: string
  /** The clip's name in that version. */
  name: string
  version: number
  /** The message that the version came from, and its session: a fork's first messages were said in another one. */
  sessionId: string
  messageIndex: number
  /** The version that the clip has today; null where it is gone. */
  currentVersion: number | null
}

/** Forks of forks that are followed back. */
const mostAncestors = 20

/** A moment of a session: right after one of its messages. */
export interface SessionMoment {
  id: string
  messageIndex: number
}

/**
 * `told`, for a recursive WITH: the session, and those that it was forked from, each with the last message of it that
 * was said by a moment of the session.
 */
export const toldBy = ({ id, messageIndex }: SessionMoment): Prisma.Sql => Prisma.sql`
    told AS (
      SELECT ${id}::uuid AS session_id, ${messageIndex}::int AS until, 0 AS depth
      UNION ALL
      SELECT (s.metadata #>> '{forked_from,session_id}')::uuid,
        least(told.until, (s.metadata #>> '{forked_from,message_index}')::int), told.depth + 1
      FROM told JOIN sessions s ON s.id = told.session_id
      -- Anybody may write metadata: only what is of the right form is followed.
      WHERE told.depth < ${mostAncestors}
        AND s.metadata #>> '{forked_from,session_id}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        AND s.metadata #>> '{forked_from,message_index}' ~ '^[0-9]{1,9}$'
    )`

/**
 * Lists the clips that a session's messages up to one of them wrote, each with the last version that they made of it.
 * What a fork took along counts where it was said.
 */
export function listClipsAt(db: Db, moment: SessionMoment): Promise<ClipAt[]> {
  return db.$queryRaw<ClipAt[]>`
    WITH RECURSIVE ${toldBy(moment)}, written AS (
      SELECT DISTINCT ON (v.project_id, v.clip_id) v.project_id, v.clip_id, v.name, v.version, v.session_id,
        v.message_index
      FROM told JOIN clip_versions v ON v.session_id = told.session_id AND v.message_index <= told.until
      ORDER BY v.project_id, v.clip_id, v.version DESC
    )
    SELECT w.project_id AS "projectId", w.clip_id AS "clipId", w.name, w.version, w.session_id AS "sessionId",
      w.message_index AS "messageIndex", c.version AS "currentVersion"
    FROM written w LEFT JOIN clips c ON c.project_id = w.project_id AND c.id = w.clip_id
    ORDER BY w.project_id, w.clip_id`
}
