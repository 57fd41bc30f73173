import type { AppRouter } from "@strudel-agent/api/root"
import { createTRPCClient, httpLink } from "@trpc/client"
import { createTRPCQueryUtils } from "@trpc/react-query"
import { expect, test } from "vitest"
import { createAnswers } from "./answers.ts"
import { createQueryClient } from "./query-client.ts"

/** A client whose calls are answered with what was asked. */
function createEcho() {
  const asked: unknown[] = []
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: "http://127.0.0.1:9/trpc",
        fetch: async (address) => {
          const { pathname, searchParams } = new URL(String(address))
          asked.push([pathname, JSON.parse(searchParams.get("input") ?? "null")])
          return Response.json({ result: { data: { items: [], nextCursor: null } } })
        },
      }),
    ],
  })
  return { asked, client }
}

type Asked = (api: Pick<ReturnType<typeof createAnswers>, "clip" | "session" | "message" | "project">) => unknown[]

const reads: Asked = (api) => [
  api.clip.byId.fetch({ projectId: "house", id: "kick" }),
  api.session.list.fetchInfinite({ status: "idle" }),
  api.project.list.prefetch({ limit: 200 }),
  api.clip.list.prefetchInfinite({ projectId: "house" }),
  api.message.list.fetchInfinite({ sessionId: "s", limit: 40 }, { initialCursor: 120 }),
]

test("what a page read while it was made is asked for and kept as the hooks would have done", async () => {
  const own = createEcho()
  const cache = createQueryClient()
  await Promise.all(reads(createAnswers(own.client, cache)))

  const theirs = createEcho()
  const theirCache = createQueryClient()
  await Promise.all(reads(createTRPCQueryUtils({ client: theirs.client, queryClient: theirCache })))

  const contents = (queryClient: typeof cache) =>
    queryClient
      .getQueryCache()
      .getAll()
      .map(({ queryHash, state }) => [queryHash, state.data])
  expect(own.asked).toEqual(theirs.asked)
  expect(contents(cache)).toEqual(contents(theirCache))
  expect(own.asked).toHaveLength(5)
})
