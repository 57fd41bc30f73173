import { readFile } from "node:fs/promises"
import type { McpServer } from "@modelcontextprotocol/server"
import { serveStdio } from "@modelcontextprotocol/server/stdio"
import { createClient } from "@strudel-agent/client/client"
import { createServer } from "@strudel-agent/mcp/create-server"
import { watchResources } from "@strudel-agent/mcp/watch-resources"
import manifest from "../package.json" with { type: "json" }
import type { Env } from "./env.ts"

/** Tells a connection of what changed: all of it, of which clients of revision 2026-07-28 have said what they want, or what older ones subscribed to. */
function subscriptionsOf(server: McpServer, era: "legacy" | "modern") {
  const wanted = new Set<string>()
  if (era === "legacy") {
    server.server.setRequestHandler("resources/subscribe", ({ params }) => {
      wanted.add(params.uri)
      return {}
    })
    server.server.setRequestHandler("resources/unsubscribe", ({ params }) => {
      wanted.delete(params.uri)
      return {}
    })
  }
  return {
    server,
    wants: (uri: string) => era === "modern" || wanted.has(uri),
  }
}

/** Serves one client over standard input and output until it goes; answers what ends it earlier. */
export function serve({ url, token, tools }: Env, tell: (words: string) => void): () => Promise<void> {
  const client = createClient({ url, token })
  const onError = (error: unknown) => tell(error instanceof Error ? (error.stack ?? error.message) : String(error))
  let connection: ReturnType<typeof subscriptionsOf> | undefined
  const handle = serveStdio(
    ({ era }) => {
      const server = createServer({
        context: { client, pageUrl: url },
        tools,
        version: manifest.version,
        subscribe: true,
        // The build puts the page beside the program.
        loadView: () => readFile(new URL("chat-view.html", import.meta.url), "utf8"),
        onError,
      })
      connection = subscriptionsOf(server, era)
      return server
    },
    { onerror: onError },
  )
  const stopWatching = watchResources(client, {
    onChange(uri) {
      if (connection?.wants(uri)) connection.server.server.sendResourceUpdated({ uri }).catch(() => undefined)
    },
    onList: () => connection?.server.server.sendResourceListChanged().catch(() => undefined),
  })
  return async () => {
    stopWatching()
    await handle.close()
  }
}
