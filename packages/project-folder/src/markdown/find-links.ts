import { finish, type Steps } from "../steps.ts"
import type { Block, Heading, Inline, Link, List, ListItem, Paragraph, Root } from "./node.ts"
import { parseMarkdown } from "./parse-markdown.ts"

/** A link of a text and the blocks that hold it. */
export type FoundLink = {
  node: Link
  holder: Paragraph | Heading
  /** Whether it stands in its paragraph itself, and not in emphasis or another link there. */
  isDirect: boolean
  /** The block of the document that it lies in. */
  top: Block
  /** The list items that it lies in, the outermost first. */
  items: readonly PlacedItem[]
}

export type PlacedItem = { item: ListItem; list: List }

/** Blocks and links that are looked at in one step. */
const foundPerStep = 4096

type Holder = Omit<FoundLink, "node" | "isDirect">

/** The paragraphs and headings below a block in their order; blocks nest at most some 64 deep. */
function* holdersOf(block: Block, top: Block, items: readonly PlacedItem[]): Generator<Holder> {
  if (block.type === "paragraph" || block.type === "heading") yield { holder: block, top, items }
  else if (block.type === "blockquote") for (const child of block.children) yield* holdersOf(child, top, items)
  else if (block.type === "list") {
    for (const item of block.children) {
      const within = item.children.length === 0 ? items : [...items, { item, list: block }]
      for (const child of item.children) yield* holdersOf(child, top, within)
    }
  }
}

/** The links among nodes in their order; no depth is too deep. */
function* linksAmong(nodes: readonly Inline[]): Generator<{ node: Link; isDirect: boolean }> {
  const open: { nodes: readonly Inline[]; next: number }[] = [{ nodes, next: 0 }]
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const node = level.nodes[level.next++]
    if (!node) {
      open.pop()
      continue
    }
    if (node.type === "link") yield { node, isDirect: open.length === 1 }
    if ("children" in node) open.push({ nodes: node.children, next: 0 })
  }
}

/** Every link of a text in its order. */
export function* findingLinks(root: Root): Steps<FoundLink[]> {
  const found: FoundLink[] = []
  let seen = 0
  for (const top of root.children) {
    for (const { holder, items } of holdersOf(top, top, [])) {
      if (++seen % foundPerStep === 0) yield
      for (const { node, isDirect } of linksAmong(holder.children)) {
        found.push({ node, isDirect, holder, top, items })
        if (++seen % foundPerStep === 0) yield
      }
    }
  }
  return found
}

/** Where the links of a markdown text lead, in its order, repeated ones as often as they stand there. */
export const linksOf = (text: string): string[] => finish(findingLinks(parseMarkdown(text))).map(({ node }) => node.url)
