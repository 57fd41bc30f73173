import { randomUUID } from "node:crypto"
import type { AgentPort } from "@strudel-agent/api/agent-port"
import type { Context } from "@strudel-agent/api/context"
import { ApiError } from "@strudel-agent/api/errors"
import { createLiveHub } from "@strudel-agent/api/live"
import { createCaller } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/contract/limits"
import type { Database } from "@strudel-agent/database/client"
import type { Analyser } from "@strudel-agent/strudel/analyser"
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from "fastify"
import { createBodies } from "./bodies/bodies.ts"
import { leaveRestOfBodies } from "./bodies/leave-rest.ts"
import { serveBuiltText } from "./built-text.ts"
import { noteConnections } from "./closing.ts"
import { type GuardOptions, isAuthorised, registerGuards } from "./guards.ts"
import { registerHealth } from "./health.ts"
import { isStream, registerStreams } from "./live-streams.ts"
import { registerMcp } from "./mcp-door.ts"
import { type Metrics, registerMetrics } from "./metrics.ts"
import { programDoorOf, refuse } from "./refusal.ts"
import { pathOf, plainTarget } from "./request-target.ts"
import { failureHandler } from "./rest/answering/failure.ts"
import { registerRest } from "./rest/rest.ts"
import type { CallerFor } from "./rest/rest-app.ts"
import { registerSamples, type SamplesOptions } from "./samples/samples-door.ts"
import { registerSandboxPage } from "./sandbox-page.ts"
import { registerSecurityHeaders } from "./security-headers.ts"
import type { Tracing } from "./tracing.ts"
import { registerTranscriptExport } from "./transcript-export.ts"
import { registerTrpc } from "./trpc/door.ts"
import { registerWeb } from "./web-proxy.ts"

export interface DoorOptions extends GuardOptions {
  database: Database
  /** What listens to code; whoever gives it closes it. */
  analyser: Analyser
  /** What is known of the agent; without it there is none to be set. */
  agent?: AgentPort | undefined
  /** Whether the server measures what clips sound like. */
  measuresAudio?: boolean
  /** What renders sections of songs and measures them; without it, songs are not listened to. */
  songListener?: Context["songListener"]
  /** Hears of every call that wrote, by its procedure's path. */
  onWrite?: (path: string) => void
  /** Whether pages are held to their schemas, as tests want it. */
  checksPages?: boolean
  version: string
  /** The page in which clip code runs; without one clips are not heard. */
  sandboxPage?: string | undefined
  /** Reads the page in which chats of agents show clips and songs. */
  loadChatView?: (() => Promise<string>) | undefined
  /** The archive of scales for it, as JSON. */
  tunings?: string | undefined
  /** Where samples come from and where they are kept; without it none are passed on. */
  samples?: SamplesOptions | undefined
  /** Where the web app listens; without one only the doors of programs are open. */
  webUrl?: string | undefined
  /** What the web app knows this door by. */
  webSecret?: string | undefined
  /** Where requests are counted, which /metrics tells; without it there is no such page. */
  metrics?: Metrics | undefined
  /** What makes spans of requests. */
  tracing?: Pick<Tracing, "register"> | undefined
  log?: FastifyBaseLogger | undefined
}

const requestId = /^[A-Za-z0-9._-]{1,64}$/

/** Builds the front door: tRPC, REST and health behind the guards, and the web app for the rest. It does not listen. */
export async function buildDoor(options: DoorOptions): Promise<FastifyInstance> {
  const { database, analyser, onWrite, token, version, sandboxPage, tunings, webUrl, webSecret, log, samples } = options
  const { loadChatView, agent, measuresAudio = false, songListener } = options
  const { dev = false, checksPages = false, metrics, tracing } = options
  const app = Fastify({
    ...(log ? { loggerInstance: log } : {}),
    bodyLimit: limits.requestBytes.usual,
    rewriteUrl: ({ url = "/" }) => plainTarget(url),
    // A batch names its calls in the path.
    routerOptions: { maxParamLength: 5000 },
    frameworkErrors: failureHandler(log),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    // Longer than any upload of 16 MiB takes; whoever sends a body and stops holds nothing for longer.
    requestTimeout: 120_000,
    genReqId: ({ headers }) => {
      const given = headers["x-request-id"]
      return typeof given === "string" && requestId.test(given) ? given : randomUUID()
    },
  })
  registerSecurityHeaders(app, { dev })
  tracing?.register(app)
  logRequests(app)
  // What takes bodies says so; the others answer without reading them.
  app.removeAllContentTypeParsers()
  leaveRestOfBodies(app)
  registerGuards(app, options)
  const live = createLiveHub({ database, log })
  registerStreams(app, live)
  const endConnections = noteConnections(app)
  app.setNotFoundHandler((request, reply) => refuse(request, reply, new ApiError("PATH_NOT_FOUND")))

  const contextOf = (request: FastifyRequest): Context => ({
    database,
    authorised: isAuthorised(request, token),
    live,
    analyser,
    agent,
    measuresAudio,
    songListener,
    ...(onWrite ? { onWrite } : {}),
    ...(checksPages ? { checksPages } : {}),
    address: request.ip,
  })
  registerHealth(app, database, version)
  if (metrics) registerMetrics(app, metrics, { database, live, token })
  const bodies = createBodies()
  await registerTrpc(app, contextOf, bodies)
  const callerFor: CallerFor = (request, signal) => createCaller(contextOf(request), signal ? { signal } : {})
  await registerRest(app, { callerFor, bodies })
  await registerMcp(app, {
    bodies,
    async load() {
      const { createMcpDoorHandler } = await import("./mcp-handler.ts")
      const feed = { database, authorised: true, live, analyser, address: "mcp" }
      const onError = (error: unknown) => app.log.error({ err: error }, "an agent's call failed")
      return createMcpDoorHandler({ version, loadView: loadChatView, contextOf, feed, onError })
    },
  })
  registerTranscriptExport(app, callerFor)
  if (samples) registerSamples(app, samples)
  if (sandboxPage) registerSandboxPage(app, sandboxPage)
  if (tunings) serveBuiltText(app, "/tunings.json", { text: tunings, type: "application/json; charset=utf-8" })
  if (webUrl) await registerWeb(app, { url: webUrl, secret: webSecret, dev })
  // After what else ends with the door: what waits for that can still be answered.
  app.addHook("preClose", endConnections)
  return app
}

/** One line a request, but for streams, which have lines of their own: of programs at level info, of pages and their files at debug. */
function logRequests(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id)
  })
  app.addHook("onResponse", async (request, reply) => {
    if (isStream(reply)) return
    const level = programDoorOf(request.url) === undefined ? "debug" : "info"
    request.log[level](
      {
        method: request.method,
        path: pathOf(request.url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "request",
    )
  })
}
