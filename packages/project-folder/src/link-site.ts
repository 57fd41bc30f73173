import type { ListItem, PhrasingContent, Root, RootContent } from "mdast"
import { type LinkKind, type LinkTarget, targetsOf } from "./link-target.ts"
import { type ItemSite, listSitesOf } from "./list-site.ts"
import { type Span, spanOf, walk } from "./markdown-tree.ts"

/** Says which item a link means; undefined where there is none. */
export type Resolve = (target: LinkTarget) => string | undefined

/** A link of the counted kind. `id` is undefined where it leads to nothing. */
export type LinkSite = Span & {
  id: string | undefined
  url: string
  /** The source of what the link shows. */
  label: string
  /** One-based. */
  line: number
  /** The block of the document that holds the link. */
  block: Span
  /** The innermost list item that holds the link, where lines can be put beside it. */
  item: ItemSite | undefined
  /** What goes when the link goes: its list item, or its line where it stands there alone. */
  unit: { kind: "item"; item: ItemSite } | { kind: "line"; span: Span } | undefined
}

type LinkNode = Extract<RootContent, { type: "link" | "linkReference" }>
type Found = { node: LinkNode; url: string; ancestors: RootContent[] }

function findLinks(root: Root): Found[] {
  const found: Found[] = []
  const definitions = new Map<string, string>()
  for (const { node, ancestors } of walk(root)) {
    if (node.type === "link") found.push({ node, url: node.url, ancestors: [...ancestors] })
    else if (node.type === "linkReference") found.push({ node, url: "", ancestors: [...ancestors] })
    else if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node.url)
  }
  return found.map(({ node, url, ancestors }) => ({
    node,
    url: node.type === "link" ? url : (definitions.get(node.identifier) ?? ""),
    ancestors,
  }))
}

function labelOf(text: string, children: readonly PhrasingContent[]): string {
  const first = children[0]
  const last = children.at(-1)
  return first && last ? text.slice(spanOf(first).start, spanOf(last).end) : ""
}

/** Whether a list item begins with the link, at most behind a check box or in emphasis of its own. */
function opensItem(item: ListItem, { node, ancestors }: Found): boolean {
  const paragraph = item.children[0]
  if (paragraph?.type !== "paragraph" || !ancestors.includes(paragraph)) return false
  const [first, second] = paragraph.children
  const opening = first?.type === "text" && /^\[[ xX]\]\s+$/.test(first.value) ? second : first
  if (opening === node) return true
  return (opening?.type === "strong" || opening?.type === "emphasis") && opening.children[0] === node
}

/** Whether a line that belongs to an item is not indented, so that it reads as text of its own. */
const hasLazyLine = (text: string, { start, end, prefix }: ItemSite): boolean =>
  text
    .slice(start, end)
    .split(/\r\n|\r|\n/)
    .slice(1)
    .some((line) => !/^[ \t]*$/.test(line) && !/^[ \t]/.test(line.slice(prefix.length)))

const isLink = ({ type }: RootContent): boolean => type === "link" || type === "linkReference"

/** The paragraphs of the document that hold nothing but links. */
const linkParagraphsOf = (root: Root): Set<RootContent> =>
  new Set(
    root.children.filter(
      (block) =>
        block.type === "paragraph" &&
        block.children.every((child) => isLink(child) || (child.type === "text" && child.value.trim() === "")),
    ),
  )

/** The line of a span that stands there alone. */
function lineOf(text: string, { start, end }: Span): Span | undefined {
  let from = start
  while (" \t".includes(text.charAt(from - 1)) && from > 0) from--
  let to = end
  while (" \t".includes(text.charAt(to)) && to < text.length) to++
  const isAlone =
    (from === 0 || "\r\n".includes(text.charAt(from - 1))) && (to === text.length || "\r\n".includes(text.charAt(to)))
  return isAlone ? { start: from, end: to } : undefined
}

/** Finds the links of a kind in the order of the text. */
export function findLinkSites({
  text,
  root,
  kind,
  resolve,
}: {
  text: string
  root: Root
  kind: LinkKind
  resolve: Resolve
}) {
  const all = findLinks(root)
  const items = listSitesOf(text, root)
  const linkParagraphs = linkParagraphsOf(root)
  const linksIn = new Map<RootContent, number>()
  for (const { ancestors } of all) for (const each of ancestors) linksIn.set(each, (linksIn.get(each) ?? 0) + 1)

  const sites: LinkSite[] = []
  for (const found of all) {
    const { node, url, ancestors } = found
    const targets = targetsOf(url, kind)
    const top = ancestors[0]
    if (!targets || !top) continue
    const id = targets.map(resolve).find((each) => each !== undefined)
    const span = spanOf(node)
    const listItem = ancestors.findLast((each) => each.type === "listItem")
    const item = listItem && items.get(listItem)
    const owns = listItem !== undefined && linksIn.get(listItem) === 1 && opensItem(listItem, found)
    const ownLine = ancestors.length === 1 && linkParagraphs.has(top) ? lineOf(text, span) : undefined
    const unit: LinkSite["unit"] =
      owns && item && !hasLazyLine(text, item) ? { kind: "item", item } : ownLine && { kind: "line", span: ownLine }
    const label = labelOf(text, node.children)
    sites.push({ ...span, id, url, label, line: node.position?.start.line ?? 0, block: spanOf(top), item, unit })
  }
  return sites
}
