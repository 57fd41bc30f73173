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
 * Makes the caller that a request is answered by, with what the request may do. What can be given up midway hears from the
 * signal that who asked has left; Fastify's own one would not do, as it ends with a body that has been read.
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
