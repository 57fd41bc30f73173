import type { Nodes } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { type Item, itemOfLink, type LinkBase } from "../markdown/item-link.ts"

function urlsOf(node: Nodes): string[] {
  const own = node.type === "link" || node.type === "definition" ? [node.url] : []
  return "children" in node ? [...own, ...node.children.flatMap((child) => urlsOf(child))] : own
}

/** The items that a text links to, in its order, repeated ones as often as they stand there. */
export const itemsOfText = (text: string, base: LinkBase): Item[] =>
  urlsOf(fromMarkdown(text)).flatMap((url) => itemOfLink(url, base) ?? [])
