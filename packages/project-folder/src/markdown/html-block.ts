import { skipBlanks } from "./character.ts"
import { TagReader } from "./tag-reader.ts"

const blockNames = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt " +
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link " +
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead " +
    "title tr track ul"
  ).split(" "),
)

/** What ends a block of HTML: a line that holds this, or a blank line. */
export type HtmlEnd = RegExp | "blank line"

const openings: [opening: RegExp, end: RegExp][] = [
  [/<(?:script|pre|style|textarea)(?=[\s>]|$)/iy, /<\/(?:script|pre|style|textarea)>/i],
  [/<!--/y, /-->/],
  [/<\?/y, /\?>/],
  [/<![a-z]/iy, />/],
  [/<!\[CDATA\[/y, /\]\]>/],
]
const namedTag = /<\/?([a-z][a-z\d-]*)(?=[\s>]|\/>|$)/iy

const isHere = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at
  return pattern.test(text)
}

/**
 * What ends the block of HTML that begins with the sign `<` at this offset of a line; undefined where none begins. A tag
 * of any name, alone on its line, begins one only where it interrupts no paragraph.
 */
export function htmlBlockAt(text: string, at: number, line: { end: number; interrupts: boolean }): HtmlEnd | undefined {
  for (const [opening, end] of openings) if (isHere(opening, text, at)) return end
  namedTag.lastIndex = at
  const name = namedTag.exec(text)?.[1]?.toLowerCase()
  if (name !== undefined && blockNames.has(name)) return "blank line"
  if (line.interrupts) return undefined
  const tagEnd = new TagReader(text, line.end).tagEnd(at)
  return tagEnd !== undefined && skipBlanks(text, tagEnd, line.end) === line.end ? "blank line" : undefined
}
