import type { Fence } from "./block-start.ts"
import type { HtmlEnd } from "./html-block.ts"
import type { List, ListItem, Opaque, Quote, Span } from "./node.ts"

export type OpenQuote = { type: "quote"; node: Quote }
/** `width`: columns by which lines of the item are indented. */
export type OpenItem = { type: "item"; node: ListItem; list: List; width: number }
export type OpenContainer = OpenQuote | OpenItem

/**
 * The block that the last line went into, and that the next may go on with. `stretches` is the text of a paragraph without
 * what stands between its lines; one stretch may hold several lines.
 */
export type OpenLeaf =
  | { type: "paragraph"; stretches: Span[] }
  | { type: "indented"; node: Opaque }
  | { type: "fenced"; node: Opaque; fence: Fence }
  | { type: "html"; node: Opaque; closing: HtmlEnd }
