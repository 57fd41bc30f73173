import type { AppRouter } from "@strudel-agent/api/root"
import { createTRPCClient, type TRPCClient } from "@trpc/client"
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server"
import { type ClientOptions, createLinks } from "./links.ts"

export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>
export type Client = TRPCClient<AppRouter>

/**
 * Makes a client of a Strudel Agent server whose types come from its router. Failures are `TRPCClientError`s;
 * `reasonOf` tells their reason.
 */
export const createClient = (options: ClientOptions): Client =>
  createTRPCClient<AppRouter>({ links: createLinks(options) })
