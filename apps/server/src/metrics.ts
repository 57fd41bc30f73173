import { ApiError } from "@strudel-agent/api/errors"
import type { LiveHub } from "@strudel-agent/api/live"
import type { Database } from "@strudel-agent/database/client"
import { countWaitingVersions, mostCounted } from "@strudel-agent/database/queries/clip/analysis"
import { isLoopback } from "@strudel-agent/process/loopback"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client"
import { isStream } from "./live-streams.ts"
import { programDoorOf, refuse } from "./refusal.ts"

/** What the server counts of itself, in the names and the form of Prometheus. */
export interface Metrics {
  registry: Registry
  /** Counts that a connection of the database worked for so many seconds. */
  countWork(seconds: number): void
  /** Counts a request that was answered. */
  countRequest(request: AnsweredRequest): void
}

interface AnsweredRequest {
  door: "trpc" | "api" | "mcp" | "pages"
  method: string
  status: number
  seconds: number
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: "strudel_http_request_duration_seconds",
    help: "Seconds until a request was answered, by door, method and status; streams are not among them.",
    labelNames: ["door", "method", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const work = new Histogram({
    name: "strudel_database_work_duration_seconds",
    help: "Seconds that a connection worked for one statement, or for one transaction.",
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  })
  return {
    registry,
    countWork: (seconds) => work.observe(seconds),
    countRequest: ({ door, method, status, seconds }) => requests.observe({ door, method, status }, seconds),
  }
}

/** Whether a program on this machine asks, and not one elsewhere by way of a proxy here. */
const isFromHere = ({ socket, headers }: FastifyRequest): boolean =>
  socket.remoteAddress !== undefined &&
  isLoopback(socket.remoteAddress) &&
  headers["x-forwarded-for"] === undefined &&
  headers.forwarded === undefined

/**
 * Counts requests, and answers /metrics to callers who bring the token, or, where there is none, to those on this machine;
 * for others there is no such page.
 */
export function registerMetrics(
  app: FastifyInstance,
  { registry, countRequest }: Metrics,
  { database, live, token }: { database: Database; live: LiveHub; token: string | undefined },
): void {
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        this.set(await value())
      },
    })
  gauge("strudel_database_connections_open", "Connections to the database.", () => database.connections().open)
  gauge("strudel_database_connections_idle", "Of these, those without work.", () => database.connections().idle)
  gauge("strudel_database_waiting", "Callers that wait for a connection.", () => database.connections().waiting)
  gauge("strudel_live_streams", "Live streams that are open.", () => live.size)
  gauge("strudel_analysis_queue", `Versions of clips to be listened to, up to ${mostCounted}.`, () =>
    // What else is counted is told while the database is away.
    countWaitingVersions(database.db).catch(() => Number.NaN),
  )

  app.addHook("onResponse", async (request, reply) => {
    if (isStream(reply)) return
    const door = programDoorOf(request.url) ?? "pages"
    countRequest({ door, method: request.method, status: reply.statusCode, seconds: reply.elapsedTime / 1000 })
  })
  app.get("/metrics", async (request, reply) => {
    // With a token, the guards have asked for it.
    if (token === undefined && !isFromHere(request)) return refuse(request, reply, new ApiError("PATH_NOT_FOUND"))
    return reply
      .type(registry.contentType)
      .header("cache-control", "no-store")
      .send(await registry.metrics())
  })
}
