import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { createBackoff } from "@strudel-agent/process/backoff"
import { messageOf } from "@strudel-agent/process/error-code"
import { Refusal } from "../refusal.ts"
import { warn } from "../say.ts"
import { type Ask, type HeartbeatLimits, watchHeartbeat } from "./heartbeat.ts"

export interface SupervisorLimits {
  /** How often a dead child is started again within the window. */
  restarts: number
  /** Milliseconds, as all that follows. */
  window: number
  firstDelay: number
  longestDelay: number
  /** How long a living child may take to stop. */
  stopTimeout: number
  heartbeat?: Partial<HeartbeatLimits> | undefined
}

export interface SupervisorOptions {
  name: string
  /** Spawns the child, as the leader of a process group. */
  launch(): ChildProcess
  /** Resolves when the child does its work. */
  isReady(child: ChildProcess, signal: AbortSignal): Promise<unknown>
  /** Asks the child whether it still does; without it a child that stands still is left alone. */
  ask?: Ask | undefined
  /** Is called instead of starting a child again that ends too often. */
  giveUp(): unknown
  limits?: Partial<SupervisorLimits> | undefined
}

export interface Supervisor {
  /** Rejects with a refusal if the child ends before it was ever ready. */
  started: Promise<void>
  readonly pid: number | undefined
  /** Resolves to whether the child ended by itself. */
  stop(): Promise<boolean>
  kill(): void
  restart(): Promise<void>
}

const minute = 60_000

const defaults: SupervisorLimits = {
  ...{ restarts: 5, window: minute },
  ...{ firstDelay: 250, longestDelay: 8_000, stopTimeout: 4_000 },
}

/**
 * Keeps a child running: once it was ready, a child that ends is started again, and one that does not answer any more is
 * killed first. If that happens too often within a minute, it is given up.
 */
export function supervise({ name, launch, isReady, ask, giveUp, limits }: SupervisorOptions): Supervisor {
  const { restarts, window, firstDelay, longestDelay, stopTimeout, heartbeat } = { ...defaults, ...limits }
  const noteDeath = createBackoff({ first: firstDelay, longest: longestDelay, window })
  let child: ChildProcess | undefined
  let isStopping = false
  let isExpected = false
  let pause = new AbortController()

  const rest = async (delay: number) => {
    pause = new AbortController()
    await sleep(delay, undefined, { signal: pause.signal }).catch(() => {})
  }

  /** Kills the child, whose loop may be blocked, where it no longer answers. */
  const watch = (watched: ChildProcess) => {
    if (!ask) return () => {}
    const onSilent = (seconds: number) => {
      warn(`The ${name} has not answered for ${seconds} s: killing it.`)
      killGroup(watched)
    }
    return watchHeartbeat(ask, onSilent, heartbeat)
  }

  const keep = async (onReady: () => void, onFailure: (refusal: Refusal) => void) => {
    for (let hasStarted = false; ; ) {
      child = launch()
      const ended = endOf(child)
      let unwatch = () => {}
      if (await readyBeforeEnd(child, ended, isReady)) {
        if (hasStarted) warn(`The ${name} runs again.`)
        hasStarted = true
        onReady()
        unwatch = watch(child)
      }
      const how = await ended
      unwatch()
      if (isStopping) return
      if (!hasStarted) return onFailure(new Refusal(`The ${name} did not start (${how}).`))
      if (isExpected) {
        isExpected = false
        continue
      }
      const { count, delay } = noteDeath()
      if (count > restarts) {
        warn(`The ${name} ended ${count} times within ${window / 1000} s (${how}): giving up.`)
        // What it does may wait for this to return.
        return void giveUp()
      }
      warn(`The ${name} ended unexpectedly (${how}): starting it again.`)
      await rest(delay)
      if (isStopping) return
    }
  }

  let kept: Promise<void> | undefined
  const started = new Promise<void>((resolve, reject) => {
    kept = keep(resolve, reject).catch((error) => {
      warn(`The ${name} cannot be started: ${messageOf(error)}`)
      reject(error)
      giveUp()
    })
  })

  return {
    started,
    get pid() {
      return child?.pid
    },
    async stop() {
      isStopping = true
      pause.abort()
      const endedItself = !child || (await endWithin(child, stopTimeout, name))
      await kept
      return endedItself
    },
    kill() {
      isStopping = true
      if (child) killGroup(child)
    },
    async restart() {
      pause.abort()
      if (!child || hasEnded(child)) return
      isExpected = true
      await endWithin(child, stopTimeout, name)
    },
  }
}

/** Resolves to words for how a child ended, and ends what it left behind in its group. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, "exit")
    return signal ?? `exit code ${code}`
  } catch (error) {
    return messageOf(error)
  } finally {
    endGroup(child)
  }
}

async function readyBeforeEnd(
  child: ChildProcess,
  ended: Promise<string>,
  isReady: SupervisorOptions["isReady"],
): Promise<boolean> {
  const lost = new AbortController()
  const end = ended.then(() => false)
  try {
    return await Promise.race([isReady(child, lost.signal).then(() => true), end])
  } catch (error) {
    warn(messageOf(error))
    killGroup(child)
    return end
  } finally {
    lost.abort()
  }
}

/** Resolves to whether a child ended when it was asked to. */
async function endWithin(child: ChildProcess, stopTimeout: number, name: string): Promise<boolean> {
  if (hasEnded(child)) return true
  const ended = once(child, "exit")
  // Windows knows no polite signal; a closed channel tells the same.
  if (process.platform === "win32" && child.connected) child.disconnect()
  else child.kill("SIGTERM")
  let endedItself = true
  const timer = setTimeout(() => {
    endedItself = false
    warn(`The ${name} does not stop within ${stopTimeout / 1000} s: killing it.`)
    killGroup(child)
  }, stopTimeout)
  await ended
  clearTimeout(timer)
  return endedItself
}

function killGroup(child: ChildProcess): void {
  if (!hasEnded(child) && !endGroup(child)) child.kill("SIGKILL")
}

/** Kills a group; false where there is none, as on Windows. */
function endGroup({ pid }: ChildProcess): boolean {
  if (process.platform === "win32" || pid === undefined) return false
  try {
    return process.kill(-pid, "SIGKILL")
  } catch {
    return false
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}
