import { EventSource } from "eventsource"
import type { HttpOptions } from "./links.ts"

/** Node.js has no EventSource: this one sends what the other calls send, through the same fetch. */
export const eventSourceFor = ({ headers, fetch = globalThis.fetch }: Pick<HttpOptions, "headers" | "fetch">) => ({
  EventSource,
  eventSourceOptions: {
    fetch: (url: string | URL, init: RequestInit) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
  },
})
