"use client"

import type { DehydratedState } from "@tanstack/query-core"
import { type ComponentType, lazy, Suspense } from "react"
import { firstPaint } from "./first-paint.ts"

/** What the server read for an island, so that the browser need not ask again. */
export interface IslandState {
  state?: DehydratedState
}

const pauses = [500, 1000, 2000, 4000, 8000, 16_000] as const

/** Loads scripts, again and again for half a minute where the connection or the server is away for a moment. */
async function persistently<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return load()
}

/**
 * Makes a part of a page that the server draws with its data and that comes to life after the first paint: its code,
 * the client of the procedures and the cache of their answers are none of the page's first scripts. What the server
 * drew stays as it is until then, since nothing around it catches the waiting.
 */
export function island<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P & IslandState> {
  const Later = lazy<ComponentType<P & IslandState>>(async () => {
    await firstPaint()
    const [{ ApiProvider }, Part] = await persistently(() => Promise.all([import("./provider.tsx"), load()]))
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
