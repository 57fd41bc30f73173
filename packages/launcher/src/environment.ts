import { accessSync, constants, existsSync } from "node:fs"
import { homedir } from "node:os"
import { delimiter, dirname, join, resolve } from "node:path"
import { isOnLoopback } from "@strudel-agent/process/loopback"
import { isOn, modelSettingProblem, openHostWords, shortestToken, usualSettings } from "@strudel-agent/process/settings"
import { root } from "./project.ts"
import { Refusal } from "./refusal.ts"

/** Where the product listens and keeps its files. */
export interface Settings {
  host: string
  port: number
  dataDir: string
  /** Whether the database is the one that comes along. */
  usesEmbedded: boolean
}

/** No tool reports home or asks anything. */
const quiet = {
  CHECKPOINT_DISABLE: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  npm_config_update_notifier: "false",
}

/** What configures the product, as `.env.example` lists it. */
const productVariable =
  /^(HOST|PORT|DATABASE_URL|LOG_LEVEL|WEB_URL|(DB|OTEL|OPENROUTER|OPENAI|ANTHROPIC|GOOGLE_GENERATIVE_AI|OLLAMA)_.*|STRUDEL_(?!TEST_).*)$/

/** Reads `.env` in the root of the project, if there is one; what the environment already has wins. */
export function loadDotEnv(): void {
  const file = join(root, ".env")
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Returns where the product listens and keeps its files. Throws a refusal that names the variable at fault. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const port = Number(env.PORT || usualSettings.port)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal(`PORT is ${JSON.stringify(env.PORT)}, but a port is a whole number from 0 to 65535.`)
  }
  return {
    host: env.HOST || usualSettings.host,
    port,
    dataDir: resolve(root, env.STRUDEL_DATA_DIR || usualSettings.dataDir),
    usesEmbedded: !env.DATABASE_URL,
  }
}

/** Throws a refusal where the model that is to answer is named as none can be. */
export function refuseModel({ STRUDEL_AGENT_MODEL: model }: NodeJS.ProcessEnv = process.env): void {
  const problem = model?.trim() ? modelSettingProblem(model) : undefined
  if (problem) throw new Refusal(problem)
}

/**
 * Rejects with a refusal where others than this machine would reach the server without a token, unless that is wanted,
 * and where the token is too short for the server. A host that stands for nothing is told later.
 */
export async function refuseOpenHost(
  host: string,
  { STRUDEL_TOKEN: token, STRUDEL_ALLOW_NO_TOKEN: isAllowed }: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  if (token && token.length < shortestToken) {
    throw new Refusal(`STRUDEL_TOKEN has ${token.length} characters, but it needs ${shortestToken} or more.`)
  }
  if (token || isOn(isAllowed)) return
  if (!(await isOnLoopback(host).catch(() => true))) throw new Refusal(openHostWords(host))
}

/** Returns the environment for installing, building and checking: without NODE_ENV, which would drop dependencies. */
export function toolEnvironment(source: NodeJS.ProcessEnv = process.env, home = safeHome()): NodeJS.ProcessEnv {
  const { NODE_ENV, ...rest } = source
  return { ...rest, ...quiet, ...ownNodeFirst(rest), ...(isWritableHome(home) ? {} : homeInProject(rest)) }
}

/** Returns the environment for tests: that of the tools, without the product's own settings, which must not matter. */
export function testEnvironment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return toolEnvironment(Object.fromEntries(Object.entries(source).filter(([name]) => !productVariable.test(name))))
}

/** Tools that look up `node` find the one that runs this. */
function ownNodeFirst(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH"
  return { [name]: [dirname(process.execPath), env[name]].filter(Boolean).join(delimiter) }
}

function safeHome(): string {
  try {
    return homedir()
  } catch {
    // A user id that no account has.
    return ""
  }
}

/** Tells whether npm and pnpm can keep their caches where they would by themselves. */
function isWritableHome(home: string): boolean {
  if (!home || !existsSync(home)) return false
  const inNpm = [".npm", ".npm/_cacache", ".npm/_npx"]
  const folders = ["", ...inNpm, ".cache", ".config", ".local", ".local/share", ".local/state"]
  return folders.map((name) => join(home, name)).every((folder) => !existsSync(folder) || isWritable(folder))
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function homeInProject({ npm_config_cache: npmCache }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const home = join(root, "node_modules", ".cache", "home")
  return {
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    npm_config_cache: npmCache && isWritable(npmCache) ? npmCache : join(home, "npm"),
  }
}
