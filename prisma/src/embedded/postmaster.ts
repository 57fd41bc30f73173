import { spawn, spawnSync } from "node:child_process"
import { chmodSync, closeSync, fstatSync, openSync, readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { freePort } from "@strudel-agent/process/free-port"
import { isAlive } from "@strudel-agent/process/is-alive"
import { shortenLog } from "@strudel-agent/process/log-file"
import { type Cluster, environment } from "./cluster.ts"
import { hasRoom } from "./disk-room.ts"
import { findPostmaster, readPostmasterPid, removeStalePid } from "./postmaster-pid.ts"
import { probe } from "./probe.ts"

/** A server that answers. */
export interface Running {
  pid: number
  port: number
  /** Whether it ran before it was asked for. */
  adopted: boolean
}

export interface UpOptions {
  /** The port to take if it is free. */
  wanted?: number | undefined
  /** Whether any other port will not do. */
  fixed: boolean
  /** Ends the waiting, not the server. */
  signal?: AbortSignal
}

/** PostgreSQL did not start for want of room on its disk. */
export class DiskFull extends Error {
  override name = "DiskFull"
}

const seconds = 1000
/** For a server that another process is starting or stopping, and for the last processes of a killed one. */
const timeout = 60 * seconds
/** For replaying what a crash left unwritten, while which the server answers that it is starting. */
const recoveryTimeout = 600 * seconds

/**
 * Makes sure that a server runs on the cluster, adopting one that does, and returns it once it answers. Rejects with
 * the server's own last words if it does not start, as `DiskFull` where that is why, and if a fixed port is taken by
 * another program.
 */
export async function bringUp(cluster: Cluster, { wanted, fixed, signal }: UpOptions): Promise<Running> {
  const end = Date.now() + timeout
  for (;;) {
    const found = findPostmaster(cluster.dataDir)
    if (found) {
      if (await answers(cluster, found, signal)) return { pid: found.pid, port: found.port, adopted: true }
    } else {
      const port = fixed && wanted !== undefined ? wanted : await freePort(wanted)
      const launched = await launch(cluster, port, signal)
      if ("pid" in launched) return { pid: launched.pid, port, adopted: false }
      if (lacksRoom(cluster, launched.words)) throw new DiskFull(`PostgreSQL does not start: the disk is full`)
      if (!isTransient(launched.words, fixed)) throw new Error(`PostgreSQL does not start: ${launched.words}`)
      removeStalePid(cluster.dataDir)
    }
    signal?.throwIfAborted()
    if (Date.now() > end) {
      throw new Error(`PostgreSQL is neither up nor down for ${timeout / seconds} s, see ${cluster.logFile}`)
    }
    await sleep(100)
  }
}

/** Ends a server: running statements are cancelled, and if it lingers it is made to stop without tidying up. */
export async function bringDown(cluster: Cluster, pid: number): Promise<void> {
  const steps = [
    { signal: "SIGINT", timeout: 30 * seconds },
    { signal: "SIGQUIT", timeout: 10 * seconds },
    { signal: "SIGKILL", timeout: 10 * seconds },
  ] as const
  for (const step of steps) {
    if (!isAlive(pid)) return
    if (step.signal !== "SIGINT") cluster.log.warn(`PostgreSQL does not stop, sending it ${step.signal}`)
    send(cluster, pid, step.signal)
    const end = Date.now() + step.timeout
    while (isAlive(pid) && Date.now() < end) await sleep(20)
  }
  if (isAlive(pid)) throw new Error(`PostgreSQL (process ${pid}) does not stop`)
}

function send({ binaries, dataDir }: Cluster, pid: number, signal: "SIGINT" | "SIGQUIT" | "SIGKILL"): void {
  if (process.platform === "win32" && signal !== "SIGKILL") {
    const mode = signal === "SIGINT" ? "fast" : "immediate"
    spawnSync(binaries.pgCtl, ["stop", "-W", "-m", mode, "-D", dataDir], { env: environment(), windowsHide: true })
    return
  }
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (isAlive(pid)) throw error
  }
}

