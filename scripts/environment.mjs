import { accessSync, constants, existsSync } from "node:fs"
import { homedir } from "node:os"
import { delimiter, dirname, join, resolve } from "node:path"
import { root } from "./project.mjs"
import { Refusal } from "./refusal.mjs"

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
const productVariable = /^(HOST|PORT|DATABASE_URL|LOG_LEVEL|WEB_URL|DB_.*|OTEL_.*|STRUDEL_(?!TEST_).*)$/

/** Reads `.env` in the root of the project, if there is one; what the environment already has wins. */
export function loadDotEnv() {
  const file = join(root, ".env")
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Returns where the product listens and keeps its files. Throws a refusal that names the variable at fault. */
export function readSettings(env = process.env) {
  const port = Number(env.PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Refusal(`PORT is ${JSON.stringify(env.PORT)}, but a port is a whole number from 0 to 65535.`)
  }
  return {
    host: env.HOST || "127.0.0.1",
    port,
    dataDir: resolve(root, env.STRUDEL_DATA_DIR || ".data"),
    usesEmbedded: !env.DATABASE_URL,
  }
}

/** Returns the environment for installing, building and checking: without NODE_ENV, which would drop dependencies. */
export function toolEnvironment(source = process.env, home = safeHome()) {
  const { NODE_ENV, ...rest } = source
  return { ...rest, ...quiet, ...ownNodeFirst(rest), ...(isWritableHome(home) ? {} : homeInProject(rest)) }
}

/** Returns the environment for tests: that of the tools, without the product's own settings, which must not matter. */
export function testEnvironment(source = process.env) {
  return toolEnvironment(Object.fromEntries(Object.entries(source).filter(([name]) => !productVariable.test(name))))
}

/** Tools that look up `node` find the one that runs this. */
function ownNodeFirst(env) {
  const name = Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH"
  return { [name]: [dirname(process.execPath), env[name]].filter(Boolean).join(delimiter) }
}

function safeHome() {
  try {
    return homedir()
  } catch {
    // A user id that no account has.
    return ""
  }
}

/** Tells whether npm and pnpm can keep their caches where they would by themselves. */
function isWritableHome(home) {
  if (!home || !existsSync(home)) return false
  const folders = [
    "",
    ".npm",
    ".npm/_cacache",
    ".npm/_npx",
    ".cache",
    ".config",
    ".local",
    ".local/share",
    ".local/state",
  ]
  return folders.map((name) => join(home, name)).every((folder) => !existsSync(folder) || isWritable(folder))
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function homeInProject({ npm_config_cache: npmCache }) {
  const home = join(root, "node_modules", ".cache", "home")
  return {
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_STATE_HOME: join(home, "state"),
    npm_config_cache: npmCache && isWritable(npmCache) ? npmCache : join(home, "npm"),
  }
}
