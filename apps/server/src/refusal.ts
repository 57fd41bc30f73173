import { type ApiError, failureOf } from "@strudel-agent/api/errors"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc"
import type { FastifyReply, FastifyRequest } from "fastify"
import { pathOf } from "./request-target.ts"
import { setRetryAfter } from "./rest/answering/failure.ts"

/** Whether a path belongs to a door of its own rather than to the web app. */
export const isUnder = (url: string, prefix: string): boolean =>
  url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)

/** The door for programs that a path means, also where its slashes are doubled; undefined where it means a page. */
export function programDoorOf(url: string): "trpc" | "api" | "mcp" | undefined {
  const path = pathOf(url).replace(/\/{2,}/g, "/")
  if (isUnder(path, "/trpc")) return "trpc"
  if (isUnder(path, "/mcp")) return "mcp"
  return isUnder(path, "/api") ? "api" : undefined
}

/** Answers a request that no procedure sees, in the form of the door that it came to. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: ApiError): FastifyReply {
  const { message, ...failure } = failureOf(error)
  const httpStatus = getHTTPStatusCodeFromError(error)
  reply.code(httpStatus)
  setRetryAfter(reply, failure.reason)
  switch (programDoorOf(request.url)) {
    case "trpc": {
      const data = { code: error.code, httpStatus, ...failure }
      return reply.send({ error: { message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data } })
    }
    case "api":
      return reply.send({ error: { ...failure, message } })
    case "mcp":
      return reply.send({
        jsonrpc: "2.0",
        id: null,
        error: { code: TRPC_ERROR_CODES_BY_KEY[error.code], message, data: failure },
      })
    case undefined:
      return reply.type("text/plain; charset=utf-8").send(message)
  }
}
