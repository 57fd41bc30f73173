import type { MarkdownIt, StateInline } from "markdown-it"

/** What may be a tag. It ends before the next one begins, so that no text is looked through twice. */
const bracketed = /<[a-z!?/][^<>]*>/iy
/** A tag with its attributes, a remark, and what else HTML sets between such brackets. */
const tag =
  /^<(?:\/?[a-z][a-z\d-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:[^\s"'=`]+|'[^']*'|"[^"]*"))?)*\s*\/?|!--.*--|\?.*\?|![a-z].*)>$/is

/** A tag stays the text that it is: what looks like a link or like emphasis in it is none. */
function plainTag(state: StateInline, silent: boolean): boolean {
  bracketed.lastIndex = state.pos
  const found = bracketed.exec(state.src)?.[0] ?? ""
  if (!tag.test(found) || state.pos + found.length > state.posMax) return false
  if (!silent) state.pending += found
  state.pos += found.length
  return true
}

/** Keeps raw HTML as text. */
export function plainHtml(parser: MarkdownIt): void {
  parser.inline.ruler.after("autolink", "plain_tag", plainTag)
}
