import { randomBytes } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import type { LiveWatch } from "@strudel-agent/contract/live"
import type { Database } from "@strudel-agent/database/client"
import { type ChangeFeed, listChanges, listMessageCounts } from "@strudel-agent/database/queries/live"
import { ApiError } from "../errors.ts"
import { createChangeLog, windowSeconds } from "./change-log.ts"
import { createReader, type LiveReader } from "./reader.ts"
import { createSharedPages, type SharedPages } from "./shared-pages.ts"

/** What a server says of its hub. */
export interface LiveLog {
  info(words: string): void
  warn(words: string): void
}

export interface LiveHubOptions {
  database: Database
  log?: LiveLog | undefined
}

/** The one place of a server that asks the database what came, for all its readers at once. */
export interface LiveHub {
  /** Looks at once: something was written here. Costs nothing where nobody reads. */
  wake(): void
  /** Takes in a reader; throws TOO_MANY_STREAMS. Who opens it has to close it. */
  open(watch: LiveWatch, address: string): LiveReader
  close(reader: LiveReader): void
  /** Pages of messages, each read once for all readers between two looks. */
  readonly pages: Pick<SharedPages, "read" | "readRun">
  /** Ends every reader and asks nothing any more. */
  stop(): void
  /** How many readers that are no pages follow a session. */
  listeners(sessionId: string): number
  /** How many readers there are. */
  readonly size: number
}

/** Milliseconds between two looks for what other servers wrote. */
const usualPause = 400
/** Milliseconds between two looks however much is written here. */
const leastPause = 25
const longestPause = 5000
/** Seconds that a usual look goes back. A transaction of more is found by the thorough one, every so many milliseconds. */
const usualSeconds = 5
const thoroughPause = 3000
/** Milliseconds without a look after which the log is of no use. */
const longestGap = 10 * 60_000
/** Milliseconds between two "read everything again" because a feed was cut. */
const refreshPause = 15_000

/** Makes the hub of a server. It asks the database nothing until somebody reads. */
export function createLiveHub({ database, log }: LiveHubOptions): LiveHub {
  const { db } = database
  const server = randomBytes(6).toString("hex")
  const readers = new Set<LiveReader>()
  const feed = createFeed(server)
  const pages = createSharedPages(db)
  let timer: NodeJS.Timeout | undefined
  let looking = false
  let again = false
  let stopped = false
  let lastLook = 0
  let failures = 0

  const schedule = (pause: number) => {
    clearTimeout(timer)
    timer = undefined
    if (stopped || readers.size === 0) return
    timer = setTimeout(() => void look(), Math.max(0, pause))
    timer.unref()
  }

  async function look(): Promise<void> {
    timer = undefined
    looking = true
    again = false
    const begin = performance.now()
    lastLook = begin
    try {
      await ask(begin)
      if (failures > 0) log?.info("live readers: the database is back")
      failures = 0
    } catch (error) {
      // Said once: it is asked again until it answers.
      if (failures === 0) log?.warn(`live readers: the database does not answer (${inWords(error)})`)
      failures++
    }
    looking = false
    const pause = failures > 0 ? Math.min(usualPause * 2 ** failures, longestPause) : again ? leastPause : usualPause
    schedule(pause - (performance.now() - begin))
  }

  async function ask(begin: number): Promise<void> {
    const ids = new Set([...readers].flatMap((reader) => [...reader.sessionIds()]))
    const followed = [...readers].some((reader) => reader.followsLibrary)
    const [counts, changes] = await Promise.all([
      ids.size > 0 ? listMessageCounts(db, [...ids]) : [],
      followed ? listChanges(db, { secondsAgo: feed.secondsAgo(begin) }) : undefined,
    ])
    const byId = new Map(counts.map((row) => [row.id, row]))
    const taken = changes && feed.take(changes, begin)
    pages.forget()
    for (const reader of readers) {
      // Who came while the database was asked is not in its answer.
      if ([...reader.sessionIds()].every((id) => ids.has(id))) reader.count(byId)
      if (taken && reader.followsLibrary) reader.hear(taken, feed.log)
    }
  }

  const wake = () => {
    const waitsForDatabase = failures > 0 && timer !== undefined
    if (readers.size === 0 || stopped || waitsForDatabase) return
    if (looking) again = true
    else schedule(lastLook + leastPause - performance.now())
  }

  return {
    wake,
    pages,
    get size() {
      return readers.size
    },
    listeners: (sessionId) =>
      [...readers].filter(({ isPage, sessionIds }) => !isPage && new Set(sessionIds()).has(sessionId)).length,
    open(watch, address) {
      const { total, perAddress } = limits.streams
      const same = [...readers].filter((reader) => reader.address === address).length
      if (stopped || readers.size >= total || same >= perAddress) throw tooManyStreams(same >= perAddress)
      const reader = createReader(watch, address, server)
      readers.add(reader)
      wake()
      return reader
    },
    close(reader) {
      readers.delete(reader)
      if (readers.size > 0) return
      schedule(0)
      pages.forget()
    },
    stop() {
      stopped = true
      clearTimeout(timer)
      for (const reader of readers) reader.end()
    },
  }
}

/** Says how many streams there may be, and which of the two limits was met. */
function tooManyStreams(fromOneAddress: boolean): ApiError {
  const { total, perAddress } = limits.streams
  const met = fromOneAddress
    ? "This address has as many live streams open as it may"
    : "The server has no more live streams"
  const allowed = `${perAddress} are allowed from one address, and ${total} in all`
  return new ApiError("TOO_MANY_STREAMS", `${met}: ${allowed}. Close some, or try again in a moment.`)
}

const inWords = (error: unknown): string => (error instanceof Error ? error.message : String(error)).trim().slice(-200)

/** How far back each look at the library goes, and what of it is told. Times are of `performance.now()`. */
function createFeed(server: string) {
  const log = createChangeLog(server)
  let lastFeed: number | undefined
  let lastThorough = Number.NEGATIVE_INFINITY
  let lastRefresh = Number.NEGATIVE_INFINITY
  /** Whether readers may have missed something. */
  let owing = false

  const isThorough = (begin: number) => lastFeed === undefined || begin - lastThorough >= thoroughPause

  return {
    log,
    secondsAgo(begin: number): number {
      if (lastFeed !== undefined && begin - lastFeed > longestGap) {
        log.reset()
        lastFeed = undefined
        owing = true
      }
      const gap = lastFeed === undefined ? 0 : (begin - lastFeed) / 1000
      return gap + (isThorough(begin) ? windowSeconds : usualSeconds)
    },
    take(feed: ChangeFeed, begin: number) {
      if (isThorough(begin)) lastThorough = begin
      lastFeed = begin
      const changes = log.add(feed)
      owing ||= feed.cut || changes === "everything"
      if (!owing || begin - lastRefresh < refreshPause) return changes === "everything" ? [] : changes
      owing = false
      lastRefresh = begin
      return "everything" as const
    },
  }
}
