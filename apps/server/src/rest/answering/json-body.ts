import type { IncomingMessage } from "node:http"
import type { FastifyRequest } from "fastify"
import { type Bodies, bringsMuch } from "../../bodies/bodies.ts"
import { parseInTurn, readText, turnOfOwn } from "../../bodies/read-json.ts"
import type { RestApp } from "../rest-app.ts"

/**
 * Lets a scope take JSON in UTF-8 and nothing else, of at most as many bytes as a route's `bodyLimit` says. No bytes at all
 * are no body, whatever their content type says: many clients name one on every request, also on a DELETE.
 */
export function acceptOnlyJson(api: RestApp, bodies: Bodies): void {
  const parser = api.getDefaultJsonParser("error", "error")
  const parse = (request: FastifyRequest, text: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      void parser(request, text, (error, value) => (error ? reject(error) : resolve(value)))
    })
  api.removeAllContentTypeParsers()
  api.addHook("preParsing", (request, reply) => bodies.admit(request, reply, request.routeOptions.bodyLimit))
  // A schema has checked it, and the procedure's will.
  api.addHook("preHandler", async (request) => {
    if (bringsMuch(request)) await turnOfOwn()
  })
  api.addContentTypeParser("application/json", async (request: FastifyRequest, payload: IncomingMessage) => {
    const text = await readText(payload, { limit: request.routeOptions.bodyLimit })
    return text === "" ? undefined : parseInTurn(text, (json) => parse(request, json))
  })
}
