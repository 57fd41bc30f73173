"use client"

import type { DehydratedState } from "@tanstack/query-core"
import { type ComponentType, lazy, Suspense } from "react"
import { firstPaint } from "./first-paint.ts"
import { loadWithRetry } from "./load-with-retry.ts"

/** What the server read for an island, so that the browser need not ask again. */
export interface IslandState {
  state?: DehydratedState
}

/**
 * Makes a part of a page that the server draws with its data and that comes to life after the first paint: its code,
 * the client of the procedures and the cache of their answers are none of the page's first scripts. What the server
 * drew stays as it is until then, since nothing around it catches the waiting.
 */
export function island<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P & IslandState> {
  const Later = lazy<ComponentType<P & IslandState>>(async () => {
    await firstPaint()
    const [{ ApiProvider }, Part] = await loadWithRetry(() => Promise.all([import("./provider.tsx"), load()]))
    return {
      default: (props) => (
        <ApiProvider state={props.state}>
          <Part {...props} />
        </ApiProvider>
      ),
    }
  })
  // A page of the server's refers to this by a lazy reference of its own, and React takes no lazy part inside of one.
  return (props) => <Later {...props} />
}

/** An island that appears when it is asked for, such as a dialog; until its code is there, nothing is to be seen. */
export function islandOnDemand<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = island(load)
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  )
}
