import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { freePort } from "@strudel-agent/process/free-port"
import { end, stopAtEnd } from "../ending.ts"
import type { Settings } from "../environment.ts"
import { programOf, root } from "../project.ts"
import { say } from "../say.ts"
import { startAgent } from "./agent.ts"
import { endDatabase, stopDatabase } from "./database.ts"
import { answer, endWithParent, limitLog, spawnService, untilAnswering, untilReady } from "./service.ts"
import { serviceMemory } from "./service-memory.ts"
import { type Supervisor, type SupervisorLimits, supervise } from "./supervisor.ts"

export interface StackOptions {
  mode: "start" | "dev"
  settings: Settings
  limits?: Partial<SupervisorLimits>
}

const frontDoor = pathToFileURL(join(root, "apps/web/front-door.mjs")).href

/** Milliseconds that the web app has to stop when nobody can reach it any more; it has nothing to lose. */
const webStopTimeout = 700
/** Milliseconds in which the database shuts down that its server left running. */
const databaseStopTimeout = 500

/**
 * Starts the server with its database, then the agent and the web app beside it, and keeps all of them running. Resolves
 * once a page is served, and throws a refusal if the server or the web app does not start.
 */
export async function startStack({
  mode,
  settings,
  limits,
}: StackOptions): Promise<{ url: string; server: Supervisor; agent: Supervisor }> {
  const { host, port, dataDir, usesEmbedded } = settings
  const webPort = await freePort()
  const webUrl = `http://127.0.0.1:${webPort}`
  const webSecret = randomBytes(32).toString("hex")
  const env: NodeJS.ProcessEnv = {
    ...serviceMemory.environment,
    ...process.env,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    STRUDEL_DATA_DIR: dataDir,
    HOST: host,
    PORT: String(port),
    WEB_URL: webUrl,
    STRUDEL_WEB_SECRET: webSecret,
  }
  // A program that stands still because somebody debugs it is left alone.
  const asks = mode === "start"
  const giveUp = () => end(1)
  const logOf = (name: string) => (mode === "dev" ? undefined : openLog(join(dataDir, `${name}.log`)))

  if (usesEmbedded) limitLog(join(dataDir, "postgres.log"))
  say(usesEmbedded ? "Starting the database and the server…" : "Starting the server…")
  let url = ""
  const serverLog = logOf("server")
  const server = supervise({
    name: "server",
    launch: () =>
      spawnService([...serviceMemory.flags.server, join(root, "apps/server/dist/main.mjs")], {
        env,
        cwd: root,
        logFile: serverLog,
      }),
    isReady: async (child) => {
      const address = await untilReady(child)
      url ||= reachable(address)
    },
    ask: asks ? (signal) => answer(new URL("/health", url), { signal }) : undefined,
    giveUp,
    limits,
  })
  const parts = [server]
  stopAtEnd({
    // In this order the pages that are being made reach their readers.
    stop: async () => {
      for (const part of parts) await part.stop()
      if (usesEmbedded) await stopDatabase(dataDir, databaseStopTimeout)
    },
    kill: () => {
      for (const part of parts) part.kill()
      if (usesEmbedded) endDatabase(dataDir)
    },
  })
  await server.started
  // Started again, the server must be found where it was.
  env.PORT = new URL(url).port || "80"

  const agent = startAgent({ env, url, logFile: logOf("agent"), limits })
  // It lets go of what it answers while the server is there to hear of it.
  parts.unshift(agent)

  say("Starting the web app…")
  const webLog = logOf("web")
  const next = [
    ...endWithParent(),
    ...["--import", frontDoor],
    programOf("next", "apps/web"),
    mode,
    ...["-H", "127.0.0.1"],
    ...["-p", String(webPort)],
  ]
  const headers = { "x-strudel-front-door": webSecret }
  const web = supervise({
    name: "web app",
    launch: () =>
      spawnService([...serviceMemory.flags.web, ...next], {
        env: { ...env, STRUDEL_URL: url },
        cwd: join(root, "apps/web"),
        logFile: webLog,
      }),
    isReady: (_child, signal) => untilAnswering(webUrl, { signal, headers }),
    // A file, which costs the web app next to nothing.
    ask: asks ? (signal) => answer(new URL("/icon.svg", webUrl), { signal, headers }) : undefined,
    giveUp,
    limits: mode === "dev" ? limits : { stopTimeout: webStopTimeout, ...limits },
  })
  parts.push(web)
  await web.started
  return { url, server, agent }
}

function openLog(file: string): string {
  limitLog(file)
  return file
}

/** The address that this machine reaches a server by which listens on all of its addresses. */
function reachable(address: string): string {
  const url = new URL(address)
  if (url.hostname === "0.0.0.0" || url.hostname === "[::]") url.hostname = "127.0.0.1"
  return url.origin
}
