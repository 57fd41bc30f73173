import { finish, type Steps } from "../steps.ts"
import { scanBlocks } from "./block-scanner.ts"
import { scanInlines } from "./inline-scanner.ts"
import { JoinedText } from "./joined-text.ts"
import type { Root } from "./node.ts"

/** Characters of short paragraphs and headings that are read in one step; a long one takes steps of its own. */
const stepLength = 16_384

/**
 * Reads markdown as CommonMark 0.31.2 has it, in time in proportion to its length: blocks first, then the texts of
 * paragraphs and headings. Offsets are those of `text`, which begins without a byte order mark.
 */
export function* parsingMarkdown(text: string): Steps<Root> {
  const { root, definitions, unread } = yield* scanBlocks(text)
  let read = 0
  for (const { node, stretches } of unread) {
    node.children = yield* scanInlines(new JoinedText(text, stretches), definitions)
    read += node.end - node.start
    if (read < stepLength) continue
    read = 0
    yield
  }
  return root
}

/** As parsingMarkdown, in one go. */
export const parseMarkdown = (text: string): Root => finish(parsingMarkdown(text))
