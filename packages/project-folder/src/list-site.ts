import type { List, ListItem, Root, RootContent } from "mdast"
import { linesAround, type Span, spanOf, walk } from "./markdown-tree.ts"

/** A list whose items each begin a line, so that lines can be put in and taken out. */
export type ListSite = { items: ItemSite[]; ordered: boolean }

/** A list item as whole lines, without the last line's ending. */
export type ItemSite = Span & {
  list: ListSite
  index: number
  /** What stands before the marker on its line: spaces and quote signs. */
  prefix: string
  /** `-`, `*`, `+`, or the digits of a number. */
  bullet: string
  /** `.` or `)` behind a number. */
  delimiter: string
  padding: string
}

const marker = /^(?:([-+*])|(\d{1,9})([.)]))([ \t]*)/

function itemSiteOf(text: string, item: ListItem): Omit<ItemSite, "list" | "index"> | undefined {
  const span = spanOf(item)
  const { start, end } = linesAround(text, span)
  const prefix = text.slice(start, span.start)
  const found = marker.exec(text.slice(span.start, end))
  if (!found || !/^[ \t>]*$/.test(prefix)) return undefined
  const [, sign, number, delimiter = "", padding = ""] = found
  return { start, end, prefix, bullet: sign ?? number ?? "-", delimiter, padding: padding || " " }
}

function listSiteOf(text: string, list: List): ListSite | undefined {
  const site: ListSite = { items: [], ordered: list.ordered === true }
  for (const item of list.children) {
    const found = itemSiteOf(text, item)
    if (!found) return undefined
    site.items.push({ ...found, list: site, index: site.items.length })
  }
  return site
}

/** Every list item that stands in whole lines of its own. */
export function listSitesOf(text: string, root: Root): Map<RootContent, ItemSite> {
  const sites = new Map<RootContent, ItemSite>()
  for (const { node } of walk(root)) {
    if (node.type !== "list") continue
    const site = listSiteOf(text, node)
    node.children.forEach((item, index) => {
      const found = site?.items[index]
      if (found) sites.set(item, found)
    })
  }
  return sites
}
