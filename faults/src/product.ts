import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { findEmbedded } from "@strudel-agent/database/embedded"
import { freePort } from "@strudel-agent/process/free-port"
import type { Part, Place, Product } from "./place.ts"
import { descendantsOf, listProcesses, send } from "./processes.ts"
import { until } from "./waiting.ts"

/** The root of the project, from a source and from a bundle. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")

const startSeconds = 300

/** Starts the product in a folder of its own on a free port. */
export async function startProduct(
  place: Place,
  { dataDir = place.makeFolder(), env = {} }: { dataDir?: string; env?: Record<string, string> } = {},
): Promise<Product> {
  chmodSync(dataDir, 0o711)
  // A library that is empty is ready sooner.
  writeFileSync(join(dataDir, "samples-loaded"), "")
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const seen = new Map<number, string>()
  let words = ""
  let launcher: ChildProcess | undefined

  const pidOf = (part: Part): number | undefined => {
    if (part === "database") return postmasterOf(dataDir)
    if (!launcher?.pid || hasEnded(launcher)) return undefined
    if (part === "launcher") return launcher.pid
    const services = listProcesses().filter(({ parent }) => parent === launcher?.pid)
    const program = (app: string) => join("apps", app, "dist", "main.mjs")
    const isOf = (command: string, app: string) => command.includes(program(app))
    const isWeb = (command: string) => !isOf(command, "server") && !isOf(command, "agent")
    return services.find(({ command }) => (part === "web" ? isWeb(command) : isOf(command, part)))?.pid
  }
  const note = () => {
    const postmaster = pidOf("database")
    const own = listProcesses()
    const roots = [launcher?.pid, postmaster].filter((pid) => pid !== undefined)
    for (const pid of roots) {
      const itself = own.filter((each) => each.pid === pid)
      for (const each of [...itself, ...descendantsOf(pid, own)]) seen.set(each.pid, each.command)
    }
  }
  const start = async () => {
    const child = spawn(process.execPath, ["scripts/run.mjs", "start"], {
      cwd: root,
      env: {
        ...process.env,
        ...{ HOST: "127.0.0.1", PORT: String(port), STRUDEL_DATA_DIR: dataDir, DATABASE_URL: "", LOG_LEVEL: "warn" },
        STRUDEL_EAR: "false",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    })
    launcher = child
    let own = ""
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (part: string) => {
        own += part
        words += part
      })
    }
    const isReady = () => /^(Ready|Already running): /m.test(own)
    const began = await until(() => isReady() || hasEnded(child), startSeconds)
    if (began === undefined || hasEnded(child)) throw new Error(`the product did not start:\n${own}`)
    note()
  }
  const end = async () => {
    const begin = performance.now()
    if (launcher && !hasEnded(launcher)) {
      launcher.kill("SIGTERM")
      await once(launcher, "exit")
    }
    return { code: launcher?.exitCode ?? null, milliseconds: performance.now() - begin }
  }
  place.onLeave(async () => {
    await end()
    for (const pid of leftovers()) send(pid, "SIGKILL")
  })
  const leftovers = (): number[] => {
    const live = listProcesses()
    const owned = new Set(
      launcher?.pid && !hasEnded(launcher) ? descendantsOf(launcher.pid, live).map(({ pid }) => pid) : [],
    )
    const current = launcher && !hasEnded(launcher) ? [launcher.pid, pidOf("database")] : []
    for (const pid of current) {
      if (pid === undefined) continue
      owned.add(pid)
      for (const each of descendantsOf(pid, live)) owned.add(each.pid)
    }
    return live.flatMap(({ pid, command }) => (seen.get(pid) === command && !owned.has(pid) ? [pid] : []))
  }

  await start()
  return {
    url,
    dataDir,
    pidOf,
    leftovers,
    end,
    said: () => words,
    databaseUrl: () => findEmbedded({ dir: dataDir }) ?? "",
    async kill(part) {
      note()
      let pid = pidOf(part)
      for (const deadline = Date.now() + 60_000; pid === undefined; pid = pidOf(part)) {
        if (launcher && hasEnded(launcher)) await start()
        if (Date.now() > deadline) throw new Error(`the ${part} does not run`)
        await sleep(50)
      }
      send(pid, "SIGKILL")
      if (part !== "launcher" || !launcher) return
      if (!hasEnded(launcher)) await once(launcher, "exit")
      await start()
    },
    comesBack: (seconds) => until(async () => (await isWell(`${url}/health`)) && (await isWell(`${url}/`)), seconds),
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Whether an address answers with success within ten seconds. */
async function isWell(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000), headers: { connection: "close" } })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** The embedded PostgreSQL of a data folder, if it runs. */
function postmasterOf(dataDir: string): number | undefined {
  const state = join(dataDir, "database.json")
  if (!existsSync(state)) return undefined
  const { dataDir: folder }: { dataDir: string } = JSON.parse(readFileSync(state, "utf8"))
  const cluster = resolve(dataDir, folder)
  try {
    const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0])
    return listProcesses().some((each) => each.pid === pid && each.command.includes(cluster)) ? pid : undefined
  } catch {
    return undefined
  }
}

/** The product of a place: the one that runs there already, or else one that is started. */
export const productIn = async (place: Place): Promise<Product> => place.product ?? startProduct(place, {})
