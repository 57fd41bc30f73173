import { ApiError, badInput, type Failure, failureOf, translateError } from "@strudel-agent/api/errors"
import { type Reason, reasons, retryAfter } from "@strudel-agent/contract/reason"
import { inWords } from "@strudel-agent/contract/refused-fields"
import { TRPCError } from "@trpc/server"
import { getHTTPStatusCodeFromError } from "@trpc/server/http"
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { BodyRefused } from "../../bodies/read-json.ts"
import { PreconditionFailed, withTag } from "./condition.ts"

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a route calls the router's input fields where that is not their name in snake_case. */
    fieldNames?: Record<string, string>
  }
}

/** Where unexpected failures are written down. */
export type FailureLog = Pick<FastifyBaseLogger, "error" | "warn">

/** The HTTP status that carries a reason. */
export const statusOf = (reason: Reason): number =>
  getHTTPStatusCodeFromError(new TRPCError({ code: reasons[reason].code }))

/** Says when another try makes sense, where the reason passes by itself. */
export function setRetryAfter(reply: FastifyReply, reason: Reason): void {
  const seconds = retryAfter(reason)
  if (seconds !== undefined) reply.header("retry-after", String(seconds))
}

/** Makes what answers every failure below /api; it also fits `frameworkErrors`, for paths that cannot be decoded. */
export const failureHandler =
  (log?: FailureLog) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const expected = translateError(toExpected(error))
    const found = failureOf(expected)
    // What the client sent is named as it was sent; what a procedure was called with has names of its own.
    const isSent = error instanceof BodyRefused || isRefusedRequest(error)
    const failure = inClientWords(found, isSent ? inSentNames : inSnakeCase(request.routeOptions?.config?.fieldNames))
    writeDown(log ?? request.log, failure.reason, expected)
    if (failure.reason === "TOKEN_REQUIRED") reply.header("www-authenticate", "Bearer")
    setRetryAfter(reply, failure.reason)
    if (expected instanceof PreconditionFailed) {
      withTag(reply, expected.current)
      reply.code(412).send({ error: failure, current: expected.current })
    } else reply.code(statusOf(failure.reason)).send({ error: failure })
  }

/** Whether Fastify raised this because a part of the request does not fit its route's schema. */
const isRefusedRequest = (error: unknown): error is z.core.$ZodError =>
  error instanceof z.core.$ZodError && "validationContext" in error

function toExpected(error: unknown): TRPCError {
  if (error instanceof TRPCError) return error
  if (isRefusedRequest(error)) return new TRPCError({ code: "BAD_REQUEST", cause: error })
  return refusalByFastify(error) ?? new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: error })
}

/** What Fastify itself refuses with a status of 4xx before a route sees it. */
function refusalByFastify(error: unknown): ApiError | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined
  const { statusCode } = error
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode > 499) return undefined
  const code = "code" in error ? error.code : undefined
  if (code === "FST_ERR_CTP_INVALID_JSON_BODY") return badInput("body", "is not valid JSON")
  switch (statusCode) {
    case 404:
    case 414:
      return new ApiError("PATH_NOT_FOUND")
    case 415:
      return new ApiError("BODY_NOT_JSON")
    default:
      return new ApiError("BAD_INPUT", error.message)
  }
}

type NameOf = (path: string) => string

/** The body as a whole has no name. */
const inSentNames: NameOf = (path) => (path === "input" ? "body" : path)

const inSnakeCase = (fieldNames: Record<string, string> = {}): NameOf => {
  const names = new Map(Object.entries(fieldNames))
  return (path) => names.get(path) ?? inSentNames(path).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function inClientWords(failure: Failure, nameOf: NameOf): Failure {
  if (!failure.fields) return failure
  const fields = Object.fromEntries(Object.entries(failure.fields).map(([path, problem]) => [nameOf(path), problem]))
  return { ...failure, fields, message: failure.reason === "BAD_INPUT" ? inWords(fields) : failure.message }
}

function writeDown(log: FailureLog, reason: Reason, error: TRPCError): void {
  const err = error.cause ?? error
  if (reason === "INTERNAL") log.error({ err }, "an unexpected error was answered with 500")
  else if (statusOf(reason) === 503) log.warn({ err }, error.message)
}
