import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { type EmbeddedDatabase, startEmbedded } from "@strudel-agent/database/embedded"
import { ensureDatabase, migrate } from "@strudel-agent/database/migrate"
import { createEar } from "@strudel-agent/ear/ear"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import type { FastifyInstance } from "fastify"
import type { Logger } from "pino"
import manifest from "../package.json" with { type: "json" }
import { createAgentPort } from "./agent-port.ts"
import { background, interactive } from "./background/analyser-limits.ts"
import { startAnalysisWorker } from "./background/analysis-worker.ts"
import { startAudioWorker } from "./background/audio-worker.ts"
import { startIdleSweep } from "./background/idle-sweep.ts"
import { startRunSweep } from "./background/run-sweep.ts"
import { createSongListener } from "./background/song-listener.ts"
import { buildDoor } from "./door.ts"
import { type Env, readEnv, refuseOpenHost } from "./env.ts"
import { createLog } from "./log.ts"
import { createMetrics } from "./metrics.ts"
import { createSampleStore } from "./samples/sample-store.ts"
import type { Tracing } from "./tracing.ts"

/** The migrations lie beside the workspace's packages, and beside the bundle in an image. */
const migrations = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url))

/** The build puts what listens to code beside the bundle. */
const engine = fileURLToPath(new URL("engine", import.meta.url))

/** Likewise what measures sound. */
const earFolder = fileURLToPath(new URL("ear", import.meta.url))

const readBuilt = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8")

/** Rejects in words where the address is taken, before anything else is started. */
function checkAddress({ HOST, PORT }: Env): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", (error: NodeJS.ErrnoException) => reject(inWords(error, { HOST, PORT })))
    probe.listen(PORT, HOST, () => probe.close(() => resolve()))
  })
}

function inWords(error: NodeJS.ErrnoException, { HOST, PORT }: Pick<Env, "HOST" | "PORT">): Error {
  if (error.code === "EADDRINUSE") return new Error(`Port ${PORT} on ${HOST} is in use: set PORT to another one.`)
  if (error.code === "EACCES") return new Error(`Port ${PORT} on ${HOST} is not allowed: set PORT to one above 1023.`)
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new Error(`This machine has no address ${HOST}: set HOST to one it has.`)
  }
  return error
}

/** What keeps the server from starting is also told where the launcher shows it. */
const spoken = (log: Logger) => ({
  info: (words: string) => log.info(words),
  warn(words: string) {
    log.warn(words)
    process.stderr.write(`${words}\n`)
  },
})

/** Waits until all of these have ended, or so many milliseconds: the end of the process ends the rest. */
async function within(milliseconds: number, ends: Promise<unknown>[]): Promise<void> {
  const timer = new AbortController()
  const late = sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([Promise.all(ends), late]).finally(() => timer.abort())
}

interface Running {
  door: FastifyInstance
  url: string
  stop(): Promise<void>
}

async function start(env: Env, log: Logger): Promise<Running> {
  await refuseOpenHost(env)
  await checkAddress(env)
  const embedded = env.DATABASE_URL
    ? undefined
    : await startEmbedded({ dir: env.STRUDEL_DATA_DIR, binariesFrom: import.meta.url, log: spoken(log) })
  try {
    return await serve(env, log, embedded)
  } catch (error) {
    if (embedded?.outcome !== "adopted") await embedded?.stop()
    throw error
  }
}

async function openTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Env): Promise<Tracing | undefined> {
  if (endpoint === undefined) return undefined
  const { startTracing } = await import("./tracing.ts")
  return startTracing({ endpoint, version: manifest.version })
}

/** Measures what clips sound like, with the samples that are kept, in processes of their own; what nobody waits for gives way to all others. */
function openMeasurer(database: Database, { samplesFolder, log }: { samplesFolder: string; log: Logger }) {
  const store = createSampleStore({ folder: samplesFolder })
  const kept = async (url: string) => {
    const found = await store.find(url)
    return found && { type: found.type, bytes: await readFile(found.file) }
  }
  const analyser = createAnalyser({ folder: engine, ...background })
  const ear = createEar({ folder: earFolder, kept })
  const worker = startAudioWorker({
    database,
    analyser,
    ear: createEar({ folder: earFolder, kept, givesWay: true }),
    log,
  })
  return {
    songListener: createSongListener(ear),
    async stop() {
      ear.close()
      await Promise.all([worker.stop(), analyser.close()])
    },
  }
}

