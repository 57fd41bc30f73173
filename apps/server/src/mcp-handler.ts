import type { Context } from "@strudel-agent/api/context"
import { appRouter } from "@strudel-agent/api/root"
import type { Client } from "@strudel-agent/client/client"
import { createLocalClient } from "@strudel-agent/client/local"
import { createHttpHandler } from "@strudel-agent/mcp/http-handler"
import type { FastifyRequest } from "fastify"

export interface McpHandlerOptions {
  version: string
  /** Reads the page in which chats show clips and songs. */
  loadView: (() => Promise<string>) | undefined
  contextOf(request: FastifyRequest): Context
  /** The context of what follows the live feed for all who subscribed. */
  feed: Context
  onError: (error: unknown) => void
}

export interface McpHandler {
  /** Answers a request; the door has read its body already. */
  answer(request: Request, asked: FastifyRequest): Promise<Response>
  close(): Promise<void>
}

/** What answers agents: the tools over the router in this process, without a way around its checks. */
export function createMcpDoorHandler({ version, loadView, contextOf, feed, onError }: McpHandlerOptions): McpHandler {
  const clients = new WeakMap<Request, Client>()
  const clientOf = (context: Context) => createLocalClient(appRouter, () => context)
  const handler = createHttpHandler({
    feed: clientOf(feed),
    clientFor(request) {
      const client = clients.get(request)
      if (!client) throw new Error("The request came by another door")
      return client
    },
    pageUrlOf: ({ url }) => new URL(url).origin,
    version,
    loadView,
    onError,
  })
  return {
    answer(request, asked) {
      const { body } = asked
      clients.set(request, clientOf(contextOf(asked)))
      return handler.fetch(request, body === undefined ? {} : { parsedBody: body })
    },
    close: handler.close,
  }
}
