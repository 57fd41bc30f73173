import { limits } from "@strudel-agent/contract/limits"
import type { Database } from "@strudel-agent/database/client"
import { sweepRemovals } from "@strudel-agent/database/queries/live"
import { idleSessions } from "@strudel-agent/database/queries/session"
import type { FastifyBaseLogger } from "fastify"

const everyMilliseconds = 30_000

/** Makes sessions idle that were left alone for 15 minutes; answers how many. */
export const sweepIdle = (database: Database, now: Date): Promise<number> =>
  idleSessions(database.db, new Date(now.getTime() - limits.idleMinutes * 60_000))

/** Every half minute, until the returned function is called, makes idle what was left alone and forgets what was deleted. Several servers may sweep one database. */
export function startIdleSweep(database: Database, log: FastifyBaseLogger): () => void {
  const sweep = async () => {
    if (!database.hasRoom()) return
    try {
      const count = await sweepIdle(database, new Date())
      if (count > 0) log.info({ count }, "sessions became idle")
      await sweepRemovals(database.db)
    } catch (error) {
      log.warn({ err: error }, "the sweep of idle sessions and removals failed")
    }
  }
  const timer = setInterval(() => void sweep(), everyMilliseconds)
  timer.unref()
  void sweep()
  return () => clearInterval(timer)
}
