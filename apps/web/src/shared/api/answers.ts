import type { AppRouter } from "@strudel-agent/api/root"
import type { QueryClient } from "@tanstack/query-core"
import { getUntypedClient, type TRPCClient } from "@trpc/client"
import type { createTRPCQueryUtils } from "@trpc/react-query"
import { createRecursiveProxy } from "@trpc/server/unstable-core-do-not-import"

type Utils = ReturnType<typeof createTRPCQueryUtils<AppRouter>>
type Read = "fetch" | "prefetch" | "fetchInfinite" | "prefetchInfinite"

/** Of each procedure what a page needs while it is made. */
type Reads<T> = T extends { fetch: unknown } ? Pick<T, Extract<Read, keyof T>> : { [K in keyof T]: Reads<T[K]> }

/** The key under which the hooks in the browser look for an answer. */
const keyOf = (path: string[], input: unknown, type: "query" | "infinite") => [
  path,
  { ...(input === undefined ? {} : { input }), type },
]

const isReadOf = (name: string | undefined): name is Read =>
  name === "fetch" || name === "prefetch" || name === "fetchInfinite" || name === "prefetchInfinite"

/**
 * The procedures as reads into a cache of answers, as createTRPCQueryUtils of @trpc/react-query makes them. That one
 * imports every hook, and what a server component imports of hooks becomes one of the page's first scripts.
 */
export function createAnswers(client: TRPCClient<AppRouter>, queryClient: QueryClient): Reads<Utils> {
  const untyped = getUntypedClient(client)
  return createRecursiveProxy<Reads<Utils>>(({ path, args: [input, options] }) => {
    const name = path.at(-1)
    const procedure = path.slice(0, -1)
    if (!isReadOf(name)) throw new Error(`a page cannot ${name} a procedure while it is made`)
    const call = (given: unknown) => untyped.query(procedure.join("."), given)
    if (name === "fetch" || name === "prefetch") {
      const query = { queryKey: keyOf(procedure, input, "query"), queryFn: () => call(input) }
      return name === "fetch" ? queryClient.fetchQuery(query) : queryClient.prefetchQuery(query)
    }
    const query = {
      queryKey: keyOf(procedure, input, "infinite"),
      initialPageParam: initialCursorOf(options),
      queryFn: ({ pageParam }: { pageParam: unknown }) =>
        call({ ...Object(input), ...(pageParam ? { cursor: pageParam } : {}), direction: "forward" }),
    }
    return name === "fetchInfinite" ? queryClient.fetchInfiniteQuery(query) : queryClient.prefetchInfiniteQuery(query)
  })
}

const initialCursorOf = (options: unknown): unknown =>
  (typeof options === "object" && options !== null && "initialCursor" in options ? options.initialCursor : null) ?? null
