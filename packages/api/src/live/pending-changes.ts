import type { LiveChange, LiveEvent } from "@strudel-agent/contract/live"
import type { LibraryPosition } from "@strudel-agent/contract/live-position"
import { type ChangeFeed, removalSeconds } from "@strudel-agent/database/queries/live"
import { type ChangeLog, windowSeconds } from "./change-log.ts"

export type LibraryEvent = Extract<LiveEvent, { type: "changes" | "refresh" }>

/** Changes that wait for a slow reader; beyond, it is told to read everything again. */
const mostPending = 500
/**
 * What waits to be told to one reader of the library, and how far it was told: from the position that it gave on, else
 * from so many milliseconds before it began. `server` names the server in positions.
 */
export function createPendingChanges(
  { given, lookBack }: { given: LibraryPosition | undefined; lookBack: number },
  server: string,
) {
  const pending = new Map<string, LiveChange>()
  let everything = false
  let missing: Date | undefined
  /** Whether the reader has yet to be told where its feed begins. */
  let unannounced = false
  let heard: LibraryPosition | undefined
  let sent = given
  const opened = performance.now()

  const waiting = () => pending.size > 0 || everything || unannounced || missing !== undefined

  const put = (changes: LiveChange[]) => {
    if (everything) return
    for (const change of changes) pending.set(JSON.stringify([change.kind, change.projectId, change.id]), change)
    if (pending.size > mostPending) {
      pending.clear()
      everything = true
    }
  }

  const begin = (log: ChangeLog, moment: number) => {
    if (!given) {
      unannounced = true
      // The feed begins when the database answers: what came since the reader did counts too.
      const back = lookBack + performance.now() - opened
      if (back > windowSeconds * 1000) everything = true
      else put(log.latest(back))
      return
    }
    const age = moment - given.moment
    // A position from the future is of another database.
    if (age > (removalSeconds - windowSeconds) * 1000 || age < -windowSeconds * 1000) {
      everything = true
      return
    }
    const since = log.since(given)
    if (since) put(since)
    else missing = new Date(given.moment - windowSeconds * 1000)
  }

  return {
    waiting,
    hear(changes: LiveChange[] | "everything", log: ChangeLog) {
      const { moment } = log
      if (moment === undefined) return
      if (!heard) begin(log, moment)
      else if (changes === "everything") everything = true
      else put(changes)
      if (everything) pending.clear()
      heard = { moment, server }
    },
    missing: () => missing,
    catchUp({ changes, cut }: ChangeFeed) {
      missing = undefined
      if (cut) everything = true
      else put(changes.map(({ kind, projectId, id, removed }) => ({ kind, projectId, id, removed })))
    },
    take(): LibraryEvent | undefined {
      if (!waiting() || missing) return undefined
      const event: LibraryEvent = everything ? { type: "refresh" } : { type: "changes", changes: [...pending.values()] }
      pending.clear()
      everything = false
      unannounced = false
      sent = heard
      return event
    },
    position(): LibraryPosition | undefined {
      if (!waiting()) sent = heard ?? sent
      return sent
    },
  }
}
