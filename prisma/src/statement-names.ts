import { createHash } from "node:crypto"

/** Each named statement costs PostgreSQL memory on every connection, and they are never deallocated. */
const maxNamed = 250
const maxSeenOnce = 2000

/**
 * Stands in a statement whose plan depends on its values, such as on how many rows have a text: PostgreSQL plans it
 * anew each time, where of one that has a name it takes a plan for any values after five times.
 */
export const plannedForValues = "/* planned for its values */"

/**
 * Returns a function that names a statement from its second use on, the same text always by the same name, and that
 * answers "" (run it unnamed) for a statement seen once and beyond 250 distinct ones.
 */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const seenOnce = new Set<string>()
  return ({ sql }) => {
    if (sql.includes(plannedForValues)) return ""
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= maxNamed) return ""
    if (seenOnce.delete(sql)) {
      const name = createHash("sha256").update(sql).digest("base64url").slice(0, 22)
      names.set(sql, name)
      return name
    }
    if (seenOnce.size >= maxSeenOnce) seenOnce.clear()
    seenOnce.add(sql)
    return ""
  }
}
