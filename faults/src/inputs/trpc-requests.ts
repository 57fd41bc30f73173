import { appRouter } from "@strudel-agent/api/root"
import fc from "fast-check"
import { z } from "zod"
import { type InputRequest, inAddress, withBody } from "./input-request.ts"
import { type Known, valuesOf } from "./schema-values.ts"

interface Procedure {
  path: string
  type: unknown
  /** The JSON schema of its input. */
  schema: unknown
}

/** The procedures of a router and what each takes. */
function proceduresIn(value: unknown, path = ""): Procedure[] {
  if (typeof value === "function" && "_def" in value) {
    const definition = value._def
    if (typeof definition !== "object" || definition === null || !("type" in definition)) return []
    const inputs: unknown = "inputs" in definition ? definition.inputs : []
    const [input] = Array.isArray(inputs) ? inputs : []
    const schema = input instanceof z.ZodType ? z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) : {}
    return [{ path, type: definition.type, schema }]
  }
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => proceduresIn(member, path === "" ? name : `${path}.${name}`))
}

function requestsOf({ path, type, schema }: Procedure, known: Known): fc.Arbitrary<InputRequest> {
  const values = valuesOf(schema, known)
  const address = fc.constant(`/trpc/${path}`)
  if (type === "mutation") return withBody("POST", address, values)
  const asked = values.map(
    (value): InputRequest => ({ method: "GET", path: `/trpc/${path}?input=${inAddress(value)}`, headers: {} }),
  )
  return fc.oneof({ weight: 3, arbitrary: asked }, { weight: 1, arbitrary: withBody("POST", address, values) })
}

/** Requests to every procedure of the router, some of them several in a batch. */
export function trpcRequests(known: Known): fc.Arbitrary<InputRequest> {
  const procedures = proceduresIn(appRouter._def.record)
  const queries = procedures.filter(({ type }) => type === "query")
  const batches = fc.array(fc.constantFrom(...queries), { minLength: 1, maxLength: 22 }).chain((chosen) => {
    const paths = chosen.map(({ path }) => path).join(",")
    const inputs = fc.tuple(...chosen.map(({ schema }) => valuesOf(schema, known)))
    return withBody(
      "POST",
      fc.constant(`/trpc/${paths}?batch=1`),
      inputs.map((list) => ({ ...list })),
    )
  })
  return fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...procedures.map((procedure) => requestsOf(procedure, known))) },
    { weight: 1, arbitrary: batches },
  )
}
