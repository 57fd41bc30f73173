"use client"

import { createLinks } from "@strudel-agent/client/links"
import { QueryClientProvider } from "@tanstack/react-query"
import { type ReactNode, useState } from "react"
import { createQueryClient } from "./query-client.ts"
import { api } from "./trpc.ts"

/** Gives the page its client and cache; calls go to the page's own origin. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient)
  const [client] = useState(() => api.createClient({ links: createLinks({ url: "" }) }))
  return (
    <api.Provider client={client} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </api.Provider>
  )
}
