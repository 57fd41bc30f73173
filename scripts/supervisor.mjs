import { once } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { watchHeartbeat } from "./heartbeat.mjs"
import { Refusal } from "./refusal.mjs"
import { complain } from "./say.mjs"

const minute = 60_000

/** How often and how fast a dead child is started again, and how long a living one may take to stop, in milliseconds. */
const defaults = { restarts: 5, window: minute, firstDelay: 250, longestDelay: 8_000, patience: 4_000 }

/**
 * Keeps a child running. `launch()` spawns it, as the leader of a process group; `isReady(child, signal)` resolves
 * when it does its work, and `ask(signal)`, if it is given, at an answer of it. Returns
 * `{ started, stop, kill, restart, pid }`: `started` rejects with a refusal if the child ends before it was ever ready;
 * after that a child that ends is started again, and one that does not answer any more is killed first. If that happens
 * too often within a minute, `giveUp()` is called instead. `stop()` resolves to whether the child ended by itself.
 */
export function supervise({ name, launch, isReady, ask, giveUp, limits }) {
  const { restarts, window, firstDelay, longestDelay, patience, heartbeat } = { ...defaults, ...limits }
  let child
  let deaths = []
  let isStopping = false
  let isExpected = false
  let pause = new AbortController()

  const rest = async () => {
    pause = new AbortController()
    const delay = Math.min(firstDelay * 2 ** (deaths.length - 1), longestDelay)
    await sleep(delay, undefined, { signal: pause.signal }).catch(() => {})
  }

  /** Kills the child, whose loop may be blocked, where it no longer answers. */
  const watch = (watched) => {
    if (!ask) return () => {}
    const onSilent = (seconds) => {
      complain(`The ${name} has not answered for ${seconds} s: killing it.`)
      killGroup(watched)
    }
    return watchHeartbeat(ask, onSilent, heartbeat)
  }

  const keep = async (onReady, onFailure) => {
    let hasStarted = false
    for (;;) {
      child = launch()
      const ended = endOf(child)
      let unwatch = () => {}
      if (await readyBeforeEnd(child, ended, isReady)) {
        if (hasStarted) complain(`The ${name} runs again.`)
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
      deaths = [...deaths.filter((time) => time > Date.now() - window), Date.now()]
      if (deaths.length > restarts) {
        complain(`The ${name} ended ${deaths.length} times within ${window / 1000} s (${how}): giving up.`)
        // What it does may wait for this to return.
        return void giveUp()
      }
      complain(`The ${name} ended unexpectedly (${how}): starting it again.`)
      await rest()
      if (isStopping) return
    }
  }

  let kept
  const started = new Promise((resolve, reject) => {
    kept = keep(resolve, reject).catch((error) => {
      complain(`The ${name} cannot be started: ${error.message}`)
      reject(error)
      giveUp()
    })
  })

  return {
    started,
    get pid() {
      return child.pid
    },
    async stop() {
      isStopping = true
      pause.abort()
      const endedItself = await endWithin(child, patience, name)
      await kept
      return endedItself
    },
    kill() {
      isStopping = true
      killGroup(child)
    },
    async restart() {
      pause.abort()
      if (hasEnded(child)) return
      isExpected = true
      await endWithin(child, patience, name)
    },
  }
}

/** Resolves to words for how a child ended, and ends what it left behind in its group. */
async function endOf(child) {
  try {
    const [code, signal] = await once(child, "exit")
    return signal ?? `exit code ${code}`
  } catch (error) {
    return error.message
  } finally {
    endGroup(child)
  }
}

async function readyBeforeEnd(child, ended, isReady) {
  const lost = new AbortController()
  const end = ended.then(() => false)
  try {
    return await Promise.race([isReady(child, lost.signal).then(() => true), end])
  } catch (error) {
    complain(error.message)
    killGroup(child)
    return end
  } finally {
    lost.abort()
  }
}

/** Resolves to whether a child ended when it was asked to. */
async function endWithin(child, patience, name) {
  if (hasEnded(child)) return true
  const ended = once(child, "exit")
  // Windows knows no polite signal; a closed channel tells the same.
  if (process.platform === "win32" && child.connected) child.disconnect()
  else child.kill("SIGTERM")
  let endedItself = true
  const timer = setTimeout(() => {
    endedItself = false
    complain(`The ${name} does not stop within ${patience / 1000} s: killing it.`)
    killGroup(child)
  }, patience)
  await ended
  clearTimeout(timer)
  return endedItself
}

function killGroup(child) {
  if (!hasEnded(child) && !endGroup(child)) child.kill("SIGKILL")
}

/** Kills a group; false where there is none, as on Windows. */
function endGroup({ pid }) {
  if (process.platform === "win32" || pid === undefined) return false
  try {
    return process.kill(-pid, "SIGKILL")
  } catch {
    return false
  }
}

function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null
}
