import type { JsonObject } from "@strudel-agent/contract/json"

/** What PostgreSQL holds as JSON is JSON; its CHECK makes it an object. */
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A column of JSON objects as it is stored, also where no door of today would store it. */
export function asObject(value: unknown): JsonObject {
  if (isObject(value)) return value
  throw new Error("no CHECK lets a column hold what is no JSON object")
}
