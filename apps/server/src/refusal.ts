import { type ApiError, failureOf } from "@strudel-agent/api/errors"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc"
import type { FastifyReply, FastifyRequest } from "fastify"

/** Whether a path belongs to a door of its own rather than to the web app. */
export const isUnder = (url: string, prefix: string): boolean =>
  url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)

/** Answers a request that no procedure sees, in the form of the door that it came to. */
export function refuse(request: FastifyRequest, reply: FastifyReply, error: ApiError): FastifyReply {
  const { message, ...failure } = failureOf(error)
  const httpStatus = getHTTPStatusCodeFromError(error)
  reply.code(httpStatus)
  if (failure.reason === "SERVER_BUSY") reply.header("retry-after", "1")
  if (isUnder(request.url, "/trpc")) {
    const data = { code: error.code, httpStatus, ...failure }
    return reply.send({ error: { message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data } })
  }
  if (isUnder(request.url, "/api")) return reply.send({ error: { ...failure, message } })
  return reply.type("text/plain; charset=utf-8").send(message)
}
