import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { analysisColumns } from "./clip-analysis.ts"
import type { ClipKey } from "./clip-filter.ts"

/** Keys as rows `k`. */
const keyRows = (keys: ClipKey[]): Prisma.Sql =>
  Prisma.sql`unnest(${keys.map(({ projectId }) => projectId)}::text[], ${keys.map(({ id }) => id)}::text[]) AS k(project_id, id)`

/** Values as rows of a record, in one parameter. */
const recordRows = (rows: object[], columns: string): Prisma.Sql =>
  Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS ${Prisma.raw(columns)}`

export type LockedClip = ClipKey & { name: string; metadata: Prisma.JsonValue }

/**
 * Locks clips until the transaction ends and reads them without their code, in the order of their keys, so that two
 * calls never wait for each other. No song can begin to use a locked clip. Those that are not there are left out.
 */
export const lockClips = (tx: Db, keys: ClipKey[]): Promise<LockedClip[]> =>
  tx.$queryRaw<LockedClip[]>`
    SELECT c.project_id AS "projectId", c.id, c.name, c.metadata FROM clips c
    JOIN ${keyRows(keys)} ON c.project_id = k.project_id AND c.id = k.id
    ORDER BY c.project_id, c.id FOR UPDATE OF c`

/** Gives locked clips other metadata and writes their next versions, in one statement. */
export function reviseClipMetadata(
  tx: Db,
  changes: (ClipKey & { metadata: Prisma.InputJsonObject })[],
): Promise<(ClipKey & { version: number })[]> {
  return tx.$queryRaw<(ClipKey & { version: number })[]>`
    WITH changed AS (
      UPDATE clips c SET metadata = x.metadata, version = c.version + 1, updated_at = now()
      FROM ${recordRows(changes, 'x("projectId" text, id text, metadata jsonb)')}
      WHERE c.project_id = x."projectId" AND c.id = x.id
      RETURNING c.project_id, c.id, c.version, c.name, c.code, c.metadata
    )
    INSERT INTO clip_versions (project_id, clip_id, version, name, code, metadata, ${analysisColumns})
    SELECT c.project_id, c.id, c.version, c.name, c.code, c.metadata,
      f.state, f.problem, f.cps, f.events, f.cycles, coalesce(f.sounds, '{}'), coalesce(f.samples, '{}'), f.picture
    FROM changed c LEFT JOIN clip_versions f ON f.project_id = c.project_id AND f.clip_id = c.id AND f.version = c.version - 1
    RETURNING project_id AS "projectId", clip_id AS id, version`
}

/** Removes clips with their versions and the files they were imported from. Refused by the database where a song uses one. */
export async function removeClips(tx: Db, keys: ClipKey[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM project_files f USING ${keyRows(keys)}
    WHERE f.project_id = k.project_id AND f.item_type = 'clip' AND f.item_id = k.id`
  await tx.$executeRaw`DELETE FROM clips c USING ${keyRows(keys)} WHERE c.project_id = k.project_id AND c.id = k.id`
}

/** Ids of a project's clips that begin with one of these texts. */
export async function listClipIdsLike(db: Db, projectId: string, beginnings: string[]): Promise<string[]> {
  if (beginnings.length === 0) return []
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM clips c WHERE c.project_id = ${projectId}
    AND EXISTS (SELECT FROM unnest(${beginnings}::text[]) AS b(beginning) WHERE starts_with(c.id, b.beginning))`
  return rows.map(({ id }) => id)
}

export interface ClipMove {
  from: ClipKey
  to: ClipKey
}

const moveColumns = 'm("fromProject" text, "fromId" text, "toProject" text, "toId" text)'

const moveRows = (moves: ClipMove[]): Prisma.Sql =>
  recordRows(
    moves.map(({ from, to }) => ({
      fromProject: from.projectId,
      fromId: from.id,
      toProject: to.projectId,
      toId: to.id,
    })),
    moveColumns,
  )

/**
 * Gives locked clips, which no song uses, another project or id; their versions and the sessions about them follow. Who
 * follows the changes hears that the former keys are gone.
 */
export async function moveClips(tx: Db, moves: ClipMove[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE clips c SET project_id = m."toProject", id = m."toId", updated_at = now() FROM ${moveRows(moves)}
    WHERE c.project_id = m."fromProject" AND c.id = m."fromId"`
  await tx.$executeRaw`
    UPDATE sessions s SET project_id = m."toProject", item_id = m."toId", updated_at = now() FROM ${moveRows(moves)}
    WHERE s.project_id = m."fromProject" AND s.item_type = 'clip' AND s.item_id = m."fromId"`
  await tx.$executeRaw`
    INSERT INTO removals (kind, project_id, item_id)
    SELECT 'clip', m."fromProject", m."fromId" FROM ${moveRows(moves)}`
}

/** The paths of the files that clips were imported from. */
export const listClipFiles = (db: Db, keys: ClipKey[]): Promise<(ClipKey & { path: string })[]> =>
  db.$queryRaw<(ClipKey & { path: string })[]>`
    SELECT f.project_id AS "projectId", f.item_id AS id, f.path FROM project_files f
    JOIN ${keyRows(keys)} ON f.project_id = k.project_id AND f.item_type = 'clip' AND f.item_id = k.id
    ORDER BY f.project_id, f.path`

/** Takes the files of moved clips along under their paths, and forgets those of `left`. */
export async function moveClipFiles(tx: Db, moves: ClipMove[], left: ClipKey[]): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM project_files f USING ${keyRows(left)}
    WHERE f.project_id = k.project_id AND f.item_type = 'clip' AND f.item_id = k.id`
  await tx.$executeRaw`
    UPDATE project_files f SET project_id = m."toProject", item_id = m."toId", updated_at = now()
    FROM ${moveRows(moves)}
    WHERE f.project_id = m."fromProject" AND f.item_type = 'clip' AND f.item_id = m."fromId"`
}
