import fc from "fast-check"
import { z } from "zod"
import { hostileValues } from "./hostile-values.ts"
import { type InputRequest, withBody } from "./input-request.ts"
import { type Known, valuesOf } from "./schema-values.ts"

const Tools = z.object({
  result: z.object({ tools: z.array(z.looseObject({ name: z.string(), inputSchema: z.unknown() })) }),
})

/** The tools that a server offers at its door for agents. */
export async function toolsAt(url: string): Promise<z.infer<typeof Tools>["result"]["tools"]> {
  const answer = await fetch(`${url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
  })
  const text = await answer.text()
  // Clients of former revisions are answered by a stream of one event.
  return Tools.parse(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? text)).result.tools
}

interface Call {
  method: string
  /** What is called, which a header repeats. */
  name?: string
  params: unknown
}

const revision = "2026-07-28"
const envelope = {
  "io.modelcontextprotocol/protocolVersion": revision,
  "io.modelcontextprotocol/clientInfo": { name: "faults", version: "0.0.0" },
  "io.modelcontextprotocol/clientCapabilities": {},
}

const objectOr = (value: unknown): object => (typeof value === "object" && value !== null ? value : { value })

/** A call as clients of the newest revision make it, of former ones, or of none. */
function requestsOf(call: fc.Arbitrary<Call>): fc.Arbitrary<InputRequest> {
  const ids = fc.oneof({ weight: 9, arbitrary: fc.nat() }, { weight: 1, arbitrary: hostileValues })
  return fc
    .record({ call, id: ids, isNewest: fc.boolean(), meta: fc.oneof(fc.constant(envelope), hostileValues) })
    .chain(({ call: { method, name, params }, id, isNewest, meta }) => {
      const asked = isNewest ? { ...objectOr(params), _meta: meta } : params
      const body = fc.constant({ jsonrpc: "2.0", id, method, params: asked })
      return withBody("POST", fc.constant("/mcp"), body).map((request) => ({
        ...request,
        headers: {
          ...request.headers,
          accept: "application/json, text/event-stream",
          ...(isNewest ? { "mcp-protocol-version": revision, "mcp-method": method } : {}),
          ...(isNewest && name !== undefined ? { "mcp-name": name } : {}),
        },
      }))
    })
}

/** Requests to the door for agents: calls of the tools that it offers, and what else the protocol has. */
export function mcpRequests(tools: Awaited<ReturnType<typeof toolsAt>>, known: Known): fc.Arbitrary<InputRequest> {
  const calls = fc.oneof(
    ...tools.map(({ name, inputSchema }) =>
      valuesOf(inputSchema, known).map(
        (input): Call => ({ method: "tools/call", name, params: { name, arguments: input } }),
      ),
    ),
  )
  const uris = fc.oneof(fc.constantFrom(...known.uris), fc.webUrl(), hostileValues)
  const others = fc.oneof(
    uris.map(
      (uri): Call => ({
        method: "resources/read",
        ...(typeof uri === "string" && /^[\x21-\x7e]+$/.test(uri) ? { name: uri } : {}),
        params: { uri },
      }),
    ),
    fc
      .record({
        name: fc.constantFrom("make_variation", "arrange_a_song", "review_session", "learn_project"),
        given: hostileValues,
        uri: uris,
      })
      .map(
        ({ name, given, uri }): Call => ({
          method: "prompts/get",
          name,
          params: { name, arguments: { uri, project: given, session: given } },
        }),
      ),
    hostileValues.map(
      (value): Call => ({
        method: "completion/complete",
        params: {
          ref: { type: "ref/resource", uri: "strudel://clip/{project}/{id}" },
          argument: { name: "id", value },
        },
      }),
    ),
    fc
      .record({
        method: fc.constantFrom(
          "initialize",
          "server/discover",
          "tools/list",
          "resources/list",
          "prompts/list",
          "ping",
          "nothing",
        ),
        params: hostileValues,
      })
      .map((call): Call => call),
  )
  return fc.oneof({ weight: 3, arbitrary: requestsOf(calls) }, { weight: 1, arbitrary: requestsOf(others) })
}
