import type { IncomingMessage } from "node:http"
import type { Context } from "@strudel-agent/api/context"
import { ApiError, badInput } from "@strudel-agent/api/errors"
import { appRouter } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/contract/limits"
import type { TRPCError } from "@trpc/server"
import { resolveResponse } from "@trpc/server/http"
import type { FastifyInstance, FastifyRequest } from "fastify"
import type { Bodies } from "../bodies/bodies.ts"
import { badBody, parseInTurn, readText, refusalOf } from "../bodies/read-json.ts"
import { refuse } from "../refusal.ts"
import { bodyBytesOf, callsOf, fieldOf, jsonLimitsOf, problemInAddress } from "./calls.ts"
import { answerPlainCalls, plainCallsOf } from "./plain.ts"
import { toTrpcRequest } from "./request.ts"
import { answerPlainStream, plainStreamOf } from "./stream.ts"

const prefix = "/trpc"

type ContextOf = (request: FastifyRequest) => Context

/** Opens the router at /trpc, for at most 20 calls a request. */
export async function registerTrpc(app: FastifyInstance, contextOf: ContextOf, bodies: Bodies): Promise<void> {
  await app.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => refuse(request, reply, toExpected(error, request)))
    takeJson(scope, bodies)
    answerCalls(scope, contextOf)
  })
}

function toExpected(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : 500
  if (status === 415) return new ApiError("BODY_NOT_JSON")
  if (typeof status === "number" && status < 500) return badInput("body", "could not be read")
  request.log.error({ err: error }, "a call failed")
  return new ApiError("INTERNAL", undefined, { cause: error })
}

/** Lets calls bring nothing but JSON, as much of it as each may. */
function takeJson(scope: FastifyInstance, bodies: Bodies): void {
  scope.removeAllContentTypeParsers()
  scope.addHook("preParsing", async (request, reply) => {
    const type = request.headers["content-type"]
    if (request.method === "POST" && !/^application\/json\b/i.test(type ?? "")) throw new ApiError("BODY_NOT_JSON")
    await bodies.admit(request, reply, bodyBytesOf(callsOf(request, prefix)))
  })
  scope.addContentTypeParser("application/json", async (request: FastifyRequest, payload: IncomingMessage) => {
    const calls = callsOf(request, prefix)
    const text = await readText(payload, {
      limit: bodyBytesOf(calls),
      json: jsonLimitsOf(calls),
      fieldOf: (path) => fieldOf(path, calls),
    })
    return text === "" ? undefined : parseInTurn(text, parse)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badBody("is not valid JSON")
  }
}

function answerCalls(scope: FastifyInstance, contextOf: ContextOf): void {
  scope.all<{ Params: { path: string } }>(`${prefix}/:path`, async (request, reply) => {
    const calls = callsOf(request, prefix)
    const problem = problemInAddress(calls)
    if (problem) throw refusalOf(problem)
    const onError = ({ error, path }: { error: TRPCError; path: string | undefined }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") {
        request.log.error({ path, err: error.cause ?? error }, "a call failed")
      } else request.log.debug({ path, code: error.code }, error.message)
    }
    const plain = plainCallsOf(request, calls)
    if (plain) return answerPlainCalls(request, reply, { calls: plain, context: contextOf(request), onError })
    const stream = plainStreamOf(request, calls)
    if (stream) return answerPlainStream(reply, stream, { context: contextOf(request), onError })
    const response = await resolveResponse({
      router: appRouter,
      req: toTrpcRequest(request, reply),
      path: request.params.path,
      error: null,
      createContext: async () => contextOf(request),
      maxBatchSize: limits.batch,
      // A query whose input is too long for an address comes as a POST.
      allowMethodOverride: true,
      onError,
    })
    return reply.send(response)
  })
}
