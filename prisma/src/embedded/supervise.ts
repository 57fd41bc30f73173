import { setTimeout as sleep } from "node:timers/promises"
import { createBackoff } from "@strudel-agent/process/backoff"
import { messageOf } from "@strudel-agent/process/error-code"
import { isAlive } from "@strudel-agent/process/is-alive"
import type { Cluster } from "./cluster.ts"
import { bringDown, bringUp, type Running } from "./postmaster.ts"
import { findPostmaster } from "./postmaster-pid.ts"

export interface Supervised {
  readonly port: number
  /** Another one after a restart. */
  readonly pid: number
  stop(): Promise<void>
  /** Lets the server run on, unwatched. */
  leave(): void
}

const checkMilliseconds = 300
/** Milliseconds until a server is started again that does not start or has died before; one that dies once need not wait. */
const pauses = { first: 250, longest: 5_000, window: 60_000 }

/**
 * Restarts a server on its port whenever it dies, until it is stopped. One that does not start, because the disk is full
 * for example, is tried again for as long as that lasts.
 */
export function supervise(cluster: Cluster, first: Running): Supervised {
  const { port } = first
  const { log } = cluster
  const ending = new AbortController()
  const { signal } = ending
  let pid = first.pid
  const noteFailure = createBackoff(pauses)
  let restarting: Promise<void> | undefined
  let stopping: Promise<void> | undefined

  const restart = async () => {
    log.warn(`PostgreSQL (process ${pid}) died, starting it again`)
    let said: string | undefined
    while (!signal.aborted) {
      const { count, delay } = noteFailure()
      await sleep(count === 1 ? 0 : delay, undefined, { signal }).catch(() => {})
      try {
        const running = await bringUp(cluster, { wanted: port, fixed: true, signal })
        pid = running.pid
        if (said) log.info(`PostgreSQL (process ${pid}) runs again`)
        return
      } catch (error) {
        const words = messageOf(error)
        // Said once: it is tried again until it works.
        if (words !== said && !signal.aborted) log.warn(`${words}. It is tried again until it starts.`)
        said = words
      }
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
        ending.abort()
        await restarting
        // A restart that was given up has left the server to itself.
        await bringDown(cluster, findPostmaster(cluster.dataDir)?.pid ?? pid)
      })()
      return stopping
    },
    leave() {
      clearInterval(timer)
      ending.abort()
    },
  }
}
