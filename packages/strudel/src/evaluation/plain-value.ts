import { isPattern } from "@strudel/core"

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

const maxDepth = 8

/**
 * A value of an event as JSON: lists stay lists and sets become lists, fractions become numbers, functions and patterns
 * are left out, what is no number becomes null. Numbers keep 12 digits, up to which every engine's sine agrees.
 */
export function plainValue(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") return plainNumber(value)
  if (typeof value === "bigint") return plainNumber(Number(value))
  if (typeof value !== "object" || depth > maxDepth || isPattern(value)) return undefined
  const primitive: unknown = value.valueOf()
  if (typeof primitive === "number") return plainNumber(primitive)
  const list = value instanceof Set ? [...value] : value
  if (Array.isArray(list)) return list.map((item) => plainValue(item, depth + 1) ?? null)
  return plainRecord(value, depth)
}

/** The controls of an event; a bare value stands under `value`. */
export function plainControls(value: unknown): { [key: string]: Json } {
  const plain = plainValue(value)
  if (typeof plain === "object" && plain !== null && !Array.isArray(plain)) return plain
  return plain === undefined ? {} : { value: plain }
}

function plainRecord(value: object, depth: number): { [key: string]: Json } {
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const plain = plainValue(item, depth + 1)
    return plain === undefined ? [] : [[key, plain] as const]
  })
  return Object.fromEntries(entries)
}

function plainNumber(value: number): number | null {
  if (!Number.isFinite(value)) return null
  // Adding 0 makes 0 of -0, which JSON does not know.
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(12)) + 0
}
