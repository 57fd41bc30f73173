import type { Database } from "@strudel-agent/database/client"
import { sweepRuns } from "@strudel-agent/library/run/run"
import type { FastifyBaseLogger } from "fastify"

const everyMilliseconds = 3000

/**
 * Every few seconds, until the returned function is called, ends or queues runs whose worker is gone. Several servers may
 * sweep one database.
 */
export function startRunSweep(database: Database, log: FastifyBaseLogger): () => void {
  let isSweeping = false
  const sweep = async () => {
    if (isSweeping || !database.hasRoom()) return
    isSweeping = true
    try {
      const count = await sweepRuns(database.db, (error) => log.error({ err: error }, "a run ended without an answer"))
      if (count > 0) log.info({ count }, "runs were left by their workers")
    } catch (error) {
      log.warn({ err: error }, "the sweep of runs failed")
    } finally {
      isSweeping = false
    }
  }
  const timer = setInterval(() => void sweep(), everyMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
