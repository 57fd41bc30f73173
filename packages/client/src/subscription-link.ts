import type { AppRouter } from "@strudel-agent/api/root"
import { httpSubscriptionLink, type TRPCLink } from "@trpc/client"
import { eventSourceFor } from "#event-source"
import type { HttpOptions } from "./links.ts"

/** The link of subscriptions: events come over a connection that opens again by itself and goes on where it was. */
export const createSubscriptionLink = (http: HttpOptions): TRPCLink<AppRouter> =>
  httpSubscriptionLink({ url: http.url, ...eventSourceFor(http) })
