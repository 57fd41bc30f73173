import type { Db } from "../client.ts"
import { changedCode } from "./message.ts"
import { type SessionMoment, toldBy } from "./session-fork.ts"

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
  const column = <T>(read: (code: SoughtCode, index: number) => T): T[] => sought.map(read)
  return db.$queryRaw<CodeHome[]>`
    WITH RECURSIVE ${toldBy(moment)}, sought AS (
      SELECT * FROM unnest(${column(({ place }) => place)}::int[], ${column((_, index) => index)}::int[],
        ${column(({ code }) => code)}::text[], ${column(({ projectId }) => projectId)}::text[],
        ${column(({ clipId }) => clipId)}::text[]) AS a(place, choice, code, project_id, clip_id)
    )
    SELECT DISTINCT ON (a.place) a.place, v.project_id AS "projectId", v.clip_id AS "clipId", v.name, v.version,
      c.version AS "currentVersion"
    FROM sought a
    CROSS JOIN LATERAL (
      SELECT v.project_id, v.clip_id, v.version, v.name, v.session_id, v.message_index, v.created_at
      FROM clip_versions v WHERE v.code = a.code LIMIT ${mostAlike}
    ) v
    JOIN clips c ON c.project_id = v.project_id AND c.id = v.clip_id
    ORDER BY a.place, (v.message_index = ${moment.messageIndex}::int
        AND v.session_id IN (SELECT t.session_id FROM told t WHERE t.until >= ${moment.messageIndex}::int)) IS TRUE DESC,
      ((v.project_id, v.clip_id) = (a.project_id, a.clip_id)) IS TRUE DESC,
      (v.project_id = (SELECT s.project_id FROM sessions s WHERE s.id = ${moment.id}::uuid)) IS TRUE DESC,
      v.created_at DESC, v.version DESC, a.choice`
}

/** An item as a message names it. */
export interface NamedItem {
  itemType: "clip" | "song" | "playlist"
  projectId: string
  itemId: string
}

/** Of some items those that are there. */
export async function listItemsThere(db: Db, items: NamedItem[]): Promise<NamedItem[]> {
  if (items.length === 0) return []
  return db.$queryRaw<NamedItem[]>`
    SELECT n.item_type AS "itemType", n.project_id AS "projectId", n.item_id AS "itemId"
    FROM unnest(${items.map(({ itemType }) => itemType)}::text[], ${items.map(({ projectId }) => projectId)}::text[],
      ${items.map(({ itemId }) => itemId)}::text[]) AS n(item_type, project_id, item_id)
    WHERE CASE n.item_type
      WHEN 'clip' THEN EXISTS (SELECT 1 FROM clips c WHERE c.project_id = n.project_id AND c.id = n.item_id)
      WHEN 'song' THEN EXISTS (SELECT 1 FROM songs s WHERE s.project_id = n.project_id AND s.id = n.item_id)
      ELSE EXISTS (SELECT 1 FROM playlists p WHERE p.project_id = n.project_id AND p.id = n.item_id) END`
}

/** The first message of a session, or of what it was forked from, that left code; null where none did. */
export async function findFirstCode(db: Db, id: string): Promise<number | null> {
  const [first] = await db.$queryRaw<{ messageIndex: number | null }[]>`
    WITH RECURSIVE ${toldBy({ id, messageIndex: 2_147_483_647 })}
    SELECT least(
      (SELECT min(v.message_index) FROM told t JOIN clip_versions v ON v.session_id = t.session_id
        AND v.message_index <= t.until),
      (SELECT m.message_index FROM messages m WHERE m.session_id = ${id}::uuid AND ${changedCode}
        AND jsonb_path_exists(m.data, '$.code_changes.after ? (@ like_regex "[^[:space:]]")')
        ORDER BY m.message_index LIMIT 1)) AS "messageIndex"`
  return first?.messageIndex ?? null
}
