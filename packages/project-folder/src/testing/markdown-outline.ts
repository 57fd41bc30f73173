import type { Definition, Nodes, Root as PeerRoot } from "mdast"
import type { Block, Inline, ListItem, Root } from "../markdown/node.ts"

/** What two readers of markdown are compared by; a part that is undefined in one is no part of the other either. */
export type Outline = {
  type: string
  start?: number | undefined
  end?: number | undefined
  says?: string | undefined
  children: Outline[]
}

const inOneLine = (text: string): string => text.replace(/\s+/g, " ").trim()
const unixLines = (text: string): string => text.replace(/\r\n?/g, "\n")

/**
 * The end of a block without blanks, which the two count differently behind code that is not closed, and without lines that
 * hold signs of quotes alone: the peer gives the last line of a text to quotes that ended above it where no line ending follows.
 */
const endOfWords = (text: string, end: number): number =>
  text
    .slice(0, end)
    .replace(/(?:[\r\n][ \t>]*)+$/, "")
    .trimEnd().length

/** Where a block begins that both readers say alike: the peer begins a heading below definitions with these. */
const startOfBlock = (text: string, type: string, start: number): number | undefined =>
  type === "heading" && !/^#{1,6}(?:[ \t\r\n]|$)/.test(text.slice(start, start + 7)) ? undefined : start

/** Children without blocks of code behind another one: the peer makes two of one that is indented by tabs and spaces. */
const withoutRepeatedCode = (children: Outline[]): Outline[] =>
  children.filter(({ type }, index) => type !== "code" || children[index - 1]?.type !== "code")

const containers = new Set(["heading", "paragraph", "list", "listItem", "blockquote"])

export function outlineOf(text: string, node: Root | Block | ListItem | Inline): Outline {
  const children = "children" in node ? withoutRepeatedCode(node.children.map((child) => outlineOf(text, child))) : []
  const { type, start, end } = node
  if (type === "root" || type === "break" || type === "code" || type === "html") return { type, children }
  if (type === "inlineHtml") return { type: "html", children }
  if (type === "inlineCode") return { type, start, end, says: inOneLine(node.value), children }
  if (type === "text") return { type, start, end, says: node.value, children }
  if (type === "link") return { type, start, end, says: node.url, children }
  if (type === "image") return { type, start, end, says: inOneLine(node.alt), children }
  if (type === "definition") return { type, start, end, says: `${node.label.toLowerCase()} ${node.url}`, children }
  if (!containers.has(type)) return { type, start, end, children }
  const says = type === "heading" ? String(node.depth) : type === "list" ? String(node.ordered) : undefined
  return { type, start: startOfBlock(text, type, start), end: endOfWords(text, end), says, children }
}

const offsetsOf = ({ position }: Nodes) => ({ start: position?.start.offset ?? -1, end: position?.end.offset ?? -1 })

function definitionsOf(node: Nodes, found = new Map<string, Definition>()): Map<string, Definition> {
  if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node)
  if ("children" in node) for (const child of node.children) definitionsOf(child, found)
  return found
}

function peerOutline(text: string, node: Nodes, definitions: ReadonlyMap<string, Definition>): Outline {
  const children =
    "children" in node ? withoutRepeatedCode(node.children.map((child) => peerOutline(text, child, definitions))) : []
  const { type } = node
  const { start, end } = offsetsOf(node)
  if (type === "root" || type === "break" || type === "code" || type === "html") return { type, children }
  if (type === "inlineCode") return { type, start, end, says: inOneLine(node.value), children }
  if (type === "text") {
    // The peer counts the signs of a quote in where they follow a carriage return.
    const said = text.slice(start, end).replace(/\r[ \t>]*$/, "\r")
    return { type, start, end: start + said.length, says: unixLines(node.value), children }
  }
  if (type === "link") return { type, start, end, says: node.url, children }
  if (type === "linkReference") {
    return { type: "link", start, end, says: definitions.get(node.identifier)?.url, children }
  }
  if (type === "image" || type === "imageReference") {
    return { type: "image", start, end, says: inOneLine(node.alt ?? ""), children }
  }
  if (type === "definition") return { type, start, end, says: `${node.identifier} ${node.url}`, children }
  if (!containers.has(type)) return { type, start, end, children }
  const says = type === "heading" ? String(node.depth) : type === "list" ? String(node.ordered === true) : undefined
  return { type, start: startOfBlock(text, type, start), end: endOfWords(text, end), says, children }
}

export const outlineOfPeer = (text: string, root: PeerRoot): Outline => peerOutline(text, root, definitionsOf(root))

/** Whether the peer ends a list, an item or a quote behind the beginning of the next, as it does behind open code. */
export function overlaps(node: Nodes): boolean {
  if (!("children" in node)) return false
  return node.children.some((child, index) => {
    const next = node.children[index + 1]
    return (
      overlaps(child) ||
      (next !== undefined && containers.has(child.type) && offsetsOf(child).end > offsetsOf(next).start)
    )
  })
}
