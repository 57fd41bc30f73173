import { randomUUID } from "node:crypto"
import { hostname } from "node:os"
import { createClient } from "@strudel-agent/client/client"
import type { ClientOptions } from "@strudel-agent/client/links"
import { waitForServer } from "@strudel-agent/client/wait-for-server"
import type { RunClaimed } from "@strudel-agent/contract/run"
import { chosenModel } from "@strudel-agent/model-provider/chosen-model"
import { readSavedSettings, SettingsBroken } from "@strudel-agent/model-provider/settings-file"
import type { AnswerOptions, Log } from "./run/answer-run.ts"
import { watchSessions } from "./watch-sessions.ts"

export interface WorkerOptions {
  url: string
  token?: string | undefined
  dataDir: string
  environment: AnswerOptions["environment"]
  log: Log
  limits?: AnswerOptions["limits"]
  /** Runs that are worked on at once. */
  atOnce?: number
}

export interface Worker {
  name: string
  /** Takes no more runs, gives the open ones a moment to end, and lets go of those that do not. */
  stop(): Promise<void>
}

const usualAtOnce = 4
/** Milliseconds: between two questions for work, without an answer of the server, for a server that is away, for runs to end. */
const milliseconds = { asking: 2000, timeout: 20_000, serverAway: 8000, ending: 1000 }

const never = { isDue: () => false, pause: () => 0 }

/** Takes runs that wait and works on them, until it is stopped. Any number of workers share what there is. */
export function startWorker({
  url,
  token,
  dataDir,
  environment,
  log,
  limits,
  atOnce = usualAtOnce,
}: WorkerOptions): Worker {
  const name = `${hostname().slice(0, 40)}-${process.pid}-${randomUUID().slice(0, 8)}`
  const retries = waitForServer({ milliseconds: milliseconds.serverAway })
  const connection: ClientOptions = { url, token, timeout: milliseconds.timeout, retries }
  const client = createClient(connection)
  // What a claim answered may be lost: asked again it would take another run.
  const claims = createClient({ ...connection, retries: never })
  let isStopping = false
  let claiming = new AbortController()
  const leaving = new AbortController()
  const open = new Set<Promise<void>>()
  let asking: Promise<void> | undefined
  let isHinted = false

  async function begin(claimed: NonNullable<RunClaimed>): Promise<void> {
    // What asks models is loaded with the first run.
    const { answerRun } = await import("./run/answer-run.ts")
    await answerRun(claimed, {
      client,
      connection,
      worker: name,
      environment,
      dataDir,
      log,
      limits,
      stops: leaving.signal,
    })
  }

  /** Whether there is a model to ask: until then questions wait. Settings that are broken are told by the run that meets them. */
  async function hasModel(): Promise<boolean> {
    try {
      return "model" in chosenModel({ environment, saved: await readSavedSettings(dataDir) })
    } catch (error) {
      if (error instanceof SettingsBroken) return true
      throw error
    }
  }

  async function claim(): Promise<void> {
    while (open.size < atOnce && !isStopping) {
      const canAnswer = await hasModel()
      // A signal of its own, for a call leaves its listeners on the one that it is given.
      claiming = new AbortController()
      const claimed = await claims.run.claim.mutate({ worker: name, canAnswer }, { signal: claiming.signal })
      if (!claimed) return
      const work = begin(claimed)
        .catch((error: unknown) => log.error({ problem: String(error) }, "a run could not be begun"))
        .finally(() => {
          open.delete(work)
          ask()
        })
      open.add(work)
    }
  }

  /** Asks for work now, and once more where something was heard meanwhile. */
  function ask(): void {
    isHinted = true
    if (asking || isStopping) return
    isHinted = false
    asking = claim()
      // A server that is away is asked again in a moment.
      .catch(() => {})
      .finally(() => {
        asking = undefined
        if (isHinted) ask()
      })
  }

  const timer = setInterval(ask, milliseconds.asking)
  const unwatch = watchSessions(client, ask)
  ask()
  return {
    name,
    async stop() {
      isStopping = true
      claiming.abort()
      clearInterval(timer)
      unwatch()
      await asking
      const late = setTimeout(() => leaving.abort(), milliseconds.ending)
      await Promise.all(open)
      clearTimeout(late)
    },
  }
}
