import { setTimeout as sleep } from "node:timers/promises"
import { type Client, createClient } from "@strudel-agent/client/client"
import type { Answer, Fetch } from "@strudel-agent/client/fetch"
import type { Retries } from "@strudel-agent/client/links"
import { awayStatuses, waitForServer } from "@strudel-agent/client/wait-for-server"
import type { Env } from "./env.ts"
import { type Failure, OtherServer, Unreachable } from "./failure.ts"
import { mendRedirect, redirectOf } from "./redirect.ts"

const knockMilliseconds = 10_000
/** Milliseconds between two knocks. */
const knockPause = 250

interface Knock {
  answer: Answer
  text: string
}

async function knock(fetch: Fetch, url: string): Promise<Knock | undefined> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(knockMilliseconds) })
    return { answer, text: await answer.text().catch(() => "") }
  } catch {
    return undefined
  }
}

/** Whether an answer is that of our server: how it and its database are, or that it does not go by this name. */
const isOurs = ({ answer, text }: Knock): boolean => answer.status === 403 || /^\{.*"database":/s.test(text)

export interface Connecting {
  /** Whether a call that writes is made again where its answer was lost. */
  writes: "again" | "once"
  fetch: Fetch
  /** Told when something begins to wait for the server. */
  onWait: () => void
  /** Whether waiting has lost its point. */
  isOver: () => boolean
}

/**
 * Messages have client ids, sessions ids, and a file that is imported again is unchanged: those calls may be made twice.
 * A change that expects a version would find its own change in its way.
 */
const withWritesOnce = (retries: Retries): Retries => ({
  ...retries,
  isDue: (call) => (call.op.type === "query" || call.op.path === "message.append") && retries.isDue(call),
})

/**
 * A client of a server that answers. It waits for a server that is away, as while it restarts, in every call and at the
 * start. Throws a failure where no server answers in time, or one of another kind.
 */
export async function connect(
  { url, token, waitMilliseconds: milliseconds }: Env,
  { writes, fetch, onWait, isOver }: Connecting,
): Promise<Client> {
  const begin = performance.now()
  for (let tries = 0; ; tries++) {
    const found = await knock(fetch, url)
    if (found && isOurs(found)) {
      const retries = waitForServer({ milliseconds, onWait, isOver })
      return createClient({ url, token, fetch, retries: writes === "once" ? withWritesOnce(retries) : retries })
    }
    const isAway = !found || awayStatuses.includes(found.answer.status)
    if (!isAway || performance.now() - begin >= milliseconds || isOver()) throw failureOf(url, found)
    if (tries === 0) onWait()
    await sleep(knockPause)
  }
}

function failureOf(url: string, found: Knock | undefined): Failure {
  if (!found) return new Unreachable(url)
  const { status } = found.answer
  const redirect = redirectOf(found.answer)
  if (redirect) {
    const words = `What answers at ${url} redirects to ${redirect.to} (HTTP ${status}), which is not followed`
    return new OtherServer(`${words}: ${mendRedirect(redirect)}.`)
  }
  return new OtherServer(`What answers at ${url} is no Strudel Agent server (HTTP ${status}). Check STRUDEL_URL.`)
}
