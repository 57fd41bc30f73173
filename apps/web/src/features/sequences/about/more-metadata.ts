const shown = new Set(["name", "bpm", "scale", "tags", "color", "description", "author"])

/** Facts of a clip's metadata that have no place of their own on its page: those that are one word, number or yes. */
export const moreMetadata = (metadata: Record<string, unknown>): [string, string][] =>
  Object.entries(metadata).flatMap(([key, value]): [string, string][] => {
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    return isPlain && !shown.has(key) && value !== "" ? [[key, String(value)]] : []
  })
