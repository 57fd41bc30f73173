import {
  createMcpHandler,
  InMemoryServerEventBus,
  type McpHttpHandler,
  type ServerEventBus,
} from "@modelcontextprotocol/server"
import type { Client } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { toolsOfRequest } from "./choice.ts"
import { createServer, type Extension } from "./create-server.ts"
import { watchResources } from "./watch-resources.ts"

export interface HttpHandlerSettings {
  /** The client that a request's calls go through. */
  clientFor(request: Request): Client
  /** The client that follows the live feed for all who subscribed. */
  feed: Client
  pageUrlOf(request: Request): string
  version: string
  /** Reads the page in which chats show clips and songs. */
  loadView?: (() => Promise<string>) | undefined
  extension?: Extension | undefined
  onError?: ((error: unknown) => void) | undefined
}

/** A bus that follows the library's live feed as long as somebody listens to it. */
function followingBus(feed: Client): ServerEventBus & { close(): void } {
  const bus = new InMemoryServerEventBus()
  let listeners = 0
  let stop: (() => void) | undefined
  const follow = () =>
    watchResources(feed, {
      onChange: (uri) => bus.publish({ kind: "resource_updated", uri }),
      onList: () => bus.publish({ kind: "resources_list_changed" }),
    })
  return {
    publish: (event) => bus.publish(event),
    subscribe(listener) {
      const unsubscribe = bus.subscribe(listener)
      listeners++
      stop ??= follow()
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        unsubscribe()
        if (--listeners > 0) return
        stop?.()
        stop = undefined
      }
    },
    close() {
      stop?.()
      stop = undefined
    },
  }
}

/** What answers requests of the Model Context Protocol over HTTP: each by itself, clients of 2025 revisions as well. */
export function createHttpHandler(settings: HttpHandlerSettings): Pick<McpHttpHandler, "fetch" | "close"> {
  const { clientFor, feed, pageUrlOf, version, loadView, extension, onError } = settings
  const bus = followingBus(feed)
  const handler = createMcpHandler(
    ({ era, requestInfo }) => {
      if (!requestInfo) throw new Error("A request over HTTP is known")
      const context = { client: clientFor(requestInfo), pageUrl: pageUrlOf(requestInfo) }
      const tools = toolsOfRequest(requestInfo)
      return createServer({ context, tools, version, subscribe: era === "modern", loadView, extension, onError })
    },
    { bus, maxSubscriptions: limits.streams.total, ...(onError ? { onerror: onError } : {}) },
  )
  return {
    fetch: handler.fetch,
    async close() {
      bus.close()
      await handler.close()
    },
  }
}
