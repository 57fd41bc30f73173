import { skipBlanks } from "./character.ts"
import { destinationAt, labelAt, skipSpace, TitleReader } from "./link-part.ts"

/** The definition of what a label leads to, as the first lines of a paragraph have it. */
export type FoundDefinition = { label: string; url: string; end: number }

/** The end of the line that an offset lies on, where only blanks come before it. */
function lineEnd(text: string, at: number): number | undefined {
  const end = skipBlanks(text, at)
  return end === text.length || text.startsWith("\n", end) ? end : undefined
}

/** The definition that begins at this offset of a paragraph, up to the end of its last line. */
export function definitionAt(text: string, at: number): FoundDefinition | undefined {
  const label = labelAt(text, at)
  if (!label || !text.startsWith(":", label.end)) return undefined
  const url = destinationAt(text, skipSpace(text, label.end + 1), Number.POSITIVE_INFINITY)
  if (!url) return undefined
  const title = skipSpace(text, url.end)
  const titleEnd = title === url.end ? undefined : new TitleReader(text).titleEnd(title)
  const end = (titleEnd !== undefined ? lineEnd(text, titleEnd) : undefined) ?? lineEnd(text, url.end)
  return end === undefined ? undefined : { label: label.value, url: url.value, end }
}
