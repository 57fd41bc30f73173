import { isRecord } from "./shape.ts"

/** A draft as it is kept: with when it was typed, in milliseconds since 1970, and the page that wrote it. */
export type Kept<T> = T & { at: number; by: string }

/** The storage of a browser, and what of it is needed here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">

/** A browser may have no storage, no room in it, or something in it that nobody can read. */
function quietly<T>(run: () => T, otherwise: T): T {
  try {
    return run()
  } catch {
    return otherwise
  }
}

interface Options {
  /** Where a draft of the same may lie, too. */
  former?: string
  shelf?: () => Shelf
}

/** Where in the browser a draft is kept until it is saved; `read` answers undefined for what is no draft. */
export function draftPlace<T extends object>(
  name: string,
  read: (value: Record<string, unknown>) => T | undefined,
  { former, shelf = () => localStorage }: Options = {},
) {
  const key = `draft:${name}`

  function find(): Kept<T> | undefined {
    if (former !== undefined && shelf().getItem(key) === null) moveDraft(shelf(), former, key)
    const value: unknown = JSON.parse(shelf().getItem(key) ?? "null")
    const draft = isRecord(value) ? read(value) : undefined
    if (!isRecord(value) || !draft) return undefined
    const { at, by } = value
    return { ...draft, at: typeof at === "number" ? at : 0, by: typeof by === "string" ? by : "" }
  }

  return {
    key,
    /** The draft that is kept; undefined where there is none, or none that can be read. */
    read: () => quietly(find, undefined),
    /** Keeps a draft; false where the browser has no room or no storage. */
    keep: (draft: T, by: string): boolean =>
      quietly(() => {
        shelf().setItem(key, JSON.stringify({ ...draft, at: Date.now(), by }))
        return true
      }, false),
    /** Removes a draft; with pages told, only one that these wrote. */
    drop(...by: string[]): void {
      quietly(() => {
        if (by.length === 0 || by.includes(find()?.by ?? "")) shelf().removeItem(key)
      }, undefined)
    },
  }
}

export type DraftPlace<T extends object> = ReturnType<typeof draftPlace<T>>

/** Carries a draft to another key; it takes the place of one that lies there. */
export function moveDraft(shelf: Shelf, from: string, to: string): void {
  quietly(() => {
    const draft = shelf.getItem(from)
    if (draft === null || from === to) return
    // Removed first, since a full storage has no room for both.
    shelf.removeItem(from)
    shelf.setItem(to, draft)
  }, undefined)
}
