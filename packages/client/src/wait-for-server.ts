import type { Operation } from "@trpc/client"
import { type FailedCall, httpStatusOf, isTransient, type Retries, usualRetries } from "./links.ts"

export interface ServerWait {
  /** For how long each call is tried again, in milliseconds from its first failure. */
  milliseconds: number
  /** Told when a call begins to wait. */
  onWait?: (() => void) | undefined
  /** Whether waiting has lost its point. */
  isOver?: (() => boolean) | undefined
}

/** Milliseconds between two tries. */
const longestPause = 400

/** What an answer says that stands in for a server, or one without its database. */
export const awayStatuses: readonly number[] = [502, 503, 504]

/** Whether no server answered, or one that says that it cannot do so for the moment. */
function isAway({ error }: FailedCall): boolean {
  if (!isTransient(error)) return false
  const reason: unknown = error.data?.reason
  if (reason !== undefined) return reason === "DATABASE_AWAY"
  const status = httpStatusOf(error)
  return status === undefined || status < 300 || awayStatuses.includes(status)
}

/**
 * Waits for a server that is away, as while it restarts: every call is tried again, one that writes too, so that whoever
 * asks for this makes only calls that may be made twice. Other failures are tried again as usual.
 */
export function waitForServer({ milliseconds, onWait, isOver }: ServerWait): Retries {
  const since = new WeakMap<Operation, number>()
  return {
    isDue(call) {
      if (!isAway(call)) return usualRetries.isDue(call)
      const now = performance.now()
      const begin = since.get(call.op) ?? now
      if (!since.has(call.op)) onWait?.()
      since.set(call.op, begin)
      return now - begin < milliseconds && !call.op.signal?.aborted && !isOver?.()
    },
    pause: (attempts) => Math.min(50 * 2 ** attempts, longestPause),
  }
}
