import type { Db } from "../client.ts"
import { type ClipState, Prisma } from "../generated/client.ts"
import type { ClipKey } from "./clip-filter.ts"

export type { ClipState }

export interface ClipVersionKey extends ClipKey {
  version: number
}

export interface ClaimedVersion extends ClipVersionKey {
  code: string
}

/** Seconds until a version that a server claimed and never told of may be claimed again. */
export const claimSeconds = 120

/** Claims versions that nobody has listened to, the newest first; no other server gets them until the claim ends. */
export const claimVersions = (db: Db, limit: number): Promise<ClaimedVersion[]> =>
  db.$queryRaw<ClaimedVersion[]>`
    WITH picked AS MATERIALIZED (
      SELECT v.project_id, v.clip_id, v.version FROM clip_versions v
      WHERE v.state IS NULL AND (v.claimed_until IS NULL OR v.claimed_until < now())
      ORDER BY v.created_at DESC LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE clip_versions v SET claimed_until = now() + make_interval(secs => ${claimSeconds}::double precision)
    FROM picked p WHERE v.project_id = p.project_id AND v.clip_id = p.clip_id AND v.version = p.version
    RETURNING v.project_id AS "projectId", v.clip_id AS id, v.version, v.code`

/**
 * Counts that a server begins to listen to a version, so that one which ends the server is known by it, and none that was
 * claimed beside it. The count, this time included; null where the version is gone or was listened to meanwhile.
 */
export async function countAttempt(db: Db, key: ClipVersionKey): Promise<number | null> {
  const [row] = await db.$queryRaw<{ attempts: number }[]>`
    UPDATE clip_versions v SET attempts = v.attempts + 1
    WHERE v.project_id = ${key.projectId} AND v.clip_id = ${key.id} AND v.version = ${key.version}::int AND v.state IS NULL
    RETURNING v.attempts::int AS attempts`
  return row?.attempts ?? null
}

/** Takes back a count: the server could not listen for a reason that is not the version's. */
export async function uncountAttempt(db: Db, key: ClipVersionKey): Promise<void> {
  await db.$executeRaw`
    UPDATE clip_versions v SET attempts = greatest(v.attempts - 1, 0)
    WHERE v.project_id = ${key.projectId} AND v.clip_id = ${key.id} AND v.version = ${key.version}::int AND v.state IS NULL`
}

/** Gives back what was claimed and not listened to. */
export async function releaseVersions(db: Db, keys: ClipVersionKey[]): Promise<void> {
  if (keys.length === 0) return
  await db.$executeRaw`
    UPDATE clip_versions v SET claimed_until = NULL
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("projectId" text, id text, version int)
    WHERE v.project_id = k."projectId" AND v.clip_id = k.id AND v.version = k.version AND v.state IS NULL`
}

export interface StoredAnalysis {
  state: ClipState
  /** Where the state is "fails", and only there. */
  problem: Prisma.InputJsonObject | null
  cps: number | null
  events: number | null
  cycles: number | null
  sounds: string[]
  samples: string[]
  picture: Prisma.InputJsonObject | null
}

const json = (value: Prisma.InputJsonObject | null) => Prisma.sql`${value && JSON.stringify(value)}::jsonb`

/** Stores what the server found, whatever was known. */
export async function storeAnalysis(db: Db, key: ClipVersionKey, found: StoredAnalysis): Promise<void> {
  await store(db, key, { found, where: Prisma.sql`true` })
}

/** Stores what somebody else found of a version that takes longer than the server listens; false where it does not. */
export const settleAnalysis = (db: Db, key: ClipVersionKey, found: StoredAnalysis): Promise<boolean> =>
  store(db, key, { found, where: Prisma.sql`v.state = 'slow'` })

/**
 * Stores what was found of a version that fits a condition, and tells the clip where it still is of this version. The clip
 * is locked first, as by whoever changes or moves it. Its `updated_at` stays.
 */
async function store(
  db: Db,
  key: ClipVersionKey,
  { found, where }: { found: StoredAnalysis; where: Prisma.Sql },
): Promise<boolean> {
  const state = Prisma.sql`${found.state}::clip_state`
  const [row] = await db.$queryRaw<{ stored: boolean }[]>`
    WITH clip AS MATERIALIZED (
      SELECT c.project_id, c.id, c.version FROM clips c
      WHERE c.project_id = ${key.projectId} AND c.id = ${key.id} FOR NO KEY UPDATE
    ), heard AS (
      UPDATE clip_versions v SET state = ${state}, problem = ${json(found.problem)},
        cps = ${found.cps}::double precision, events = ${found.events}::int, cycles = ${found.cycles}::int,
        sounds = ${found.sounds}::text[], samples = ${found.samples}::text[], picture = ${json(found.picture)},
        claimed_until = NULL
      FROM clip WHERE v.project_id = clip.project_id AND v.clip_id = clip.id AND v.version = ${key.version}::int
        AND ${where}
      RETURNING v.version
    ), told AS (
      UPDATE clips c SET state = ${state}, problem = ${json(found.problem)}, analysed_at = clock_timestamp()
      FROM clip, heard WHERE c.project_id = clip.project_id AND c.id = clip.id AND c.version = heard.version
    )
    SELECT EXISTS (SELECT FROM heard) AS stored`
  return row?.stored ?? false
}

/** What a version of the same code as another takes over from it. */
export const analysisColumns = Prisma.raw("state, problem, cps, events, cycles, sounds, samples, picture")

/** Takes what was found of a former version over to one of the same code. */
export async function copyAnalysis(tx: Db, { projectId, id, version }: ClipVersionKey, former: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE clip_versions v SET (${analysisColumns}) = (
      SELECT ${analysisColumns} FROM clip_versions f
      WHERE f.project_id = ${projectId} AND f.clip_id = ${id} AND f.version = ${former}::int
    ) WHERE v.project_id = ${projectId} AND v.clip_id = ${id} AND v.version = ${version}::int`
}

/** Versions that wait for somebody to listen are counted up to so many. */
export const mostCounted = 10_000

/** How many versions nobody has listened to yet, at most 10,000. */
export async function countWaitingVersions(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM clip_versions v WHERE v.state IS NULL LIMIT ${mostCounted}
    ) waiting`
  return row?.count ?? 0
}
