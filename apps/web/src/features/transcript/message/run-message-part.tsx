"use client"

import { type ComponentProps, lazy, Suspense, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import type { RunMessage } from "./run-answer.tsx"

let loaded: typeof RunMessage | undefined

/** Loads what draws the answers of runs, so that the next one of them stands there at once. */
export async function loadRunMessage(): Promise<typeof RunMessage> {
  loaded ??= (await loadWithRetry(() => import("./run-answer.tsx"))).RunMessage
  return loaded
}

const Later = lazy(async () => ({ default: await loadRunMessage() }))

/** The answer of a run; until its scripts are there, the message as any other. */
export function RunMessagePart(props: ComponentProps<typeof RunMessage>) {
  const [Part] = useState(() => loaded ?? Later)
  return (
    <Suspense fallback={props.written}>
      <Part {...props} />
    </Suspense>
  )
}
