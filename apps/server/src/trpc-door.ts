import type { Context } from "@strudel-agent/api/context"
import { ApiError, badInput } from "@strudel-agent/api/errors"
import { type AppRouter, appRouter } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/api/schema/limits"
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { refuse } from "./refusal.ts"

/** Opens the router at /trpc, for at most 20 calls a request. */
export async function registerTrpc(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context) {
  await app.register(async (scope) => {
    refuseInForm(scope)
    await scope.register(fastifyTRPCPlugin<AppRouter>, optionsFor(contextOf))
  })
}

/** Answers in tRPC's form what its adapter does not see, and lets it see nothing but JSON. */
function refuseInForm(scope: FastifyInstance): void {
  scope.addHook("preParsing", async (request) => {
    const type = request.headers["content-type"]
    if (request.method === "POST" && !/^application\/json\b/i.test(type ?? "")) throw new ApiError("BODY_NOT_JSON")
  })
  scope.setErrorHandler((error, request, reply) => refuse(request, reply, refusalOf(error, request)))
}

function refusalOf(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  const status = error instanceof Error && "statusCode" in error ? error.statusCode : 500
  if (status === 413) {
    const most = limits.bodyLimitBytes.toLocaleString("en-US")
    return new ApiError("BODY_TOO_LARGE", `The body may have at most ${most} bytes.`)
  }
  if (status === 415) return new ApiError("BODY_NOT_JSON")
  if (typeof status === "number" && status < 500) return badInput("body", "could not be read")
  request.log.error({ err: error }, "a call failed")
  return new ApiError("INTERNAL", undefined, { cause: error })
}

function optionsFor(contextOf: (request: FastifyRequest) => Context) {
  return {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextOf(req),
      maxBatchSize: limits.batch,
      // A query whose input is too long for an address comes as a POST.
      allowMethodOverride: true,
      onError: ({ error, path, req }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") req.log.error({ path, err: error.cause ?? error }, "a call failed")
        else req.log.debug({ path, code: error.code }, error.message)
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>
}
