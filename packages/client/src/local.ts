import type { AppRouter } from "@strudel-agent/api/root"
import { createTRPCClient, unstable_localLink } from "@trpc/client"
import type { inferRouterContext } from "@trpc/server"
import { type Client, clientOf } from "./client.ts"

/** Makes a client that calls a router in this very process, with the same checks and failures as one over the network. */
export const createLocalClient = (router: AppRouter, contextOf: () => inferRouterContext<AppRouter>): Client =>
  clientOf(
    createTRPCClient<AppRouter>({ links: [unstable_localLink({ router, createContext: async () => contextOf() })] }),
  )
