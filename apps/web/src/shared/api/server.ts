import "server-only"
import type { AppRouter } from "@strudel-agent/api/root"
import type { Calls } from "@strudel-agent/client/client"
import { createTRPCClient, httpLink } from "@trpc/client"
import { cache } from "react"
import { readEnv } from "#env.ts"
import { createAnswers } from "./answers.ts"
import { createQueryClient } from "./query-client.ts"

/** Milliseconds after which a call of a page that nobody waits for any more is given up. */
const timeout = 10_000

/**
 * A client without retries: the page says at once what went wrong and offers to try again, instead of staying blank
 * while the call is repeated.
 */
function createPageClient(): Calls {
  const { STRUDEL_URL, STRUDEL_TOKEN } = readEnv()
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${STRUDEL_URL.replace(/\/+$/, "")}/trpc`,
        headers: STRUDEL_TOKEN ? { authorization: `Bearer ${STRUDEL_TOKEN}` } : {},
        fetch: (input, init) => fetch(input, { ...init, cache: "no-store", signal: AbortSignal.timeout(timeout) }),
      }),
    ],
  })
}

/** The answers that one page collects while it is made. */
export const getAnswers = cache(() => {
  const queryClient = createQueryClient()
  const client = createPageClient()
  return { api: createAnswers(client, queryClient), client, queryClient }
})

export type Answers = ReturnType<typeof getAnswers>
