import type { Steps } from "../steps.ts"
import { closesFence, headingAt, isThematicBreak, markerAt, openingFenceAt, underlineAt } from "./block-start.ts"
import { isBlankCode, skipBlanks } from "./character.ts"
import { definitionAt } from "./definition.ts"
import { htmlBlockAt } from "./html-block.ts"
import type { Definitions } from "./inline-scanner.ts"
import { JoinedText } from "./joined-text.ts"
import { LineCursor } from "./line-cursor.ts"
import type { Block, Heading, Inline, List, ListItem, Opaque, Paragraph, Quote, Root, Span } from "./node.ts"
import type { OpenContainer, OpenItem, OpenLeaf } from "./open-block.ts"

/** Lists and quotes within one another; what begins deeper is text. */
export const deepestNesting = 32

const codeIndent = 4

/** Characters that are read in one step. */
const stepLength = 16_384

/** What headings and paragraphs hold until their text is read. */
const unreadText: Inline[] = []

/** A heading or paragraph and the stretches of the source that its text is still to be read from. */
export type Unread = { node: Heading | Paragraph; stretches: Span[] }

export type Blocks = { root: Root; definitions: Definitions; unread: Unread[] }

/**
 * Finds the blocks of a text as "Block structure" of the CommonMark 0.31.2 specification and its appendix have it. Each line
 * is compared with the open lists and quotes, and may open more of them: both at most `deepestNesting`, so that all lines
 * together take time in proportion to the text.
 */
class BlockScanner {
  readonly #text: string
  readonly #cursor: LineCursor
  readonly #root: Root
  readonly #definitions = new Map<string, string>()
  readonly #unread: Unread[] = []
  readonly #open: OpenContainer[] = []
  #leaf: OpenLeaf | undefined

  constructor(text: string) {
    this.#text = text
    this.#cursor = new LineCursor(text)
    this.#root = { type: "root", start: 0, end: text.length, children: [] }
  }

  *scan(): Steps<Blocks> {
    const text = this.#text
    const endings = /\r\n|\r|\n/g
    let start = 0
    let paused = 0
    for (let found = endings.exec(text); found; found = endings.exec(text)) {
      this.#readLine(start, found.index)
      start = endings.lastIndex
      if (start - paused < stepLength) continue
      paused = start
      yield
    }
    this.#readLine(start, text.length)
    this.#close(0)
    return { root: this.#root, definitions: this.#definitions, unread: this.#unread }
  }

  #readLine(start: number, end: number): void {
    this.#cursor.reset(start, end)
    let matched = 0
    for (const container of this.#open) {
      if (!this.#goesOn(container, matched)) break
      matched++
    }
    const leaf = matched === this.#open.length ? this.#leaf : undefined
    if (leaf?.type === "fenced") this.#readFenced(leaf)
    else if (leaf?.type === "html") this.#readHtml(leaf)
    else this.#readBlocks(matched)
  }

  /** Whether the line belongs to an open container; reads what shows it. */
  #goesOn(container: OpenContainer, index: number): boolean {
    const cursor = this.#cursor
    if (container.type === "quote") {
      if (cursor.indent >= codeIndent || cursor.code !== 62) return false
      this.#readQuoteSign()
      container.node.end = cursor.end
      return true
    }
    if (cursor.isBlank) {
      const isEmpty = container.node.children.length === 0 && !(this.#leaf && index === this.#open.length - 1)
      if (!isEmpty) cursor.skipColumns(container.width)
      return !isEmpty
    }
    if (cursor.indent < container.width) return false
    cursor.skipColumns(container.width)
    return true
  }

  #readQuoteSign(): void {
    this.#cursor.skipSigns(1)
    this.#cursor.skipColumns(1)
  }

  #readFenced(leaf: OpenLeaf & { type: "fenced" }): void {
    leaf.node.end = this.#cursor.end
    if (this.#cursor.indent < codeIndent && closesFence(this.#cursor, leaf.fence)) this.#leaf = undefined
  }

