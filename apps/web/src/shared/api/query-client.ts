import { QueryClient } from "@tanstack/query-core"

/** Makes a cache of answers. The client's links repeat what may be repeated, so the cache itself never does. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 30_000, retry: false }, mutations: { retry: false } },
  })
