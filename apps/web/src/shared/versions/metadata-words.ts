import { isSameJson } from "./same-json.ts"

const names: Record<string, string> = {
  name: "name",
  bpm: "tempo",
  beats_per_cycle: "beats per cycle",
  scale: "scale",
  tags: "tags",
  color: "colour",
  description: "description",
  author: "author",
}

/** What people call a part of a clip; keys that clients added go by their own name. */
export const partName = (key: string): string => (Object.hasOwn(names, key) ? (names[key] ?? key) : key)

/** A value of metadata in a line of words; undefined where there is none. */
export function inWords(value: unknown): string | undefined {
  if (value === undefined || value === "") return undefined
  if (typeof value === "string") return value
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value.join(", ") || undefined
  return JSON.stringify(value)
}

export interface PartChange {
  key: string
  before: string | undefined
  after: string | undefined
}

interface Named {
  name: string
  metadata: Record<string, unknown>
}

/** What changed besides the code, key by key. */
export function listPartChanges(before: Named, after: Named): PartChange[] {
  const renamed = before.name === after.name ? [] : [{ key: "name", before: before.name, after: after.name }]
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)])
  return [
    ...renamed,
    ...[...keys].flatMap((key) => {
      const [former, latter] = [before.metadata[key], after.metadata[key]]
      return isSameJson(former, latter) ? [] : [{ key, before: inWords(former), after: inWords(latter) }]
    }),
  ]
}
