import type { Heading, Node, Root, RootContent } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"

export type Span = { start: number; end: number }

/** Parses markdown that has no byte order mark, so that positions are offsets into the text. */
export const parseMarkdown = (text: string): Root => fromMarkdown(text)

/** Where a parsed node lies in its text. */
export function spanOf(node: Node): Span {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) throw new TypeError(`A ${node.type} without a position was not parsed`)
  return { start, end }
}

const endsLine = (character: string): boolean => character === "\n" || character === "\r"

/** The whole lines that a span touches, without the last line's ending. */
export function linesAround(text: string, { start, end }: Span): Span {
  let from = start
  while (from > 0 && !endsLine(text.charAt(from - 1))) from--
  let to = end
  while (to < text.length && !endsLine(text.charAt(to))) to++
  return { start: from, end: to }
}

/** Every node below the root in the order of the text, with its ancestors from the root down; no depth is too deep. */
export function* walk(root: Root): Generator<{ node: RootContent; ancestors: readonly RootContent[] }> {
  type Level = { nodes: readonly RootContent[]; next: number }
  const path: RootContent[] = []
  const levels: Level[] = [{ nodes: root.children, next: 0 }]
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const node = level.nodes[level.next++]
    if (!node) {
      levels.pop()
      path.pop()
      continue
    }
    yield { node, ancestors: path }
    if ("children" in node) {
      levels.push({ nodes: node.children, next: 0 })
      path.push(node)
    }
  }
}

/** What a heading says, without its markup. */
export function textOfHeading(heading: Heading): string {
  let text = ""
  for (const { node } of walk({ type: "root", children: [heading] })) {
    if (node.type === "text" || node.type === "inlineCode") text += node.value
    else if (node.type === "image" || node.type === "imageReference") text += node.alt ?? ""
  }
  return text
}
