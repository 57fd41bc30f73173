import { z } from "zod"
import { limits } from "./limits.ts"
import { byteLength, textProblem } from "./text.ts"

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export type JsonObject = { [key: string]: JsonValue }

/** Bytes that PostgreSQL adds to a number's JSON: it writes 1e300 out in full. */
function addedBytes(value: number): number {
  const exponent = /e([+-]\d+)$/.exec(String(value))?.[1]
  return exponent === undefined ? 0 : Math.min(Math.abs(Number(exponent)), 400)
}

type Walked = { problem: string } | { problem?: undefined; addedBytes: number }

/** Walks without recursion, so that no depth of nesting exhausts the stack; says the first problem or nothing. */
function walk(root: unknown): Walked {
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }]
  let added = 0
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === "string") {
      const problem = textProblem(value)
      if (problem) return { problem }
    } else if (typeof value === "object" && value !== null) {
      if (depth >= limits.jsonDepth) return { problem: `at most ${limits.jsonDepth} levels deep` }
      for (const key of Object.keys(value)) {
        const problem = textProblem(key)
        if (problem) return { problem }
      }
      for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 })
    } else if (typeof value === "number" ? !Number.isFinite(value) : typeof value !== "boolean" && value !== null) {
      return { problem: `must be JSON, not ${String(value)}` }
    } else if (typeof value === "number") added += addedBytes(value)
  }
  return { addedBytes: added }
}

/** Whether a value is an object that PostgreSQL stores as JSON. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && walk(value).problem === undefined

/** Bytes of a value's JSON: a text may make up to six of a character. */
const jsonBytes = (value: unknown): number => byteLength(JSON.stringify(value))

/** Checks a parsed value for what PostgreSQL cannot store and for its size in bytes of JSON. */
export function checkJson(value: unknown, maxBytes: number): string | undefined {
  const walked = walk(value)
  if (walked.problem !== undefined) return walked.problem
  const bytes = jsonBytes(value) + walked.addedBytes
  return bytes > maxBytes
    ? `at most ${maxBytes.toLocaleString("en-US")} bytes of JSON, not ${bytes.toLocaleString("en-US")}`
    : undefined
}

/** A free JSON object of at most 64 KiB on the way in. */
export const Metadata = z.record(z.string(), z.unknown()).transform((value, context): JsonObject => {
  const problem = checkJson(value, limits.metadataBytes)
  if (problem || !isJsonObject(value)) {
    context.addIssue({ code: "custom", message: problem ?? "must be a JSON object" })
    return z.NEVER
  }
  return value
})

/** A free JSON object on the way out of the database. */
export const StoredMetadata = z.unknown().pipe(z.record(z.string(), z.unknown()))
