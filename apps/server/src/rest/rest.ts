import type { FastifyInstance } from "fastify"
import type { ZodTypeProvider } from "fastify-type-provider-zod"
import { type Bodies, createBodies } from "../bodies/bodies.ts"
import { analysisRoutes } from "./analysis.ts"
import { compressAnswers } from "./answering/compress.ts"
import { type FailureLog, failureHandler } from "./answering/failure.ts"
import { acceptOnlyJson } from "./answering/json-body.ts"
import { noteMethods, refuseOtherMethods, refuseOtherPaths } from "./answering/unknown-route.ts"
import { validatorCompiler } from "./answering/validator.ts"
import { audioRoutes } from "./audio.ts"
import { clipRoutes } from "./clip.ts"
import { describeRoutes, serveDocumentation } from "./documentation.ts"
import { memoryFileRoutes } from "./memory-file.ts"
import { messageRoutes } from "./message.ts"
import { pictureRoutes } from "./picture.ts"
import { playlistRoutes } from "./playlist.ts"
import { projectRoutes } from "./project.ts"
import { referenceRoutes } from "./reference.ts"
import type { CallerFor } from "./rest-app.ts"
import { runRoutes } from "./run.ts"
import { searchRoutes } from "./search.ts"
import { sessionRoutes } from "./session.ts"
import { songRoutes } from "./song.ts"

export interface RestOptions {
  callerFor: CallerFor
  bodies?: Bodies
  /** Where unexpected failures go; the request's own log unless given. */
  log?: FailureLog
}

/** Registers everything below /api, in a scope of its own: the REST door to the router, its description, its failures. */
export async function registerRest(app: FastifyInstance, options: RestOptions): Promise<void> {
  const { callerFor, log, bodies = createBodies() } = options
  await app.register(
    async (scope) => {
      const api = scope.withTypeProvider<ZodTypeProvider>()
      api.setValidatorCompiler(validatorCompiler)
      // The procedures have checked their answers by the same schemas.
      api.setSerializerCompiler(() => (data) => JSON.stringify(data))
      api.setErrorHandler(failureHandler(log))
      await compressAnswers(scope)
      acceptOnlyJson(api, bodies)
      const methods = noteMethods(api)
      await describeRoutes(api)
      sessionRoutes(api, callerFor)
      messageRoutes(api, callerFor)
      memoryFileRoutes(api, callerFor)
      runRoutes(api, callerFor)
      projectRoutes(api, callerFor)
      clipRoutes(api, callerFor)
      songRoutes(api, callerFor)
      playlistRoutes(api, callerFor)
      searchRoutes(api, callerFor)
      referenceRoutes(api, callerFor)
      analysisRoutes(api, callerFor)
      audioRoutes(api, callerFor)
      pictureRoutes(api, callerFor)
      refuseOtherMethods(api, methods)
      refuseOtherPaths(api)
      await serveDocumentation(api)
    },
    { prefix: "/api" },
  )
}