  #readHtml(leaf: OpenLeaf & { type: "html" }): void {
    const { isBlank, offset, end } = this.#cursor
    if (leaf.closing === "blank line" && isBlank) {
      this.#leaf = undefined
      return
    }
    leaf.node.end = end
    if (leaf.closing !== "blank line" && leaf.closing.test(this.#text.slice(offset, end))) this.#leaf = undefined
  }

  /** Reads what a line begins and says, once so many of the open containers are known to go on in it. */
  #readBlocks(matched: number): void {
    let kept = matched
    /** Whether the line began a container itself, so that it goes on with no paragraph. */
    let isNew = false
    const cursor = this.#cursor
    while (!cursor.isBlank) {
      const paragraph = !isNew && this.#leaf?.type === "paragraph" ? this.#leaf : undefined
      if (cursor.indent >= codeIndent) {
        if (paragraph) this.#addLine(paragraph)
        else this.#addIndented(kept)
        return
      }
      const interrupts = paragraph !== undefined && kept === this.#open.length
      if (interrupts && this.#underline(paragraph)) return
      const isLeaf = this.#beginLeaf(kept, paragraph !== undefined)
      if (isLeaf) return
      if (!this.#beginContainer(kept, interrupts)) {
        if (paragraph && this.#leaf === paragraph) this.#addLine(paragraph)
        else this.#beginParagraph(kept)
        return
      }
      kept = this.#open.length
      isNew = true
    }
    this.#endParagraphs(kept, isNew)
  }

  /** A blank line: paragraphs end, and so does what does not go on in it. */
  #endParagraphs(kept: number, isNew: boolean): void {
    if (isNew) return
    if (kept < this.#open.length || this.#leaf?.type === "paragraph") this.#close(kept)
  }

  /** Begins a block that holds no others; `interrupts` says that the line may go on with a paragraph instead, also without its signs. */
  #beginLeaf(kept: number, interrupts: boolean): boolean {
    const cursor = this.#cursor
    const { code, next, end } = cursor
    if (code === 35) {
      const depth = headingAt(cursor)
      if (depth === undefined) return false
      this.#close(kept)
      this.#addHeading(depth)
      return true
    }
    if (code === 96 || code === 126) {
      const fence = openingFenceAt(cursor)
      if (!fence) return false
      this.#leaf = { type: "fenced", node: this.#addOpaque("code", kept), fence }
      return true
    }
    if (code === 60) {
      const closing = htmlBlockAt(this.#text, next, { end, interrupts })
      if (closing === undefined) return false
      this.#leaf = { type: "html", node: this.#addOpaque("html", kept), closing }
      this.#readHtml(this.#leaf)
      return true
    }
    if (!isThematicBreak(cursor)) return false
    this.#addOpaque("thematicBreak", kept)
    return true
  }

  #beginContainer(kept: number, interrupts: boolean): boolean {
    if (kept >= deepestNesting) return false
    const cursor = this.#cursor
    if (cursor.code === 62) {
      this.#close(kept)
      const node: Quote = { type: "blockquote", start: cursor.next, end: cursor.end, children: [] }
      this.#add(node)
      this.#open.push({ type: "quote", node })
      this.#readQuoteSign()
      return true
    }
    const marker = markerAt(cursor, interrupts)
    if (!marker) return false
    this.#close(kept)
    const start = cursor.next
    const { sign, isNumbered, length } = marker
    const width = cursor.indent + length
    cursor.skipSigns(length)
    const isCode = cursor.indent > codeIndent
    const padding = cursor.isBlank || isCode ? 1 : cursor.indent
    cursor.skipColumns(padding)
    this.#beginItem({ sign, isNumbered, start, width: width + padding })
    return true
  }

  #beginItem({ sign, isNumbered, start, width }: { sign: string; isNumbered: boolean; start: number; width: number }) {
    const before = this.#children().at(-1)
    const end = this.#cursor.isBlank ? this.#cursor.end : start
    let list: List
    if (before?.type === "list" && before.marker === sign) list = before
    else {
      list = { type: "list", start, end, ordered: isNumbered, marker: sign, children: [] }
      this.#add(list)
    }
    const node: ListItem = { type: "listItem", start, end, children: [] }
    list.children.push(node)
    const item: OpenItem = { type: "item", node, list, width }
    this.#open.push(item)
  }

  #children(): Block[] {
    return (this.#open.at(-1)?.node ?? this.#root).children
  }

