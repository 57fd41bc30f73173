import { inject } from "vitest"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import "./test-postgres.ts"

/** What asks several machines is one statement, whose parts bear the same number on each of them. */
const activities = () =>
  inject("testPostgres").nodes.length > 1
    ? Prisma.sql`(SELECT DISTINCT ON (global_pid) datname, wait_event_type FROM citus_stat_activity
        WHERE wait_event_type = 'Lock' ORDER BY global_pid)`
    : Prisma.sql`pg_stat_activity`

/** How many statements wait for a lock in a test's database, on whichever machine. */
export async function countWaiting(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM ${activities()} AS activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return row?.waiting ?? 0
}
