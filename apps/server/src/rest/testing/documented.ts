import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { z } from "zod"

const Parameter = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header"]),
  required: z.boolean(),
  schema: z.looseObject({
    type: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
})

const Operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(Parameter).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      headers: z.record(z.string(), z.unknown()).default({}),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})
export type Operation = z.infer<typeof Operation> & { method: string; path: string }

const Document = z.looseObject({
  openapi: z.string(),
  info: z.object({ title: z.string(), version: z.string() }).loose(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})
export type Document = z.infer<typeof Document>

export interface LiveAnswer {
  method: string
  /** The path as it was asked for, with its query. */
  url: string
  status: number
  text: string
  headers: Record<string, unknown>
}

const pointer = (...keys: string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")

/** Reads an OpenAPI document and checks live answers against it. */
export function readDocument(json: unknown) {
  const document = Document.parse(json)
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ ...document }, "openapi")
  const operations: Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  )

  const find = (method: string, url: string): Operation | undefined => {
    const asked = url.split("?")[0] ?? ""
    const fitting = operations.filter((operation) => {
      const pattern = operation.path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")
      return operation.method === method && new RegExp(`^${pattern}$`).test(asked)
    })
    // The one with the fewest parameters is the one that is meant.
    return fitting.sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0]
  }

  /** Throws where an answer is not what the document says; answers whose path it does not have are passed over. */
  const check = ({ method, url, status, text, headers }: LiveAnswer): Operation | undefined => {
    const operation = find(method, url)
    if (!operation) return undefined
    const place = `${method} ${operation.path} ${status}`
    const response = operation.responses[status]
    if (!response) throw new Error(`${place} is not in the document`)
    if (headers["x-next-cursor"] !== undefined && !("x-next-cursor" in response.headers)) {
      throw new Error(`${place} has a cursor that is not in the document`)
    }
    if (!response.content) {
      if (text !== "") throw new Error(`${place} should be empty, but is ${text}`)
      return operation
    }
    const schema = pointer("paths", operation.path, method.toLowerCase(), "responses", String(status), "content")
    const validate = ajv.compile({ $ref: `openapi#${schema}${pointer("application/json", "schema")}` })
    if (!validate(JSON.parse(text))) throw new Error(`${place}: ${ajv.errorsText(validate.errors)} in ${text}`)
    return operation
  }

  return { document, operations, check }
}
