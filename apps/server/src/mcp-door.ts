import type { IncomingMessage } from "node:http"
import { ApiError } from "@strudel-agent/api/errors"
import { limits } from "@strudel-agent/contract/limits"
import type { FastifyInstance, FastifyRequest } from "fastify"
import type { Bodies } from "./bodies/bodies.ts"
import { parseInTurn, readText } from "./bodies/read-json.ts"
import type { McpHandler } from "./mcp-handler.ts"
import { refuse } from "./refusal.ts"

export interface McpDoorOptions {
  bodies: Bodies
  /** Gets what answers; called once, by the first request. */
  load(): Promise<McpHandler>
}

/** As many bytes as an append may bring. */
const limit = limits.requestBytes.append

/** The codes of JSON-RPC for a body that is no JSON, and for a request that is none. */
const codes = { noJson: -32_700, noRequest: -32_600 } as const

/** Opens /mcp for agents that speak the Model Context Protocol; what answers there is loaded by the first call. */
export async function registerMcp(app: FastifyInstance, options: McpDoorOptions): Promise<void> {
  const { bodies } = options
  let loading: Promise<McpHandler> | undefined
  const load = () => {
    loading ??= options.load().catch((error: unknown) => {
      // What could not be loaded may be there the next time.
      loading = undefined
      throw error
    })
    return loading
  }
  app.addHook("preClose", async () => (await loading?.catch(() => undefined))?.close())
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addHook("preParsing", (request, reply) => bodies.admit(request, reply, limit))
    scope.addContentTypeParser("application/json", async ({ method }: FastifyRequest, payload: IncomingMessage) => {
      const text = await readText(payload, { limit })
      // Nothing is no JSON, but only a POST is to bring any.
      return text === "" && method !== "POST" ? undefined : parseInTurn(text, parse)
    })
    scope.setErrorHandler((error, request, reply) => {
      if (error instanceof NoJson) {
        return reply.code(400).send({
          jsonrpc: "2.0",
          id: null,
          error: { code: codes.noJson, message: "Parse error: the body is no JSON" },
        })
      }
      if (error instanceof ApiError) return refuse(request, reply, error)
      const status =
        error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500
      if (status === 415) return refuse(request, reply, new ApiError("BODY_NOT_JSON"))
      if (status < 500) {
        return reply.code(status).send({
          jsonrpc: "2.0",
          id: null,
          error: { code: codes.noRequest, message: "The request could not be read" },
        })
      }
      request.log.error({ err: error }, "an agent's request failed")
      return refuse(request, reply, new ApiError("INTERNAL", undefined, { cause: error }))
    })
    scope.route({
      method: ["GET", "POST", "DELETE"],
      // Fastify would ask it what GET answers, of which there is nothing without a stream.
      exposeHeadRoute: false,
      url: "/mcp",
      bodyLimit: limit,
      async handler(request, reply) {
        const { answer } = await load()
        const leaving = new AbortController()
        reply.raw.once("close", () => leaving.abort())
        return answer(webRequest(request, leaving.signal), request)
      },
    })
  })
}

class NoJson extends Error {}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new NoJson("The body is no JSON", { cause: error })
  }
}

/** A request as the web has it; its body was read already. */
function webRequest({ method, url, headers, protocol, host }: FastifyRequest, signal: AbortSignal): Request {
  const given = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : value === undefined ? [] : [value]) given.append(name, each)
  }
  return new Request(new URL(url, `${protocol}://${host}`), { method, headers: given, signal })
}
