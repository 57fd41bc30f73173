export type Json = string | number | boolean | null | Json[] | JsonObject
export type JsonObject = { [key: string]: Json }

/** Deepest nesting of objects and arrays that the library keeps in one JSON value. */
export const maxJsonDepth = 32

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** Whether objects and arrays lie within one another more than maxJsonDepth deep. */
export function isTooDeep(root: Json): boolean {
  const open = [{ value: root, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value !== "object" || value === null) continue
    if (depth >= maxJsonDepth) return true
    for (const child of Object.values(value)) open.push({ value: child, depth: depth + 1 })
  }
  return false
}

/** Compares two JSON values without regard to the order of keys, which PostgreSQL's jsonb does not keep. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item, index) => sameJson(item, right[index]))
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  )
}

/** Prints a value as JSON on one line, spaced as Python's json module does; safe inside a JavaScript line comment. */
export function printJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printJson).join(", ")}]`
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${printJson(key)}: ${printJson(member)}`)
      .join(", ")}}`
  }
  // Both of these end a line in JavaScript, but not in JSON.
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")
}
