import type { Client } from "@strudel-agent/client/client"
import { createHttpHandler } from "@strudel-agent/mcp/http-handler"
import { createBodies } from "@strudel-agent/server/src/bodies/bodies.ts"
import { registerGuards } from "@strudel-agent/server/src/guards.ts"
import { registerMcp } from "@strudel-agent/server/src/mcp-door.ts"
import Fastify from "fastify"
import { fixtures } from "./fixtures.ts"

/** Opens the door for agents with the suite's own things beside the tools; resolves to its address, and what closes it. */
export async function openConformanceDoor({ client, pageUrl }: { client: Client; pageUrl: string }) {
  const app = Fastify()
  registerGuards(app, { allowedHosts: [] })
  await registerMcp(app, {
    bodies: createBodies(),
    async load() {
      const { fetch, close } = createHttpHandler({
        ...{ clientFor: () => client, feed: client, pageUrlOf: () => pageUrl, version: "0.0.0", extension: fixtures },
        onError: (error) => process.stderr.write(`${String(error)}\n`),
      })
      return { answer: (request, { body }) => fetch(request, body === undefined ? {} : { parsedBody: body }), close }
    },
  })
  return { url: await app.listen({ host: "127.0.0.1", port: 0 }), close: () => app.close() }
}
