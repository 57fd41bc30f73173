"use client"

import { type QueryClient, useQueryClient } from "@tanstack/react-query"
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react"
import { api } from "#shared/api/trpc.ts"
import type { LiveState, PageSigns } from "./keep-open.ts"
import { createHints, placeOf } from "./live-hints.ts"
import {
  createLiveStore,
  type LibraryEvent,
  type LiveMessage,
  type LiveStore,
  type OpenStream,
  type RunNews,
} from "./live-store.ts"

const pageSigns: PageSigns = {
  isHidden: () => document.visibilityState === "hidden",
  isOnline: () => navigator.onLine,
  age: () => performance.now(),
  listen(changed) {
    document.addEventListener("visibilitychange", changed)
    addEventListener("online", changed)
    addEventListener("offline", changed)
    return () => {
      document.removeEventListener("visibilitychange", changed)
      removeEventListener("online", changed)
      removeEventListener("offline", changed)
    }
  },
}

type Client = ReturnType<typeof api.useUtils>["client"]

const streamsOf =
  (client: Client): OpenStream =>
  (watch, { started, heard, lost }) => {
    const subscription = client.live.watch.subscribe(watch, {
      onStarted: started,
      onData: ({ id, data }) => heard(id, data),
      onError: lost,
      onComplete: lost,
      onConnectionStateChange: ({ state, error }) => {
        if (state === "connecting" && error) lost()
      },
    })
    return () => subscription.unsubscribe()
  }

const stores = new WeakMap<QueryClient, LiveStore>()

/** The one store of the page: all that have its cache share it. */
function useLiveStore(): LiveStore {
  const queryClient = useQueryClient()
  const { client } = api.useUtils()
  const store = stores.get(queryClient) ?? createLiveStore(streamsOf(client), pageSigns)
  stores.set(queryClient, store)
  return store
}

/** Keeps lists and items that are shown in step with what anybody changes, reading them at most once a second. */
export function useLiveLibrary(): void {
  const store = useLiveStore()
  const queryClient = useQueryClient()
  const utils = api.useUtils()
  useEffect(() => {
    const hints = createHints({
      readAgain: (isStale) => utils.invalidate(undefined, { predicate: ({ queryKey }) => isStale(placeOf(queryKey)) }),
      isWriting: () => queryClient.isMutating() > 0,
    })
    const leave = store.watchLibrary(hints.hear)
    return () => {
      leave()
      hints.stop()
    }
  }, [store, queryClient, utils])
}

/** Calls with what anybody changes in the library; the function may be another one with every drawing. */
export function useLiveChanges(heard: (event: LibraryEvent) => void): void {
  const store = useLiveStore()
  const hear = useEffectEvent(heard)
  useEffect(() => store.watchLibrary((event) => hear(event)), [store])
}

export interface SessionNews {
  /** Messages in order, each once. */
  onMessages(messages: LiveMessage[]): void
  /** What became of its last run. */
  onRun?: (news: RunNews) => void
  /** The session is not there, or no longer. */
  onGone?: () => void
}

/**
 * Follows a session behind the message `lastIndex` as it was at first, -1 for all of it; undefined follows nothing yet.
 * The functions may be others with every drawing.
 */
export function useLiveMessages(sessionId: string, lastIndex: number | undefined, news: SessionNews): void {
  const store = useLiveStore()
  const given = useRef({ news, lastIndex })
  const place = useRef<{ sessionId: string; after: number }>(undefined)
  useEffect(() => {
    given.current = { news, lastIndex }
  })
  const known = lastIndex !== undefined
  useEffect(() => {
    if (!known) return
    // Whoever is mounted again goes on where it was.
    const from =
      place.current?.sessionId === sessionId ? place.current : { sessionId, after: given.current.lastIndex ?? -1 }
    place.current = from
    return store.watchSession(sessionId, from.after, {
      onMessages(messages) {
        from.after = messages.at(-1)?.messageIndex ?? from.after
        given.current.news.onMessages(messages)
      },
      onRun: (news) => given.current.news.onRun?.(news),
      onGone: () => given.current.news.onGone?.(),
    })
  }, [store, sessionId, known])
}

/** Whether the page hears of what others do. */
export function useLiveState(): LiveState {
  const store = useLiveStore()
  return useSyncExternalStore(store.subscribe, store.state, () => "connecting")
}