async function serve(env: Env, log: Logger, embedded: EmbeddedDatabase | undefined): Promise<Running> {
  const url = env.DATABASE_URL ?? embedded?.url() ?? ""
  await ensureDatabase(url, log)
  for (const name of await migrate({ url, directory: migrations, log })) log.info({ name }, "applied a migration")
  const metrics = createMetrics()
  const tracing = await openTracing(env)
  const database = createDatabase({
    url,
    pool: {
      size: env.DB_POOL_SIZE,
      maxOverflow: env.DB_MAX_OVERFLOW,
      recycleSeconds: env.DB_POOL_RECYCLE,
      commandTimeoutSeconds: env.DB_COMMAND_TIMEOUT,
      echo: env.DB_ECHO,
    },
    hasRoom: embedded?.hasRoom,
    log,
    onWork: metrics.countWork,
    onStatement: tracing?.onStatement,
  })
  const analyser = createAnalyser({ folder: engine, ...interactive })
  const listener = startAnalysisWorker({
    database,
    analyser: createAnalyser({ folder: engine, ...background }),
    log,
    trace: tracing?.trace,
  })
  const samplesFolder = join(env.STRUDEL_DATA_DIR, "samples")
  const measurer = env.STRUDEL_EAR ? openMeasurer(database, { samplesFolder, log }) : undefined
  const door = await buildDoor({
    database,
    analyser,
    agent: createAgentPort({ folder: env.STRUDEL_DATA_DIR, environment: process.env }),
    measuresAudio: env.STRUDEL_EAR,
    songListener: measurer?.songListener,
    onWrite: (path) => {
      if (/^(clip|project)\.|^run\.(change|decide)$/.test(path)) listener.wake()
    },
    version: manifest.version,
    metrics,
    tracing,
    log,
    token: env.STRUDEL_TOKEN,
    allowedHosts: env.STRUDEL_ALLOWED_HOSTS,
    sandboxPage: readBuilt("sandbox.html"),
    loadChatView: () => readFile(new URL("chat-view.html", import.meta.url), "utf8"),
    tunings: readBuilt("engine/tunings.json"),
    samples: {
      origins: env.STRUDEL_SAMPLE_ORIGINS,
      folder: samplesFolder,
      hasRoom: embedded?.hasRoom,
    },
    webUrl: env.WEB_URL,
    webSecret: env.STRUDEL_WEB_SECRET,
    dev: env.NODE_ENV === "development",
  })
  const address = await door.listen({ host: env.HOST, port: env.PORT }).catch((error: NodeJS.ErrnoException) => {
    throw inWords(error, env)
  })
  const stopSweeps = [startIdleSweep(database, log), startRunSweep(database, log)]
  return {
    door,
    url: address,
    async stop() {
      for (const stop of stopSweeps) stop()
      try {
        await within(3000, [door.close(), listener.stop(), ...(measurer ? [measurer.stop()] : [])])
        await within(500, [analyser.close()])
        await Promise.all([database.close(500), within(1000, tracing ? [tracing.stop()] : [])])
      } finally {
        await embedded?.stop()
      }
    },
  }
}

async function main(): Promise<void> {
  const env = readEnv(process.env)
  const { log, flush } = createLog({ level: env.LOG_LEVEL })
  const running = await start(env, log)
  let stopping = false
  const stop = async (why: string) => {
    if (stopping) return
    stopping = true
    log.info({ why }, "stopping")
    const failure = await running.stop().catch((error: unknown) => ({ err: error }))
    if (failure) log.error(failure, "stopping did not go well")
    await flush(200)
    process.exit(failure ? 1 : 0)
  }
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void stop(signal))
  // The launcher's end closes the channel, however it ended.
  process.on("disconnect", () => void stop("the launcher is gone"))
  process.send?.({ type: "ready", url: running.url })
  log.info({ url: running.url }, "ready")
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
