import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"

export interface SessionMessageCount {
  id: string
  messageCount: number
}

/** How many messages each of these sessions has; those that are not there are left out. */
export const listMessageCounts = (db: Db, ids: string[]): Promise<SessionMessageCount[]> =>
  db.$queryRaw<SessionMessageCount[]>`
    SELECT s.id, s.message_count AS "messageCount" FROM sessions s WHERE s.id = ANY(${ids}::uuid[])`

export type ChangeKind = "session" | "clip" | "song" | "playlist" | "project"

export interface ChangeRow {
  kind: ChangeKind
  projectId: string | null
  id: string
  /** Milliseconds since 1970, by the clock of whoever wrote: a server's or the database's. */
  at: number
  removed: boolean
  /** Another text for each change that can be told from the one before. */
  stamp: string
}

export interface ChangeFeed {
  /** When the database read this, by its own clock, in milliseconds since 1970. */
  moment: number
  /** The oldest first. */
  changes: ChangeRow[]
  /** Whether there was more than the limit of some kind: only the latest of it are here. */
  cut: boolean
}

/** Rows of one kind that a feed lists at most. */
export const changeLimit = 1000

/** Where a feed starts: a date, or so many seconds before the moment at which the database reads it. */
export type ChangesSince = Date | { secondsAgo: number }

/**
 * Lists what was written or deleted after a moment, at most 1000 rows of a kind, in one statement.
 *
 * A row bears the moment at which its transaction began, or that of a server's clock, and is seen when the transaction
 * has ended. Whoever follows the feed has to look back further than to the last reading: as far as a transaction may
 * last and clocks may differ, and to pass over the stamps it knows.
 */
export async function listChanges(db: Db, since: ChangesSince): Promise<ChangeFeed> {
  const start =
    since instanceof Date
      ? Prisma.sql`${since}::timestamptz`
      : Prisma.sql`now() - make_interval(secs => ${since.secondsAgo}::double precision)`
  // Two writes of one row can fall into one millisecond: what counts up with every write tells them apart.
  const written = (kind: ChangeKind, table: string, columns: { project: string; revision: string }) => Prisma.sql`
    (SELECT ${kind} AS kind, ${Prisma.raw(columns.project)} AS project_id, t.id::text AS id, t.updated_at AS at,
      false AS removed, ${Prisma.raw(columns.revision)}::text AS revision
    FROM ${Prisma.raw(table)} t WHERE t.updated_at > ${start} ORDER BY t.updated_at DESC LIMIT ${changeLimit})`
  // What was found of a clip's code is no change of the clip, but one of what is shown of it.
  const clips = (moment: "updated_at" | "analysed_at") => Prisma.sql`
    (SELECT 'clip' AS kind, t.project_id, t.id::text AS id, greatest(t.updated_at, t.analysed_at) AS at,
      false AS removed, concat(t.version, ' ', extract(epoch FROM t.analysed_at)) AS revision
    FROM clips t WHERE t.${Prisma.raw(moment)} > ${start} ORDER BY t.${Prisma.raw(moment)} DESC LIMIT ${changeLimit})`
  const [feed] = await db.$queryRaw<{ moment: number; changes: ChangeRow[] }[]>`
    SELECT (extract(epoch FROM now()) * 1000)::double precision AS moment, coalesce(json_agg(json_build_object(
      'kind', c.kind, 'projectId', c.project_id, 'id', c.id, 'removed', c.removed,
      'at', (extract(epoch FROM c.at) * 1000)::bigint, 'stamp', c.revision
    )), '[]'::json) AS changes
    FROM (
      ${written("session", "sessions", { project: "t.project_id", revision: "t.message_count" })}
      UNION ALL SELECT * FROM (${clips("updated_at")} UNION ${clips("analysed_at")}) c
      UNION ALL ${written("song", "songs", { project: "t.project_id", revision: "t.version" })}
      UNION ALL ${written("playlist", "playlists", { project: "t.project_id", revision: "t.version" })}
      UNION ALL ${written("project", "projects", { project: "t.id", revision: "0" })}
      UNION ALL (SELECT r.kind::text, r.project_id, r.item_id, r.removed_at, true, r.id::text
        FROM removals r WHERE r.removed_at > ${start} ORDER BY r.removed_at DESC LIMIT ${changeLimit})
    ) c`
  if (!feed) return { moment: 0, changes: [], cut: true }
  const counts = new Map<string, number>()
  for (const change of feed.changes) {
    change.stamp = `${change.at} ${change.stamp}`
    const arm = change.removed ? "removal" : change.kind
    counts.set(arm, (counts.get(arm) ?? 0) + 1)
  }
  const changes = feed.changes.sort((one, other) => one.at - other.at)
  return { moment: feed.moment, changes, cut: [...counts.values()].some((count) => count >= changeLimit) }
}

/** Seconds for which it is kept what was deleted. */
export const removalSeconds = 3600

/** Forgets what was deleted more than an hour ago; answers how many rows. */
export const sweepRemovals = (db: Db): Promise<number> =>
  db.$executeRaw`DELETE FROM removals WHERE removed_at < now() - make_interval(secs => ${removalSeconds}::double precision)`
