import type { RootContent } from "mdast"
import { findLinkSites, type LinkSite, type Resolve } from "./link-site.ts"
import { clipLinks } from "./link-target.ts"
import { parseMarkdown, type Span, spanOf, textOfHeading } from "./markdown-tree.ts"
import { applyEdits } from "./text-edit.ts"

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

const barsPattern = /(\d{1,3}(?:\.\d+)?)\s*(?:bars?|cycles?)\b/i

function barsIn(text: string): number | null {
  const bars = Number(barsPattern.exec(text)?.[1])
  return bars > 0 ? bars : null
}

/** The words of a heading, without the bars and the brackets or the dash that set them off. */
function nameOf(heading: string): string {
  const bracketed = /[([]\s*\d{1,3}(?:\.\d+)?\s*(?:bars?|cycles?)\s*[)\]]/i
  const words = bracketed.test(heading) ? heading.replace(bracketed, " ") : heading.replace(barsPattern, " ")
  return words
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\s*[,:;–—-]$/, "")
}

const lineEnd = (text: string, from: number): number => {
  const end = text.slice(from).search(/[\r\n]/)
  return end < 0 ? text.length : from + end
}

const isHeading = (node: RootContent) => node.type === "heading"

/**
 * The sections of a song's text in their order. Clips below a heading play together for the bars it tells, as in
 * `## Groove (16 bars)`; clips that stand before any heading play one after the other. Links to nothing are left out.
 */
export function sectionsOfSong(body: string, resolve: Resolve): SongSection[] {
  const root = parseMarkdown(body)
  const sites = findLinkSites({ text: body, root, kind: clipLinks, resolve }).filter(isLive)
  const headings = root.children.filter(isHeading)
  const first = headings[0] ? spanOf(headings[0]).start : body.length
  const alone = sites.filter(({ start }) => start < first).map((site) => sectionOfLink(body, site))
  const headed = headings.map((heading, index): SongSection => {
    const span = spanOf(heading)
    const next = headings[index + 1]
    const end = next ? spanOf(next).start : body.length
    const words = heading.type === "heading" ? textOfHeading(heading) : ""
    const within = sites.filter(({ start }) => start >= span.start && start < end)
    return { name: nameOf(words) || null, bars: barsIn(words), clipIds: within.map(({ id }) => id), headed: true, span }
  })
  return [...alone, ...headed].filter(({ clipIds }) => clipIds.length > 0)
}

const isLive = (site: LinkSite): site is LinkSite & { id: string } => site.id !== undefined

function sectionOfLink(body: string, { id, end }: LinkSite & { id: string }): SongSection {
  const span = { start: end, end: lineEnd(body, end) }
  return { name: null, bars: barsIn(body.slice(span.start, span.end)), clipIds: [id], headed: false, span }
}

/** The song's text with other bars for one of its sections; nothing else of it changes. Throws RangeError above 999. */
export function withBars(body: string, { span, headed }: Pick<SongSection, "span" | "headed">, bars: number): string {
  if (!(bars > 0) || bars > mostBars) throw new RangeError(`Bars must be above 0 and at most ${mostBars}, not ${bars}`)
  const words = `${bars} ${bars === 1 ? "bar" : "bars"}`
  const source = body.slice(span.start, span.end)
  const found = barsPattern.exec(source)
  if (found) {
    const start = span.start + found.index
    return applyEdits(body, [{ start, end: start + found[0].length, text: words }])
  }
  const at = span.start + (headed ? endOfHeading(source) : endOfLink(source))
  return applyEdits(body, [{ start: at, end: at, text: ` (${words})` }])
}

/** Where words may follow in the source of a heading: before its closing signs or its underline. */
function endOfHeading(source: string): number {
  const line = source.slice(0, lineEnd(source, 0))
  return line.replace(/\s+#*\s*$/, "").length
}

/** Right behind the link, and behind the emphasis it may stand in. */
const endOfLink = (source: string): number => /^[*_]*/.exec(source)?.[0].length ?? 0
