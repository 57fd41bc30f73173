import { commonOrder } from "../common-order.ts"
import { linesAround } from "../lines-around.ts"
import type { Span } from "../markdown/node.ts"
import { applyEdits, type TextEdit } from "../text-edit.ts"
import type { LinkSite } from "./link-site.ts"
import {
  type Cut,
  cutEdits,
  type ItemChange,
  type ItemText,
  isBlankBelow,
  listEdits,
  printItem,
  removedItems,
  textOfItem,
} from "./list-edit.ts"
import type { ItemSite, ListSite } from "./list-site.ts"

/** Links that lead somewhere, in the order of the text, and what they are to lead to. */
export type LinkGroup = {
  sites: readonly LinkSite[]
  ids: readonly string[]
  /** The heading below which the group stands. */
  heading?: Span | undefined
}

type Patch = {
  text: string
  /** In the order of the text; links come and go within their group. */
  groups: readonly LinkGroup[]
  /** The source of a link to an item. */
  printLink: (id: string) => string
  lineEnding: string
}

type LinkUnit = NonNullable<LinkSite["unit"]>
type Gap = {
  before: LinkSite | undefined
  after: LinkSite | undefined
  removed: LinkSite[]
  added: string[]
  heading: Span | undefined
}

/** What stands between each two links that stay: links that go, and ids that come. */
function gapsOf({ sites, ids, heading }: LinkGroup): Gap[] {
  const kept = commonOrder(
    sites.map(({ id }) => id ?? ""),
    ids,
  )
  const gaps: Gap[] = []
  let site = 0
  let id = 0
  let before: LinkSite | undefined
  for (const [nextSite, nextId] of [...kept, [sites.length, ids.length] as const]) {
    const after = sites[nextSite]
    gaps.push({ before, after, removed: sites.slice(site, nextSite), added: ids.slice(id, nextId), heading })
    before = after
    site = nextSite + 1
    id = nextId + 1
  }
  return gaps
}

class LinkPatcher {
  readonly #patch: Patch
  readonly #edits: TextEdit[] = []
  readonly #cuts: Cut[] = []
  readonly #changes = new Map<ListSite, Map<ItemSite, ItemChange>>()
  /** What removed items say, to be said again where the same id comes back. */
  readonly #moved = new Map<string, { texts: ItemText[]; next: number }>()

  constructor(patch: Patch) {
    this.#patch = patch
  }

  apply(): string {
    const { text, groups, lineEnding } = this.#patch
    const gaps = groups.flatMap(gapsOf)
    for (const { id, unit } of gaps.flatMap(({ removed }) => removed)) {
      if (id === undefined || !unit) continue
      const texts =
        unit.kind === "item" ? textOfItem(text, unit.item) : [text.slice(unit.span.start, unit.span.end).trim()]
      const moved = this.#moved.get(id)
      if (moved) moved.texts.push(texts)
      else this.#moved.set(id, { texts: [texts], next: 0 })
    }
    for (const gap of gaps) this.#fill(gap)
    const sites = groups.flatMap((group) => group.sites)
    const whole = new Set(sites.flatMap(({ unit }) => (unit?.kind === "item" ? [unit.item] : [])))
    for (const [list, changes] of this.#changes) {
      for (const edit of listEdits({ text, list, changes, lineEnding, isWhole: (item) => whole.has(item) }))
        this.#edits.push(edit)
      for (const cut of removedItems(list, { changes, lineEnding })) this.#cuts.push(cut)
    }
    return applyEdits(text, [...this.#edits, ...cutEdits(text, this.#cuts)])
  }

  #say(id: string): ItemText {
    const moved = this.#moved.get(id)
    return moved?.texts[moved.next++] ?? [this.#patch.printLink(id)]
  }

  #change(item: ItemSite): ItemChange {
    const changes = this.#changes.get(item.list) ?? new Map<ItemSite, ItemChange>()
    this.#changes.set(item.list, changes)
    const change = changes.get(item) ?? { fate: "keep", before: [], after: [] }
    changes.set(item, change)
    return change
  }

  #insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text })
  }

  #bullets(texts: readonly ItemText[]): string {
    return texts.flatMap((each) => printItem(each, "- ", "")).join(this.#patch.lineEnding)
  }

  #asLine(texts: ItemText): string {
    return texts.length === 1 ? texts.join("") : this.#bullets([texts])
  }

  #fill({ before, after, removed, added, heading }: Gap): void {
    const { text, lineEnding } = this.#patch
    const texts = added.map((id) => this.#say(id))
    let anchor = before?.unit
    let replaced = 0
    for (const site of removed) {
      if (!site.unit) {
        this.#edits.push({ start: site.start, end: site.end, text: site.label })
        continue
      }
      const next = texts[replaced]
      if (site.unit.kind === "item") this.#change(site.unit.item).fate = next ?? "remove"
      else if (next) this.#edits.push({ ...site.unit.span, text: this.#asLine(next) })
      else this.#cuts.push({ ...site.unit.span, separator: "" })
      if (!next) continue
      anchor = site.unit
      replaced++
    }
    const rest = texts.slice(replaced)
    if (rest.length === 0) return
    if (anchor) this.#putAfter(anchor, rest)
    else if (after?.unit) this.#putBefore(after.unit, rest)
    else if (before) this.#putBehind(before, after, rest)
    else if (after?.item) this.#change(after.item).before.push(...rest)
    else if (after) this.#insert(linesAround(text, after.block).start, this.#bullets(rest) + lineEnding + lineEnding)
    else if (heading) this.#putBelow(heading, rest)
    else this.#append(rest)
  }

  #putAfter(unit: LinkUnit, texts: ItemText[]): void {
    if (unit.kind === "item") this.#change(unit.item).after.push(...texts)
    else for (const each of texts) this.#insert(unit.span.end, this.#patch.lineEnding + this.#asLine(each))
  }

  #putBefore(unit: LinkUnit, texts: ItemText[]): void {
    if (unit.kind === "item") this.#change(unit.item).before.push(...texts)
    else for (const each of texts) this.#insert(unit.span.start, this.#asLine(each) + this.#patch.lineEnding)
  }

  /** Puts items behind a link that stands in running text: as list items below, or beside it where the next link is near. */
  #putBehind(before: LinkSite, after: LinkSite | undefined, texts: ItemText[]): void {
    if (before.item && (!after || after.start >= before.item.end)) {
      this.#change(before.item).after.push(...texts)
    } else if (after && after.block.start === before.block.start) {
      this.#insert(before.end, texts.map((each) => ` ${each.join(" ")}`).join(""))
    } else {
      this.#putBelow(before.block, texts)
    }
  }

  /** Puts a list of items below a block. */
  #putBelow(block: Span, texts: ItemText[]): void {
    const { text, lineEnding } = this.#patch
    const { end } = linesAround(text, block)
    this.#insert(end, lineEnding + lineEnding + this.#bullets(texts) + (isBlankBelow(text, end) ? "" : lineEnding))
  }

  #append(texts: ItemText[]): void {
    const { text, lineEnding } = this.#patch
    const end = text.trimEnd().length
    this.#insert(end, (end === 0 ? "" : lineEnding + lineEnding) + this.#bullets(texts))
  }
}

/**
 * Changes the links of a markdown text so that those of each group lead to its `ids` in this order: list items are put in,
 * taken out and moved; a link in running text that goes leaves its label. Throws RangeError where the changes would
 * overlap.
 */
export const patchLinks = (patch: Patch): string => new LinkPatcher(patch).apply()
