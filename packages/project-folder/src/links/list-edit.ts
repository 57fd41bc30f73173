import { linesAround } from "../lines-around.ts"
import type { Span } from "../markdown/node.ts"
import type { TextEdit } from "../text-edit.ts"
import type { ItemSite, ListSite } from "./list-site.ts"

/** The lines of a list item without its marker and indentation. */
export type ItemText = readonly string[]

export type ItemChange = { fate: "keep" | "remove" | ItemText; before: ItemText[]; after: ItemText[] }

export const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/)

const widthOf = ({ bullet, delimiter, padding }: ItemSite): number => bullet.length + delimiter.length + padding.length

/** How many spaces a line begins with, at most so many. */
function spacesOf(line: string, most: number): number {
  let count = 0
  while (count < most && line[count] === " ") count++
  return count
}

/** What an item says, so that it can be said at another place. */
export function textOfItem(text: string, item: ItemSite): ItemText {
  const [first = "", ...rest] = linesOf(text.slice(item.start, item.end))
  const width = widthOf(item)
  const body = rest.map((line) => (line.startsWith(item.prefix) ? line.slice(item.prefix.length) : line.trimStart()))
  return [first.slice(item.prefix.length + widthOf(item)), ...body.map((line) => line.slice(spacesOf(line, width)))]
}

/** Prints an item's text behind a marker, its further lines indented below. */
export function printItem(itemText: ItemText, marker: string, prefix: string): string[] {
  const [first = "", ...rest] = itemText
  const indent = prefix + " ".repeat(marker.length)
  return [prefix + marker + first, ...rest.map((line) => (line === "" ? prefix.trimEnd() : indent + line))]
}

const blankLines = /(?:[ \t]*(?:\r\n|\n|\r(?!\n)))*/y

const blankRest = /\s*$/y

/** Whether nothing but white space follows. */
function isBlankFrom(text: string, from: number): boolean {
  blankRest.lastIndex = from
  return blankRest.test(text)
}

/** Offset where the line after this line's end begins. */
const nextLine = (text: string, end: number): number =>
  text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length)

/** Offset behind the blank lines that begin here. */
function skipBlankLines(text: string, from: number): number {
  blankLines.lastIndex = from
  return from + (blankLines.exec(text)?.[0].length ?? 0)
}

/** Whether the line below this line's end is blank or missing. */
export function isBlankBelow(text: string, end: number): boolean {
  const next = nextLine(text, end)
  return skipBlankLines(text, next) > next || isBlankFrom(text, next)
}

/** Whole lines to take out; `separator` goes where texts would touch that did not before. */
export type Cut = Span & { separator: string }

function cutLines(text: string, { start, end, separator }: Cut): TextEdit {
  const above = text.slice(0, start).trimEnd().length
  const next = nextLine(text, end)
  if (isBlankFrom(text, next)) {
    return above === 0
      ? { start, end: next, text: "" }
      : { start: linesAround(text, { start: above, end: above }).end, end, text: "" }
  }
  const isBlankAbove = above === 0 || linesOf(text.slice(above, start)).length > 2
  if (isBlankBelow(text, end)) return { start, end: isBlankAbove ? skipBlankLines(text, next) : next, text: "" }
  return { start, end: next, text: isBlankAbove ? "" : separator }
}

/** Takes lines out with the blank lines left over; what stands together goes together, or both would take those between. */
export function cutEdits(text: string, cuts: readonly Cut[]): TextEdit[] {
  const joined: Cut[] = []
  for (const cut of [...cuts].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last && text.slice(last.end, cut.start).trim() === "") {
      last.end = Math.max(last.end, cut.end)
      last.separator ||= cut.separator
    } else joined.push({ ...cut })
  }
  return joined.map((cut) => cutLines(text, cut))
}

/** How much the numbers of an ordered list grow from item to item; undefined where they follow no rule. */
function stepOf(list: ListSite): number | undefined {
  const numbers = list.items.map(({ bullet }) => Number(bullet))
  const first = numbers[0] ?? 1
  if (numbers.every((number, index) => number === first + index)) return 1
  return numbers.every((number) => number === first) ? 0 : undefined
}

type ListEdit = {
  text: string
  list: ListSite
  changes: ReadonlyMap<ItemSite, ItemChange>
  lineEnding: string
  /** Whether an item may be rewritten as a whole, because no other edit falls into it. */
  isWhole: (item: ItemSite) => boolean
}

/** Edits that put items into a list, change others, and number those that follow. */
export function listEdits({ text, list, changes, lineEnding, isWhole }: ListEdit): TextEdit[] {
  const [first, second] = list.items
  const between = first && second ? text.slice(first.end, second.start) : lineEnding
  const step = list.ordered ? stepOf(list) : undefined
  const edits: TextEdit[] = []
  let number = Number(first?.bullet)
  const numbered = (own: number): number => {
    const given = step === undefined ? own : number
    number += step ?? 0
    return given
  }
  const print = (item: ItemSite, itemText: ItemText, own: number): string => {
    const bullet = list.ordered ? String(numbered(own)) : item.bullet
    return printItem(itemText, bullet + item.delimiter + item.padding, item.prefix).join(lineEnding)
  }
  for (const item of list.items) {
    const own = Number(item.bullet)
    const { fate, before, after } = changes.get(item) ?? { fate: "keep", before: [], after: [] }
    for (const itemText of before)
      edits.push({ start: item.start, end: item.start, text: print(item, itemText, own) + between })
    if (typeof fate !== "string") edits.push({ start: item.start, end: item.end, text: print(item, fate, own) })
    else if (fate === "keep") edits.push(...renumberEdits(text, item, { from: own, to: numbered(own), isWhole }))
    for (const itemText of after)
      edits.push({ start: item.end, end: item.end, text: between + print(item, itemText, own + 1) })
  }
  return edits
}

/** The runs of items that go. */
export function removedItems(
  { items }: ListSite,
  { changes, lineEnding }: Pick<ListEdit, "changes" | "lineEnding">,
): Cut[] {
  const gone = items.filter((item) => changes.get(item)?.fate === "remove")
  const isNested = gone.some(({ prefix }) => prefix !== "")
  const separator = gone.length === items.length && !isNested ? lineEnding : ""
  const cuts: (Cut & { last: number })[] = []
  for (const { start, end, index } of gone) {
    const run = cuts.at(-1)
    if (run?.last === index - 1) Object.assign(run, { end, last: index })
    else cuts.push({ start, end, separator, last: index })
  }
  return cuts
}

type Renumber = { from: number; to: number; isWhole: (item: ItemSite) => boolean }

function renumberEdits(text: string, item: ItemSite, { from, to, isWhole }: Renumber): TextEdit[] {
  if (from === to || Number.isNaN(from)) return []
  const start = item.start + item.prefix.length
  const bullet = String(to)
  if (bullet.length === item.bullet.length) return [{ start, end: start + bullet.length, text: bullet }]
  const itemText = textOfItem(text, item)
  if (itemText.length === 1) return [{ start, end: start + item.bullet.length, text: bullet }]
  // A wider number moves the text of the item, and with it every line below.
  if (!isWhole(item)) return []
  const lines = printItem(itemText, bullet + item.delimiter + item.padding, item.prefix)
  const lineEnding = /\r\n|\r|\n/.exec(text.slice(item.start))?.[0] ?? "\n"
  return [{ start: item.start, end: item.end, text: lines.join(lineEnding) }]
}
