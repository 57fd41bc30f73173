import type { AppRouter } from "@strudel-agent/api/root"
import { createTRPCClient, type TRPCClient } from "@trpc/client"
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server"
import { type FollowOptions, follow } from "./follow.ts"
import { type ClientOptions, createLinks } from "./links.ts"
import type { Message } from "./message.ts"
import { type LibraryEvent, watchLibrary } from "./watch-library.ts"

export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>

/** The router's procedures by their names. */
export type Calls = TRPCClient<AppRouter>

/** A client: the procedures, and what takes several calls. */
export type Client = Calls & {
  /**
   * Follows a session: `for await (const message of client.follow(sessionId))` gives its messages, each once and in order,
   * and those that come, through lost connections and restarts. Throws what the server refuses, and SESSION_NOT_FOUND
   * where there is no such session, or no longer.
   */
  follow(sessionId: string, options?: FollowOptions): AsyncGenerator<Message, void, undefined>
  /**
   * Tells what changes in the library, through lost connections and refusals, until the answer is called: as hints to
   * read again what they name, so one change may be told more than once.
   */
  watchLibrary(onEvent: (event: LibraryEvent) => void): () => void
}

/** A client of calls with what takes several of them. */
export const clientOf = (calls: Calls): Client =>
  // The calls are a proxy, which answers whatever is asked of it: what is added stands before it.
  Object.assign(Object.create(calls), {
    follow: (sessionId: string, options?: FollowOptions) => follow(calls, sessionId, options),
    watchLibrary: (onEvent: (event: LibraryEvent) => void) => watchLibrary(calls, onEvent),
  })

/**
 * Makes a client of a Strudel Agent server whose types come from its router. Failures are `TRPCClientError`s;
 * `reasonOf` tells their reason.
 */
export const createClient = (options: ClientOptions): Client =>
  clientOf(createTRPCClient<AppRouter>({ links: createLinks(options) }))
