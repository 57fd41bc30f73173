import { createClient } from "@strudel-agent/client/client"
import { createHttpHandler } from "@strudel-agent/mcp/http-handler"
import { createBodies } from "@strudel-agent/server/src/bodies/bodies.ts"
import { registerGuards } from "@strudel-agent/server/src/guards.ts"
import { registerMcp } from "@strudel-agent/server/src/mcp-door.ts"
import Fastify from "fastify"
import { addFixtures } from "./conformance-fixtures.ts"

/** The door for agents with the suite's own things beside the tools, over the library that runs at STRUDEL_URL. */
const [url = "http://127.0.0.1:3000"] = process.argv.slice(2)
const client = createClient({ url, token: process.env.STRUDEL_TOKEN })
const app = Fastify()
registerGuards(app, { allowedHosts: [] })
await registerMcp(app, {
  bodies: createBodies(),
  async load() {
    const { fetch, close } = createHttpHandler({
      ...{ clientFor: () => client, feed: client, pageUrlOf: () => url, version: "0.0.0", extend: addFixtures },
      onError: (error) => process.stderr.write(`${String(error)}\n`),
    })
    return { answer: (request, { body }) => fetch(request, body === undefined ? {} : { parsedBody: body }), close }
  },
})
const address = await app.listen({ host: "127.0.0.1", port: 0 })
process.stdout.write(`${address}\n`)
