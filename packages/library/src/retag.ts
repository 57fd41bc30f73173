import type { JsonValue } from "@strudel-agent/contract/json"

/** Metadata's tags with some more and without others; what is no text among them stays, a lone text is a tag. */
export function retag(stored: unknown, { add, remove }: { add: string[]; remove: string[] }): JsonValue[] {
  const tags: JsonValue[] = Array.isArray(stored) ? stored : typeof stored === "string" ? [stored] : []
  const kept = tags.filter((tag) => typeof tag !== "string" || !remove.includes(tag))
  return [...kept, ...new Set(add)].filter((tag, place, all) => typeof tag !== "string" || all.indexOf(tag) === place)
}
