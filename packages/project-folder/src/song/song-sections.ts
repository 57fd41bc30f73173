import { linesAround } from "../lines-around.ts"
import { findingLinkSites, type LinkSite, type Resolve } from "../links/link-site.ts"
import { clipLinks } from "../links/link-target.ts"
import type { Heading, Span } from "../markdown/node.ts"
import { parseMarkdown } from "../markdown/parse-markdown.ts"
import { textOf } from "../markdown/text-of.ts"
import { finish } from "../steps.ts"
import { applyEdits } from "../text-edit.ts"
import { barsInWords, countsFromOne, findBars, type HeadingBars, replaceBars, withoutBars } from "./heading-bars.ts"

/** Clips that a song's text lists together: below one heading, or by themselves where there is none. */
export type SongSection = {
  /** What the heading says without its bars; null where there is none. */
  name: string | null
  /** How long it plays; null where the text does not say. */
  bars: number | null
  clipIds: string[]
  /** Whether a heading begins it, or a link by itself is it. */
  headed: boolean
  /** The line of the text that tells, or may tell, the bars. */
  span: Span
}

/** The most bars that a section may last. */
export const mostBars = 999

type LiveSite = LinkSite & { id: string }

const isLive = (site: LinkSite): site is LiveSite => site.id !== undefined

/** Finds the bars that a text tells behind an offset on the same line; each line is searched once. */
class LineBars {
  readonly #text: string
  #line: Span = { start: 0, end: -1 }
  #lengths: HeadingBars[] = []

  constructor(text: string) {
    this.#text = text
  }

  behind(offset: number): { length: HeadingBars | undefined; end: number } {
    if (offset < this.#line.start || offset > this.#line.end) this.#search(offset)
    const within = offset - this.#line.start
    let from = 0
    let to = this.#lengths.length
    while (from < to) {
      const middle = (from + to) >> 1
      if ((this.#lengths[middle]?.start ?? 0) < within) from = middle + 1
      else to = middle
    }
    return { length: this.#lengths[from], end: this.#line.end }
  }

  #search(offset: number): void {
    this.#line = linesAround(this.#text, { start: offset, end: offset })
    this.#lengths = findBars(this.#text.slice(this.#line.start, this.#line.end))
  }
}

/**
 * The sections of a song's text in their order. Clips below a heading play together for the bars it tells, as in
 * `## Groove (16 bars)`; clips that stand before any heading play one after the other. Links to nothing are left out.
 */
export function sectionsOfSong(body: string, resolve: Resolve): SongSection[] {
  const root = parseMarkdown(body)
  const sites = finish(findingLinkSites({ text: body, root, kind: clipLinks, resolve })).filter(isLive)
  const headings = root.children.filter((block): block is Heading => block.type === "heading")
  const lineBars = new LineBars(body)
  let next = 0
  const sitesBefore = (offset: number): LiveSite[] => {
    const from = next
    while ((sites[next]?.start ?? offset) < offset) next++
    return sites.slice(from, next)
  }
  const alone = sitesBefore(headings[0]?.start ?? body.length).map(({ id, end }): Found => {
    const { length, end: lineEnd } = lineBars.behind(end)
    return { name: null, length, clipIds: [id], headed: false, span: { start: end, end: lineEnd } }
  })
  const headed = headings.map(({ start, end, children }, index): Found => {
    const words = textOf(children, { html: false })
    const length = findBars(words)[0]
    const clipIds = sitesBefore(headings[index + 1]?.start ?? body.length).map(({ id }) => id)
    return { name: withoutBars(words, length) || null, length, clipIds, headed: true, span: { start, end } }
  })
  const found = [...alone, ...headed].filter(({ clipIds }) => clipIds.length > 0)
  const more = countsFromOne(found.map(({ length }) => length)) ? 1 : 0
  return found.map(({ length, ...section }) => ({
    ...section,
    bars: (length && length.bars + (length.range ? more : 0)) || null,
  }))
}

type Found = Omit<SongSection, "bars"> & { length: HeadingBars | undefined }

/** The song's text with other bars for one of its sections; nothing else of it changes. Throws RangeError above 999. */
export function withBars(body: string, section: Pick<SongSection, "span" | "headed" | "bars">, bars: number): string {
  if (!(bars > 0) || bars > mostBars) throw new RangeError(`Bars must be above 0 and at most ${mostBars}, not ${bars}`)
  const { start, end } = section.span
  const source = body.slice(start, end)
  const found = findBars(source)[0]
  if (found) {
    const isLastPlayed = section.bars !== null && section.bars > found.bars
    const last = (found.range?.from ?? 0) + bars - (isLastPlayed ? 1 : 0)
    return applyEdits(body, [{ start, end, text: replaceBars(source, found, { bars, last }) }])
  }
  const at = start + (section.headed ? endOfHeading(source) : endOfLink(source))
  return applyEdits(body, [{ start: at, end: at, text: ` (${barsInWords(bars)})` }])
}

/** Where words may follow in the source of a heading: before its closing signs or its underline. */
function endOfHeading(source: string): number {
  const line = source.slice(0, linesAround(source, { start: 0, end: 0 }).end).trimEnd()
  let words = line.length
  while (line[words - 1] === "#") words--
  const isClosed = words < line.length && /\s/.test(line.charAt(words - 1))
  return isClosed ? line.slice(0, words).trimEnd().length : line.length
}

/** Right behind the link, and behind the emphasis it may stand in. */
const endOfLink = (source: string): number => /^[*_]*/.exec(source)?.[0].length ?? 0
