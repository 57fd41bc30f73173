import type { createCaller } from "@strudel-agent/api/root"
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify"
import type { ZodTypeProvider } from "fastify-type-provider-zod"

/** The router, called inside this process. */
export type Caller = ReturnType<typeof createCaller>

/**
 * Makes the caller that a request is answered by, with what the request may do. Fastify's own signal ends with a request
 * that has been read, so that one with a body needs another to hear that who asked has left.
 */
export type CallerFor = (request: FastifyRequest, signal?: AbortSignal) => Caller

/** The scope under /api: a request's parts have the types of its route's schemas. */
export type RestApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>
