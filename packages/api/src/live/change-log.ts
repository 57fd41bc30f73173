import type { LiveChange } from "@strudel-agent/contract/live"
import type { LibraryPosition } from "@strudel-agent/contract/live-position"
import type { ChangeFeed, ChangeRow } from "@strudel-agent/database/queries/live"

/**
 * Seconds that every thorough reading looks back: a transaction may last 30, and the clocks of servers that write
 * `updated_at` may differ by as many.
 */
export const windowSeconds = 60

/** Milliseconds for which a change stays in the log after it was seen, so that who was away briefly can go on from it. */
const keepMilliseconds = 5 * 60_000
/** Changes kept at most; beyond, everybody is told to read everything again. */
const mostEntries = 20_000
/** Milliseconds by which two servers that read at one moment may disagree about what was there. */
const otherServerMilliseconds = 1000

interface Entry {
  row: ChangeRow
  /** The moment of the feed that it came with. */
  seenAt: number
}

const keyOf = ({ kind, projectId, id, removed }: ChangeRow) => JSON.stringify([kind, projectId, id, removed])

const toChange = ({ kind, projectId, id, removed }: ChangeRow): LiveChange => ({ kind, projectId, id, removed })

export interface ChangeLog {
  /** The moment of the last feed, in whole milliseconds; undefined before the first. */
  readonly moment: number | undefined
  /** Takes a feed in; answers what was not known of it, "everything" where it cannot be told. */
  add(feed: ChangeFeed): LiveChange[] | "everything"
  /** What was seen after a position; undefined where the log does not reach back that far. */
  since(position: LibraryPosition): LiveChange[] | undefined
  /** What was written in so many milliseconds before the last feed. */
  latest(milliseconds: number): LiveChange[]
  /** Forgets everything: the next feed is the first. */
  reset(): void
}

/** Makes the memory of one server's feed: what it has told, so that nothing is told twice however often it is read. */
export function createChangeLog(server: string): ChangeLog {
  const entries = new Map<string, Entry>()
  let moment: number | undefined
  /** From when on the log has all that was seen. */
  let coveredFrom = 0

  const prune = (end: number) => {
    const oldest = end - keepMilliseconds
    for (const [key, { row, seenAt }] of entries) {
      // A row from a clock that is ahead stays in the window for longer than it was seen.
      if (seenAt < oldest && row.at < oldest) entries.delete(key)
    }
    coveredFrom = Math.max(coveredFrom, oldest)
  }

  const reset = () => {
    entries.clear()
    moment = undefined
  }

  return {
    get moment() {
      return moment
    },
    add(feed) {
      const seenAt = Math.floor(feed.moment)
      const unknown = feed.changes.filter((row) => entries.get(keyOf(row))?.row.stamp !== row.stamp)
      for (const row of unknown) entries.set(keyOf(row), { row, seenAt })
      const isFirst = moment === undefined
      if (isFirst) coveredFrom = seenAt
      moment = seenAt
      prune(seenAt)
      if (entries.size > mostEntries) {
        entries.clear()
        coveredFrom = seenAt
        return "everything"
      }
      return isFirst ? [] : unknown.map(toChange)
    },
    since(position) {
      if (moment === undefined || position.moment > moment) return undefined
      const start = position.server === server ? position.moment : position.moment - otherServerMilliseconds
      if (start < coveredFrom) return undefined
      return [...entries.values()].flatMap(({ row, seenAt }) => (seenAt > start ? [toChange(row)] : []))
    },
    latest(milliseconds) {
      if (moment === undefined) return []
      const start = moment - milliseconds
      return [...entries.values()].flatMap(({ row }) => (row.at > start ? [toChange(row)] : []))
    },
    reset,
  }
}
