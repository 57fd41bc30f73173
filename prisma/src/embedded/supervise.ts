import { setTimeout as sleep } from "node:timers/promises"
import type { Cluster } from "./cluster.ts"
import { bringDown, bringUp, type Running } from "./postmaster.ts"
import { isAlive } from "./postmaster-pid.ts"

export interface Supervised {
  readonly port: number
  /** Another one after a restart. */
  readonly pid: number
  stop(): Promise<void>
  /** Lets the server run on, unwatched. */
  leave(): void
}

const checkMilliseconds = 300
const maxRestarts = 5
const restartWindow = 5 * 60_000

/** Restarts a server on its port whenever it dies, at most 5 times in 5 minutes, until it is stopped. */
export function supervise(cluster: Cluster, first: Running): Supervised {
  const { port } = first
  const { log } = cluster
  let pid = first.pid
  let restarts: number[] = []
  let restarting: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  const restart = async () => {
    restarts = [...restarts.filter((time) => time > Date.now() - restartWindow), Date.now()]
    if (restarts.length > maxRestarts) {
      clearInterval(timer)
      log.warn(`PostgreSQL died ${restarts.length} times within minutes and stays down, see ${cluster.logFile}`)
      return
    }
    log.warn(`PostgreSQL (process ${pid}) died, starting it again`)
    try {
      const running = await bringUp(cluster, { wanted: port, fixed: true })
      pid = running.pid
    } catch (error) {
      log.warn(error instanceof Error ? error.message : String(error))
      await sleep(restarts.length * 1000)
    }
  }

  const timer = setInterval(() => {
    if (restarting || isAlive(pid)) return
    restarting = restart().finally(() => {
      restarting = undefined
    })
  }, checkMilliseconds).unref()

  return {
    port,
    get pid() {
      return pid
    },
    stop() {
      stopping ??= (async () => {
        clearInterval(timer)
        await restarting
        await bringDown(cluster, pid)
      })()
      return stopping
    },
    leave() {
      clearInterval(timer)
    },
  }
}
