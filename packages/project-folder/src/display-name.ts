import { withoutEnding } from "./code-file.ts"
import { storableCharacters } from "./storable-text.ts"

/** Longest name that the library stores, in UTF-16 units. */
export const maxNameLength = 200

/** A value as a name of the library, trimmed; undefined where it cannot be one. */
export function usableName(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined
  const name = storableCharacters(value).trim()
  return name.length > 0 && name.length <= maxNameLength ? name : undefined
}

/** The name that a file or folder gives to its content where the content names nothing. */
export function nameFromFile(fileName: string): string {
  const last = fileName.split("/").at(-1) ?? ""
  const stem = storableCharacters(withoutEnding(last)).trim()
  const cut = stem
    .slice(0, maxNameLength)
    .replace(/\p{Surrogate}$/u, "")
    .trim()
  return cut || "untitled"
}
