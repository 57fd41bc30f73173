import type { AppRouter } from "@strudel-agent/api/root"
import { createTRPCReact } from "@trpc/react-query"

/** The router's procedures as hooks. */
export const api = createTRPCReact<AppRouter>()
