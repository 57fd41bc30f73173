import { ApiError } from "@strudel-agent/api/errors"
import type { FastifyReply, HTTPMethods } from "fastify"
import type { RestApp } from "../rest-app.ts"

/** Paths, and the methods that each takes. */
export type Methods = Map<string, Set<string>>

/** Notes the methods of every path that is registered from here on. */
export function noteMethods(api: RestApp): Methods {
  const methods: Methods = new Map()
  api.addHook("onRoute", ({ routePath, method }) => {
    methods.set(routePath, new Set([...(methods.get(routePath) ?? []), ...[method].flat()]))
  })
  return methods
}

/** Refuses the other methods of these paths and says which they take. */
export function refuseOtherMethods(api: RestApp, methods: Methods): void {
  for (const [url, taken] of [...methods]) {
    const allow = [...taken].sort().join(", ")
    const others = api.supportedMethods.filter((method) => !taken.has(method))
    refuse(api, { url, method: others }, (reply) => {
      reply.header("allow", allow)
      throw new ApiError("METHOD_NOT_ALLOWED")
    })
  }
}

const noSuchPath = (): never => {
  throw new ApiError("PATH_NOT_FOUND")
}

/** Refuses every path of the scope that nothing else answers, also where the server has a route for all paths. */
export function refuseOtherPaths(api: RestApp): void {
  api.setNotFoundHandler(noSuchPath)
  for (const url of ["/", "/*"]) refuse(api, { url, method: api.supportedMethods }, noSuchPath)
}

/** Registers a route that fails before it reads a body. */
function refuse(api: RestApp, route: { url: string; method: HTTPMethods[] }, fail: (reply: FastifyReply) => never) {
  api.route({ ...route, schema: { hide: true }, onRequest: async (_, reply) => fail(reply), handler: noSuchPath })
}
