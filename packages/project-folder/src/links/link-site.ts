import { LineCounter } from "../lines-around.ts"
import { type FoundLink, findingLinks } from "../markdown/find-links.ts"
import type { Block, Link, ListItem, Root, Span } from "../markdown/node.ts"
import type { Steps } from "../steps.ts"
import { type LinkKind, type LinkTarget, targetsOf } from "./link-target.ts"
import { type ItemSite, ListSites } from "./list-site.ts"

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

function labelOf(text: string, { children }: Link): string {
  const first = children[0]
  const last = children.at(-1)
  return first && last ? text.slice(first.start, last.end) : ""
}

/** Whether a list item begins with the link, at most behind a check box or in emphasis of its own. */
function opensItem(item: ListItem, { node, holder }: FoundLink): boolean {
  if (holder.type !== "paragraph" || item.children[0] !== holder) return false
  const [first, second] = holder.children
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

/** The paragraphs of the document that hold nothing but links. */
const linkParagraphsOf = (root: Root): Set<Block> =>
  new Set(
    root.children.filter(
      (block) =>
        block.type === "paragraph" &&
        block.children.every((child) => child.type === "link" || (child.type === "text" && child.value.trim() === "")),
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

/** Finds items by the addresses of links; each address is asked for once, however often it is linked to. */
export function itemFinder(kind: LinkKind, resolve: Resolve): (url: string) => { id: string | undefined } | undefined {
  const known = new Map<string, { id: string | undefined } | undefined>()
  return (url) => {
    if (known.has(url)) return known.get(url)
    const targets = targetsOf(url, kind)
    const found = targets && { id: targets.map(resolve).find((each) => each !== undefined) }
    known.set(url, found)
    return found
  }
}

/** Links that are looked at in one step. */
const linksPerStep = 2048

/** Finds the links of a kind in the order of the text. */
export function* findingLinkSites({
  text,
  root,
  kind,
  resolve,
}: {
  text: string
  root: Root
  kind: LinkKind
  resolve: Resolve
}): Steps<LinkSite[]> {
  const all = yield* findingLinks(root)
  const itemOf = itemFinder(kind, resolve)
  const lines = new LineCounter(text)
  const listSites = new ListSites(text)
  const linkParagraphs = linkParagraphsOf(root)
  const linksIn = new Map<ListItem, number>()
  for (const found of all) for (const { item } of found.items) linksIn.set(item, (linksIn.get(item) ?? 0) + 1)

  const sites: LinkSite[] = []
  for (const [index, found] of all.entries()) {
    if (index % linksPerStep === linksPerStep - 1) yield
    const { node, top, isDirect } = found
    const { start, end, url } = node
    const linked = itemOf(url)
    if (!linked) continue
    const placed = found.items.at(-1)
    const item = placed && (yield* listSites.siteOf(placed))
    const owns = placed !== undefined && linksIn.get(placed.item) === 1 && opensItem(placed.item, found)
    const ownLine = isDirect && linkParagraphs.has(top) ? lineOf(text, node) : undefined
    const unit: LinkSite["unit"] =
      owns && item && !hasLazyLine(text, item) ? { kind: "item", item } : ownLine && { kind: "line", span: ownLine }
    const block = { start: top.start, end: top.end }
    sites.push({
      start,
      end,
      id: linked.id,
      url,
      label: labelOf(text, node),
      line: lines.lineAt(start),
      block,
      item,
      unit,
    })
  }
  return sites
}
