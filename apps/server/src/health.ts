import type { Database } from "@strudel-agent/database/client"
import type { FastifyInstance } from "fastify"

/** Answers whether the server and its database are there: 503 where the database is away. */
export function registerHealth(app: FastifyInstance, database: Database, version: string): void {
  let isAway = false
  app.get("/health", async (request, reply) => {
    try {
      await database.ping()
      isAway = false
      return { status: "ok", database: "ok", version }
    } catch (error) {
      // Said once: whoever watches the server asks again every few seconds.
      if (!isAway) request.log.warn({ err: error }, "the database is away")
      isAway = true
      return reply.code(503).send({ status: "unavailable", database: "away", version })
    }
  })
}
