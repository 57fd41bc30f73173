import swagger, { type SwaggerTransformObject } from "@fastify/swagger"
import swaggerUi from "@fastify/swagger-ui"
import { isRecord } from "@strudel-agent/contract/is-record"
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod"
import manifest from "../../package.json" with { type: "json" }
import type { RestApp } from "./rest-app.ts"

/** Components come in two, as sent and as answered; requests are described in place, so only answers are referred to. */
const keepAnswers: SwaggerTransformObject = (document) => {
  const described = jsonSchemaTransformObject(document)
  const schemas = ("components" in described && described.components?.schemas) || {}
  for (const name of Object.keys(schemas)) if (name.endsWith("Input")) delete schemas[name]
  return described
}

/** Describes a route; of an answer with content the library leaves out the headers. */
const withHeaders: typeof jsonSchemaTransform = (route) => {
  const described = jsonSchemaTransform(route)
  const { response } = route.schema ?? {}
  if (!isRecord(response) || !isRecord(described.schema) || !isRecord(described.schema.response)) return described
  for (const [status, answer] of Object.entries(response)) {
    const target = described.schema.response[status]
    if (isRecord(answer) && "content" in answer && isRecord(answer.headers) && isRecord(target)) {
      target.headers = answer.headers
    }
  }
  return described
}

/** Writes down the routes that are registered after it. */
export async function describeRoutes(api: RestApp): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Strudel Agent",
        version: manifest.version,
        license: { name: manifest.license, identifier: manifest.license },
        description:
          "Sessions and messages of agents, and the clips, songs and playlists they make. Names are in snake_case, times " +
          "in UTC as ISO 8601. Query parameters that are not described are ignored; so is null in place of a field that " +
          "may be left out, unless null is said to clear it.",
      },
      tags: [
        { name: "sessions" },
        { name: "messages" },
        { name: "memory files" },
        { name: "projects" },
        { name: "clips" },
        { name: "songs" },
        { name: "playlists" },
        { name: "search" },
        { name: "reference" },
        { name: "analysis" },
      ],
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", description: "Where the server was given a token to ask for." },
        },
      },
      security: [{}, { bearer: [] }],
    },
    transform: withHeaders,
    transformObject: keepAnswers,
  })
}

/** What the page needs: its own scripts, styles that its scripts set, and pictures inside its style sheet. */
const pagePolicy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
}

/** Serves the document at /openapi.json and a page to read and try it at /docs, from this server's own files alone. */
export async function serveDocumentation(api: RestApp): Promise<void> {
  api.get("/openapi.json", { schema: { hide: true } }, async () => api.swagger())
  await api.register(swaggerUi, {
    routePrefix: "/docs",
    indexPrefix: api.prefix,
    staticCSP: pagePolicy,
    theme: { title: "Strudel Agent · REST" },
    uiConfig: { layout: "BaseLayout", tryItOutEnabled: true },
  })
}
