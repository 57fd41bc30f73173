import type { Context } from "@strudel-agent/api/context"
import { type AppRouter, appRouter } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/api/schema/limits"
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify"
import type { FastifyInstance, FastifyRequest } from "fastify"

/** Opens the router at /trpc, for at most 20 calls a request. */
export async function registerTrpc(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context) {
  await app.register(fastifyTRPCPlugin<AppRouter>, {
    prefix: "/trpc",
    trpcOptions: {
      router: appRouter,
      createContext: ({ req }) => contextOf(req),
      maxBatchSize: limits.batch,
      onError: ({ error, path, req }) => {
        if (error.code === "INTERNAL_SERVER_ERROR") req.log.error({ path, err: error.cause ?? error }, "a call failed")
        else req.log.debug({ path, code: error.code }, error.message)
      },
    },
  } satisfies FastifyTRPCPluginOptions<AppRouter>)
}
