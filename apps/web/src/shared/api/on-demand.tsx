"use client"

import { type ComponentType, lazy, type ReactNode, Suspense } from "react"
import { loadWithRetry } from "./load-with-retry.ts"

/**
 * Makes a part of a page whose scripts are loaded when it is first drawn, with `waiting` in its place meanwhile. The
 * page around it goes on: what waits with nothing around it to catch the waiting holds back every change of the page.
 */
export function onDemand<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  const Part = lazy<ComponentType<P>>(async () => ({ default: await loadWithRetry(load) }))
  return (props) => (
    <Suspense fallback={waiting}>
      <Part {...props} />
    </Suspense>
  )
}
