import fc from "fast-check"
import { z } from "zod"
import { type InputRequest, inAddress, withBody } from "./input-request.ts"
import { type Known, valuesOf } from "./schema-values.ts"

const Operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), schema: z.unknown() })).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) }).optional(),
})
const Document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) })

type Operation = z.infer<typeof Operation>

function addressOf(path: string, { parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const values = (kind: string) =>
    Object.fromEntries(
      parameters.flatMap(({ in: where, name, schema }) =>
        where === kind ? [[name, valuesOf(schema, known, name, 1)] as const] : [],
      ),
    )
  return fc
    .record({ places: fc.record(values("path")), query: fc.record(values("query"), { requiredKeys: [] }) })
    .map(({ places, query }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inAddress(Reflect.get(places, name)))
      const asked = Object.entries(query).map(([name, value]) => `${name}=${inAddress(value)}`)
      return asked.length === 0 ? filled : `${filled}?${asked.join("&")}`
    })
}

/** Requests to every operation that an OpenAPI document describes. */
export function restRequests(document: unknown, known: Known): fc.Arbitrary<InputRequest> {
  const operations = Object.entries(Document.parse(document).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): fc.Arbitrary<InputRequest> => {
      const address = addressOf(path, operation, known)
      const schema = operation.requestBody?.content["application/json"]?.schema
      if (schema !== undefined) return withBody(method.toUpperCase(), address, valuesOf(schema, known))
      return address.map((target) => ({ method: method.toUpperCase(), path: target, headers: {} }))
    }),
  )
  return fc.oneof(...operations)
}
