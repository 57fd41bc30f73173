/** A text that is being written and not stored yet. */
export interface Draft {
  text: string
  /** The text that it was begun on, and the moment of that one's last change. */
  base: string
  updatedAt: string
  /** When it was last written at, in milliseconds since 1970. */
  at: number
}

const keyOf = (name: string) => `strudel-agent/draft/${name}`

const isDraft = (value: unknown): value is Draft => {
  if (typeof value !== "object" || value === null) return false
  const has = (field: string, type: string) => typeof Reflect.get(value, field) === type
  return has("text", "string") && has("base", "string") && has("updatedAt", "string") && has("at", "number")
}

/** Keeps a draft in this browser, so that it outlives a crash and a lost connection. False where the browser refuses. */
export function keepDraft(name: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function readDraft(name: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null")
    return isDraft(draft) ? draft : undefined
  } catch {
    return undefined
  }
}

export function dropDraft(name: string): void {
  try {
    localStorage.removeItem(keyOf(name))
  } catch {
    // A browser that keeps nothing has nothing to let go of.
  }
}
