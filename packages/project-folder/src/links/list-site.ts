import { linesAround } from "../lines-around.ts"
import type { PlacedItem } from "../markdown/find-links.ts"
import type { List, ListItem, Span } from "../markdown/node.ts"
import type { Steps } from "../steps.ts"

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

/** Blanks behind a marker beyond which they belong to what the item says, as they do where that begins a line below. */
const mostPadding = 4

/** Items that are looked at in one step. */
const itemsPerStep = 4096

function itemSiteOf(text: string, item: ListItem, list: ListSite): ItemSite | undefined {
  const { start, end } = linesAround(text, item)
  const prefix = text.slice(start, item.start)
  const found = marker.exec(text.slice(item.start, end))
  if (!found || !/^[ \t>]*$/.test(prefix)) return undefined
  const [, sign, number, delimiter = "", blanks = ""] = found
  const isAlone = item.start + found[0].length === end || /[\r\n]/.test(text.charAt(item.start + found[0].length))
  const padding = blanks.length > mostPadding || isAlone ? blanks.slice(0, 1) : blanks
  const bullet = sign ?? number ?? "-"
  return { start, end, prefix, bullet, delimiter, padding: padding || " ", list, index: list.items.length }
}

function* listSiteOf(text: string, list: List): Steps<ListSite | undefined> {
  const site: ListSite = { items: [], ordered: list.ordered }
  for (const item of list.children) {
    const found = itemSiteOf(text, item, site)
    if (!found) return undefined
    site.items.push(found)
    if (site.items.length % itemsPerStep === 0) yield
  }
  return site
}

/** Finds the list items of a text that stand in whole lines of their own; each list is looked at once. */
export class ListSites {
  readonly #text: string
  readonly #items = new Map<ListItem, ItemSite>()
  readonly #seen = new Set<List>()

  constructor(text: string) {
    this.#text = text
  }

  *siteOf({ item, list }: PlacedItem): Steps<ItemSite | undefined> {
    if (!this.#seen.has(list)) {
      this.#seen.add(list)
      const site = yield* listSiteOf(this.#text, list)
      for (const [index, each] of list.children.entries()) {
        const found = site?.items[index]
        if (found) this.#items.set(each, found)
        if (index % itemsPerStep === itemsPerStep - 1) yield
      }
    }
    return this.#items.get(item)
  }
}