  #add(block: Block): void {
    this.#children().push(block)
  }

  #addOpaque(type: Opaque["type"], kept: number): Opaque {
    this.#close(kept)
    const { offset, next, end } = this.#cursor
    const node: Opaque = { type, start: type === "html" ? offset : next, end }
    this.#add(node)
    return node
  }

  #addIndented(kept: number): void {
    const { offset, end } = this.#cursor
    if (kept === this.#open.length && this.#leaf?.type === "indented") {
      this.#leaf.node.end = end
      return
    }
    this.#close(kept)
    const node: Opaque = { type: "code", start: offset, end }
    this.#add(node)
    this.#leaf = { type: "indented", node }
  }

  #addHeading(depth: number): void {
    const { next, end } = this.#cursor
    const text = this.#text
    const start = skipBlanks(text, next + depth, end)
    let last = this.#lastWord(start, end)
    let closing = last
    while (closing > start && text.charCodeAt(closing - 1) === 35) closing--
    if (closing === start || isBlankCode(text.charCodeAt(closing - 1))) last = this.#lastWord(start, closing)
    const node: Heading = { type: "heading", start: next, end, depth, children: unreadText }
    this.#add(node)
    if (last > start) this.#unread.push({ node, stretches: [{ start, end: last }] })
  }

  /** Offset behind the last character of a stretch that is no blank. */
  #lastWord(start: number, end: number): number {
    let last = end
    while (last > start && isBlankCode(this.#text.charCodeAt(last - 1))) last--
    return last
  }

  #beginParagraph(kept: number): void {
    this.#close(kept)
    const leaf: OpenLeaf = { type: "paragraph", stretches: [] }
    this.#addLine(leaf)
    this.#leaf = leaf
  }

  /** Adds the rest of the line, to the stretch above it where nothing but a line feed stands between the two. */
  #addLine({ stretches }: OpenLeaf & { type: "paragraph" }): void {
    const { next, end } = this.#cursor
    const last = stretches.at(-1)
    if (last && last.end + 1 === next && this.#text.charCodeAt(last.end) === 10) last.end = end
    else stretches.push({ start: next, end })
  }

  /** Makes the open paragraph a heading where this line underlines it; not where it was all definitions. */
  #underline({ stretches }: OpenLeaf & { type: "paragraph" }): boolean {
    const depth = underlineAt(this.#cursor)
    if (depth === undefined) return false
    this.#leaf = undefined
    const rest = this.#takeDefinitions(stretches)
    const first = rest[0]
    if (!first) return false
    this.#addText({ type: "heading", start: first.start, end: this.#cursor.end, depth, children: unreadText }, rest)
    return true
  }

  #addText(node: Heading | Paragraph, stretches: Span[]): void {
    const last = stretches.at(-1)
    if (last) last.end = this.#lastWord(last.start, last.end)
    this.#add(node)
    this.#unread.push({ node, stretches })
  }

  /** Takes the definitions off the beginning of a paragraph; answers what is left. */
  #takeDefinitions(stretches: Span[]): Span[] {
    const first = stretches[0]
    if (!first || this.#text.charCodeAt(first.start) !== 91) return stretches
    const joined = new JoinedText(this.#text, stretches)
    let at = 0
    for (let found = definitionAt(joined.text, at); found; found = definitionAt(joined.text, at)) {
      const { label, url, end } = found
      if (!this.#definitions.has(label)) this.#definitions.set(label, url)
      this.#add({ type: "definition", start: joined.startOf(at), end: joined.endOf(end), label, url })
      at = end + 1
    }
    if (at === 0) return stretches
    if (at > joined.text.length) return []
    const place = joined.placeOf(at)
    const rest = stretches.slice(place)
    const next = rest[0]
    if (next) next.start = joined.startOf(at)
    return rest
  }

  /** Closes the open leaf, and all but the given number of containers. */
  #close(kept: number): void {
    if (this.#leaf?.type === "paragraph") this.#closeParagraph(this.#leaf.stretches)
    this.#leaf = undefined
    while (this.#open.length > kept) {
      const container = this.#open.pop()
      if (!container) return
      const { node } = container
      node.end = Math.max(node.end, node.children.at(-1)?.end ?? 0)
      if (container.type === "item") container.list.end = node.end
    }
  }

  #closeParagraph(stretches: Span[]): void {
    const rest = this.#takeDefinitions(stretches)
    const first = rest[0]
    const last = rest.at(-1)
    if (!first || !last) return
    this.#addText({ type: "paragraph", start: first.start, end: last.end, children: unreadText }, rest)
  }
}

export const scanBlocks = (text: string): Steps<Blocks> => new BlockScanner(text).scan()
