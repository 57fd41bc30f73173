import type { AppRouter } from "@strudel-agent/api/root"
import type { inferRouterOutputs } from "@trpc/server"

/** A message as the server tells it. */
export type Message = inferRouterOutputs<AppRouter>["message"]["list"]["messages"][number]