/**
 * Waits for an answer as long as the process lives; false when it ended meanwhile, also if another server, which was
 * faster, answers at its port.
 */
async function answers(
  cluster: Cluster,
  found: { pid: number; port: number },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { dataDir, logFile, password } = cluster
  const start = Date.now()
  for (;;) {
    signal?.throwIfAborted()
    const state = await probe(password, found.port)
    if (state === "ready" && readPostmasterPid(dataDir)?.pid === found.pid) return true
    if (!isAlive(found.pid)) return false
    if (state === "denied") {
      throw new Error("the data was initialised with another password than database.json has: restore that file")
    }
    if (Date.now() - start > (state === "starting" ? recoveryTimeout : timeout)) {
      throw new Error(`PostgreSQL runs as process ${found.pid} but does not answer, see ${logFile}`)
    }
    await sleep(30)
  }
}

async function launch(
  cluster: Cluster,
  port: number,
  signal: AbortSignal | undefined,
): Promise<{ pid: number } | { words: string }> {
  const log = openLog(cluster)
  const before = fstatSync(log).size
  const words = () => readFileSync(cluster.logFile).subarray(before).toString().trim()
  let pid: number | undefined
  try {
    pid = process.platform === "win32" ? startService(cluster, port) : startProcess(cluster, port, log)
    if (pid === undefined) return { words: words() }
    return (await answers(cluster, { pid, port }, signal)) ? { pid } : { words: words() }
  } catch (error) {
    if (signal?.aborted && pid !== undefined) send(cluster, pid, "SIGINT")
    throw error
  } finally {
    closeSync(log)
  }
}

/** By what the server said, or, where its words had no room either, by what is left. */
const lacksRoom = ({ dataDir }: Cluster, words: string): boolean =>
  /FATAL|PANIC/.test(words) ? words.includes("No space left on device") : !hasRoom(dataDir)

/** In a session of its own, so that Ctrl-C in a terminal reaches this process alone, which then stops the server. */
function startProcess({ binaries, account, dataDir, ...cluster }: Cluster, port: number, log: number) {
  const args = ["-D", dataDir, ...settings(cluster.ephemeral, port)]
  const options = { ...account, cwd: dataDir, env: environment(), detached: true }
  const child = spawn(binaries.postgres, args, { ...options, stdio: ["ignore", log, log] })
  child.on("error", (error) => cluster.log.warn(`cannot run ${binaries.postgres}: ${error.message}`))
  child.unref()
  return child.pid
}

/** On Windows PostgreSQL refuses administrators, and pg_ctl is what gives up their rights. */
function startService({ binaries, dataDir, logFile, ephemeral }: Cluster, port: number): number | undefined {
  const options = settings(ephemeral, port).join(" ")
  const args = ["start", "-w", "-s", "-D", dataDir, "-l", logFile, "-o", options]
  spawnSync(binaries.pgCtl, args, { env: environment(), stdio: "ignore", windowsHide: true })
  return readPostmasterPid(dataDir)?.pid
}

function settings(ephemeral: boolean, port: number): string[] {
  const values = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 100,
    shared_buffers: "128MB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    ...(ephemeral ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : { fsync: "on" }),
  }
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`])
}

/** Failures that waiting, or another port, overcomes. */
function isTransient(words: string, fixed: boolean): boolean {
  if (/lock file ".*" already exists|pre-existing shared memory block|is still in use|postmaster\.pid/.test(words)) {
    return true
  }
  return !fixed && /could not bind|could not create any TCP\/IP sockets/.test(words)
}

function openLog({ logFile, log }: Cluster): number {
  shortenLog(logFile, (problem) => log.warn(problem))
  const opened = openSync(logFile, "a", 0o600)
  chmodSync(logFile, 0o600)
  return opened
}
