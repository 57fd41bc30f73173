"use client"

import { createLinks } from "@strudel-agent/client/links"
import { type DehydratedState, HydrationBoundary, QueryClientProvider } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { outlivesPage } from "#shared/ui/leaving.ts"
import { createQueryClient } from "./query-client.ts"
import { api } from "./trpc.ts"

/** Bytes that all calls which outlive their page may carry; browsers refuse more than 64 KiB. */
const mostKept = 60_000
let kept = 0

/** A call that begins while the page is left outlives it, as long as there is room for it. */
const send: typeof fetch = (input, init) => {
  const bytes = typeof init?.body === "string" ? new TextEncoder().encode(init.body).length : 0
  if (!outlivesPage() || kept + bytes > mostKept) return fetch(input, init)
  kept += bytes
  return fetch(input, { ...init, keepalive: true }).finally(() => {
    kept -= bytes
  })
}

const create = () => ({
  client: api.createClient({ links: createLinks({ url: "", fetch: send }) }),
  queryClient: createQueryClient(),
})

let ofThisPage: ReturnType<typeof create> | undefined

/** One client and one cache for all that is on a page; on the server one for each drawing, which other readers never see. */
function shared() {
  if (typeof window === "undefined") return create()
  ofThisPage ??= create()
  return ofThisPage
}

/** Gives a part of the page its client and cache, with what the server read in it; calls go to the page's own origin. */
export function ApiProvider({ state, children }: { state: DehydratedState | undefined; children: ReactNode }) {
  const [{ client, queryClient }] = useState(shared)
  return (
    <api.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <HydrationBoundary state={state}>{children}</HydrationBoundary>
      </QueryClientProvider>
    </api.Provider>
  )
}
