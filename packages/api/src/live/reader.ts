import type { LiveChange, LiveWatch } from "@strudel-agent/contract/live"
import { formatPosition, parsePosition } from "@strudel-agent/contract/live-position"
import type { ChangeFeed, SessionMessageCount } from "@strudel-agent/database/queries/live"
import type { ChangeLog } from "./change-log.ts"
import { createPendingChanges, type LibraryEvent } from "./pending-changes.ts"
import type { StreamRun } from "./shared-pages.ts"

interface FollowedSession {
  sessionId: string
  /** The last message that was handed out. */
  after: number
  /** The most messages that the session was seen to have. */
  count: number
  /** Whether there may be more to hand out. */
  due: boolean
  /** The last run that was seen, and how far it was told. */
  run: { seen: SeenRun | undefined; sent: (SeenRun & { from: number }) | undefined }
}

/** A run, and how often it had changed. */
interface SeenRun {
  number: number
  revision: number
}

/** What there is to tell of a session's last run. */
export interface RunPlace extends SeenRun {
  sessionId: string
  /** The first event that the reader does not have. */
  from: number
}

/** One open stream: what it follows, how far it has come and what waits for it. Nothing in it grows. */
export interface LiveReader {
  readonly address: string
  /** Whether it was told to end. */
  readonly ended: boolean
  readonly followsLibrary: boolean
  /** Whether it is told what agents write while they do. */
  readonly followsRuns: boolean
  /** Whether it is a page, and no listener. */
  readonly isPage: boolean
  /** Ids of the sessions that it follows. */
  sessionIds(): Iterable<string>
  /** Takes in how many messages sessions have; a session of the reader's that is left out is looked at again. */
  count(counts: Map<string, SessionMessageCount>): void
  /** Takes in what a feed told, as of the log's moment. */
  hear(changes: LiveChange[] | "everything", log: ChangeLog): void
  end(): void

  /**
   * Takes the session whose messages are to be read next, after which, and how many it was seen to have; `putBack` where
   * that failed.
   */
  takeSession(): { sessionId: string; after: number; count: number } | undefined
  putBack(sessionId: string): void
  /** Takes a session of whose last run there is something to tell, and from which event on. */
  takeRun(): RunPlace | undefined
  /** Takes in what was read of a session's run; undefined where it is gone. */
  readRun(sessionId: string, page: (Pick<StreamRun, "run" | "events" | "isWhole"> & { from: number }) | undefined): void
  /** Takes in a page that was read; answers what is to be told of it. */
  read(
    sessionId: string,
    page: { messageCount: number; indexes: number[] } | undefined,
  ): "messages" | "gone" | "nothing"
  /** From when on changes have to be read from the database, because the log does not reach back so far. */
  readonly missing: Date | undefined
  catchUp(feed: ChangeFeed): void
  /** What waits to be told of the library. */
  takeChanges(): LibraryEvent | undefined
  /** The id of an event that is told at this moment. */
  position(): string
  /** Resolves when there may be something to tell, after so many milliseconds, or when the signal says so. */
  wait(signal: AbortSignal, milliseconds?: number): Promise<void>
}

/** Makes a reader of what a stream asked for; `server` names the server in positions. */
export function createReader(
  { sessions, library, runs, page, lookBack, lastEventId }: LiveWatch,
  address: string,
  server: string,
): LiveReader {
  const given = lastEventId === undefined ? undefined : parsePosition(lastEventId)
  const gone = new Set(sessions.flatMap(({ sessionId: id }) => (given?.sessions.get(id) === "gone" ? [id] : [])))
  const followed = new Map<string, FollowedSession>()
  for (const { sessionId, after } of sessions) {
    const from = given?.sessions.get(sessionId) ?? after
    if (from !== "gone")
      followed.set(sessionId, {
        ...{ sessionId, after: from, count: 0, due: true },
        run: { sent: undefined, seen: undefined },
      })
  }
  const changes = createPendingChanges({ given: library ? given?.library : undefined, lookBack }, server)
  let ended = false
  let wake = () => {}
  const hasRun = ({ run: { sent, seen } }: FollowedSession) =>
    runs && seen !== undefined && (seen.number !== sent?.number || seen.revision > sent.revision)
  const hasWork = () =>
    ended || changes.waiting() || [...followed.values()].some((session) => session.due || hasRun(session))

  return {
    address,
    followsLibrary: library,
    followsRuns: runs,
    isPage: page,
    get ended() {
      return ended
    },
    sessionIds: () => followed.keys(),
    count(counts) {
      for (const session of followed.values()) {
        const count = counts.get(session.sessionId)?.messageCount
        if (count === undefined || count < session.count || count - 1 > session.after) session.due = true
        const { runNumber, runRevision } = counts.get(session.sessionId) ?? {}
        if (runNumber != null && runRevision != null) session.run.seen = { number: runNumber, revision: runRevision }
      }
      if (hasWork()) wake()
    },
    hear(sent, log) {
      changes.hear(sent, log)
      if (hasWork()) wake()
    },
    end() {
      ended = true
      wake()
    },
    takeSession() {
      const next = [...followed.values()].find(({ due }) => due)
      // What comes while it is read makes it due again.
      if (next) next.due = false
      return next
    },
    putBack(sessionId) {
      const session = followed.get(sessionId)
      if (session) session.due = true
    },
    takeRun() {
      const session = [...followed.values()].find(hasRun)
      if (!session?.run.seen) return undefined
      const { sent, seen } = session.run
      return { sessionId: session.sessionId, ...seen, from: sent?.number === seen.number ? sent.from : 0 }
    },
    readRun(sessionId, page) {
      const session = followed.get(sessionId)
      if (!session) return
      if (!page) {
        session.run.seen = undefined
        return
      }
      const { number, revision } = page.run
      // What did not fit comes with the next event.
      session.run.sent = {
        number,
        revision: page.isWhole ? revision : revision - 1,
        from: page.from + page.events.length,
      }
      // The others come first when there is more.
      followed.delete(sessionId)
      followed.set(sessionId, session)
    },
    read(sessionId, page) {
      const session = followed.get(sessionId)
      if (!session) return "nothing"
      // A count that fell belongs to another session of the same id.
      if (!page || page.messageCount < session.count) {
        followed.delete(sessionId)
        gone.add(sessionId)
        return "gone"
      }
      session.count = page.messageCount
      session.after = page.indexes.at(-1) ?? session.after
      session.due ||= session.after < page.messageCount - 1
      // The others come first when there is more.
      followed.delete(sessionId)
      followed.set(sessionId, session)
      return page.indexes.length > 0 ? "messages" : "nothing"
    },
    get missing() {
      return changes.missing()
    },
    catchUp: changes.catchUp,
    takeChanges: changes.take,
    position: () =>
      formatPosition({
        library: changes.position(),
        sessions: new Map<string, number | "gone">([
          ...[...followed.values()].map(({ sessionId, after }) => [sessionId, after] as const),
          ...[...gone].map((sessionId) => [sessionId, "gone"] as const),
        ]),
      }),
    wait: (signal, milliseconds) =>
      new Promise((resolve) => {
        if (signal.aborted || ended || (milliseconds === undefined && hasWork())) return resolve()
        const timer = milliseconds === undefined ? undefined : setTimeout(() => done(), milliseconds)
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener("abort", done)
          wake = () => {}
          resolve()
        }
        signal.addEventListener("abort", done)
        // Who waits for a time has work already and is woken only by its end.
        wake = milliseconds === undefined ? done : () => ended && done()
      }),
  }
}
