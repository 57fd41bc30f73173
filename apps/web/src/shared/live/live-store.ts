import type { LiveEvent, LiveWatch } from "@strudel-agent/contract/live"
import { libraryPart } from "@strudel-agent/contract/live-position"
import { type ConnectionListener, createConnection, type LiveState, type PageSigns } from "./keep-open.ts"

export type LiveMessage = Extract<LiveEvent, { type: "messages" }>["messages"][number]
export type LibraryEvent = Extract<LiveEvent, { type: "changes" | "refresh" }>
/** A session's last run as it is, and events of it that may be known already. */
export type RunNews = Omit<Extract<LiveEvent, { type: "run" }>, "type" | "sessionId">

export interface StreamListener {
  /** The server has taken the stream. */
  started(): void
  /** An event, and the position behind it. */
  heard(id: string, event: LiveEvent): void
  /** The stream is no more. */
  lost(): void
}

/** Opens a stream of live events; answers what closes it. */
export type OpenStream = (watch: LiveWatch, listener: StreamListener) => () => void

export interface SessionWatcher {
  /** Messages in order, each once. */
  onMessages(messages: LiveMessage[]): void
  /** What became of its last run; after a reconnect from the beginning of that again. */
  onRun?: ((news: RunNews) => void) | undefined
  /** The session is not there, or no longer. */
  onGone?: (() => void) | undefined
}

export interface LiveStore {
  /** Follows a session behind the message `after`, -1 for all of it, until what it returns is called. */
  watchSession(sessionId: string, after: number, watcher: SessionWatcher): () => void
  watchLibrary(listener: (event: LibraryEvent) => void): () => void
  state(): LiveState
  /** Calls when the state changed, until what it returns is called. */
  subscribe(listener: () => void): () => void
}

/** Milliseconds before its beginning of which a stream can tell; of more it says to read everything again. */
const mostLookBack = 60_000
/** Milliseconds in which changes of what is followed are gathered. */
const gathering = 30
interface Channel {
  /** The last message that came of the session. */
  last: number
  gone: boolean
  watchers: Map<SessionWatcher, { after: number }>
}

/**
 * Follows sessions and the library over one stream for the whole page. The stream is opened again where it stopped when
 * what is followed changes, when it is lost, and when a page that was hidden is seen again.
 */
export function createLiveStore(openStream: OpenStream, page: PageSigns): LiveStore {
  const channels = new Map<string, Channel>()
  const library = new Set<(event: LibraryEvent) => void>()
  const connection = createConnection({ open: openNow, isWanted, page })
  let libraryId: string | undefined
  /** What the open stream was asked for: channels by session, and where in them it began. */
  let asked: { sessions: Set<Channel>; library: boolean } | undefined

  const followed = () => [...channels].filter(([, { gone }]) => !gone)

  function isWanted(): boolean {
    return library.size > 0 || followed().length > 0
  }

  function openNow(listener: ConnectionListener): () => void {
    const sessions = followed()
    asked = { sessions: new Set(sessions.map(([, channel]) => channel)), library: library.size > 0 }
    const watch: LiveWatch = {
      sessions: sessions.map(([sessionId, { last }]) => ({ sessionId, after: last })),
      library: asked.library,
      runs: sessions.length > 0,
      page: true,
      lookBack: Math.min(Math.round(page.age()), mostLookBack),
      ...(asked.library && libraryId ? { lastEventId: libraryId } : {}),
    }
    let closed = false
    const close = openStream(watch, {
      started: () => closed || listener.started(),
      lost: () => closed || listener.lost(),
      heard(id, event) {
        if (closed) return
        listener.proved()
        if (asked?.library) libraryId = libraryPart(id) || libraryId
        if (event.type === "changes" || event.type === "refresh") {
          for (const listener of [...library]) listener(event)
        } else {
          const channel = channels.get(event.sessionId)
          // A channel that began anew further back waits for the next stream.
          if (channel && asked?.sessions.has(channel)) tell(channel, event)
        }
      },
    })
    return () => {
      closed = true
      asked = undefined
      close()
    }
  }

  function tell(channel: Channel, event: Exclude<LiveEvent, LibraryEvent>): void {
    if (event.type === "run") {
      for (const watcher of [...channel.watchers.keys()]) watcher.onRun?.(event)
      return
    }
    if (event.type === "gone") {
      channel.gone = true
      for (const watcher of [...channel.watchers.keys()]) watcher.onGone?.()
      return
    }
    channel.last = event.messages.at(-1)?.messageIndex ?? channel.last
    for (const [watcher, place] of [...channel.watchers]) {
      const unseen = event.messages.filter(({ messageIndex }) => messageIndex > place.after)
      place.after = Math.max(place.after, channel.last)
      if (unseen.length > 0) watcher.onMessages(unseen)
    }
  }

  /** Opens the stream again where it does not follow what it should. */
  function adapt(): void {
    const sessions = followed().map(([, channel]) => channel)
    const same =
      asked !== undefined &&
      asked.library === library.size > 0 &&
      asked.sessions.size === sessions.length &&
      sessions.every((channel) => asked?.sessions.has(channel))
    if (same) connection.keep()
    else connection.reopen(gathering)
  }

  return {
    watchSession(sessionId, after, watcher) {
      let channel = channels.get(sessionId)
      if (!channel || channel.gone || after < channel.last) {
        // Another channel object: the stream is asked again, from here on. Whoever is further passes over what it has.
        channel = { last: after, gone: false, watchers: new Map(channel?.watchers) }
        channels.set(sessionId, channel)
      }
      channel.watchers.set(watcher, { after })
      adapt()
      return () => {
        const current = channels.get(sessionId)
        current?.watchers.delete(watcher)
        if (current?.watchers.size === 0) channels.delete(sessionId)
        adapt()
      }
    },
    watchLibrary(listener) {
      library.add(listener)
      adapt()
      return () => {
        library.delete(listener)
        // Who comes later has read its lists later.
        if (library.size === 0) libraryId = undefined
        adapt()
      }
    },
    state: connection.state,
    subscribe: connection.subscribe,
  }
}
