import fc from "fast-check"
import { hostileValues } from "./hostile-values.ts"

/** What of a JSON schema is followed; values that the rest would refuse are sent all the same. */
interface Schema {
  type?: unknown
  properties?: unknown
  required?: unknown
  items?: unknown
  enum?: unknown
  const?: unknown
  anyOf?: unknown
  oneOf?: unknown
  allOf?: unknown
  format?: unknown
  minimum?: unknown
  maximum?: unknown
  maxLength?: unknown
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isSchema = (value: unknown): value is Schema => isRecord(value)

const numberOr = (value: unknown, usual: number): number =>
  typeof value === "number" ? Math.max(Math.min(value, 2 ** 31), -(2 ** 31)) : usual

/** Values of fields that name something, of which some is there. */
export interface Known {
  uuids: string[]
  slugs: string[]
  uris: string[]
}

const code = fc.constantFrom(
  's("bd*4")',
  'note("c3 [e3 g3]").s("square")',
  'setcpm(30)\n$: s("hh*8")',
  "for(;;);",
  "(",
  "x".repeat(5_000),
)

function texts({ format, maxLength }: Schema, name: string, { uuids, slugs, uris }: Known): fc.Arbitrary<unknown> {
  if (format === "uuid" || /session|client_?id/i.test(name)) return fc.oneof(fc.constantFrom(...uuids), fc.uuid())
  if (format === "date-time") {
    const moments = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
    return fc.oneof(
      moments,
      fc.constantFrom("2024-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "+010000-01-01T00:00:00Z"),
    )
  }
  if (/^uris?$/.test(name)) return fc.constantFrom(...uris)
  if (/(^|_)id$|Id$|^project$/.test(name)) return fc.constantFrom(...slugs)
  if (/^(code|before|after)$/.test(name)) return code
  return fc.oneof(
    fc.string({ maxLength: Math.min(numberOr(maxLength, 40), 300) }),
    fc.constantFrom("kick", "session.md", "name"),
  )
}

const listOf = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** Values that mostly fit a schema, and of which a part does not fit at all. */
export function valuesOf(schema: unknown, known: Known, name = "", depth = 0): fc.Arbitrary<unknown> {
  const fitting = fittingValues(isSchema(schema) ? schema : {}, known, name, depth)
  return fc.oneof({ weight: depth === 0 ? 30 : 9, arbitrary: fitting }, { weight: 1, arbitrary: hostileValues })
}

function fittingValues(schema: Schema, known: Known, name: string, depth: number): fc.Arbitrary<unknown> {
  if (depth > 6) return hostileValues
  const choices = [...listOf(schema.anyOf), ...listOf(schema.oneOf)]
  if (choices.length > 0) return fc.oneof(...choices.map((choice) => valuesOf(choice, known, name, depth + 1)))
  const [first] = listOf(schema.allOf)
  if (first) return valuesOf(first, known, name, depth + 1)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return fc.constantFrom<unknown[]>(...schema.enum)
  const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case "string":
      return texts(schema, name, known)
    case "integer":
      return fc.integer({ min: numberOr(schema.minimum, -5), max: numberOr(schema.maximum, 300) })
    case "number":
      return fc.double({ min: numberOr(schema.minimum, -5), max: numberOr(schema.maximum, 300), noNaN: true })
    case "boolean":
      return fc.boolean()
    case "null":
      return fc.constant(null)
    case "array":
      return fc.array(valuesOf(schema.items, known, name, depth + 1), { maxLength: 4 })
    case "object":
      return objectsOf(schema, known, depth)
    default:
      return hostileValues
  }
}

function objectsOf({ properties, required }: Schema, known: Known, depth: number): fc.Arbitrary<unknown> {
  const fields = isRecord(properties) ? properties : {}
  const needed = Array.isArray(required) ? required.filter((name) => typeof name === "string") : []
  const record = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, valuesOf(field, known, name, depth + 1)]),
  )
  // Now and then one that is needed is missing.
  return fc.oneof(
    { weight: 9, arbitrary: fc.record(record, { requiredKeys: needed.filter((name) => name in record) }) },
    { weight: 1, arbitrary: fc.record(record, { requiredKeys: [] }) },
  )
}
