import { scanBlocks } from "../markdown/block-scanner.ts"
import type { Span } from "../markdown/node.ts"
import type { Steps } from "../steps.ts"
import { applyEdits, type TextEdit } from "../text-edit.ts"
import { escapedTitle, splittingTitled } from "../titled-markdown.ts"
import type { LinkSite } from "./link-site.ts"

/** How often links are replaced by what they show: that may make another link with what stands around it. */
const mostRounds = 4

/** Replaces every link by what it shows; one within another stays in that. */
function unwrapLinks(text: string, sites: readonly LinkSite[]): string {
  const edits: TextEdit[] = []
  let behind = 0
  for (const { start, end, label } of sites) {
    if (start < behind) continue
    edits.push({ start, end, text: label })
    behind = end
  }
  return applyEdits(text, edits)
}

/** The offsets of the signs in a stretch of text that make links, code and HTML, and that no backslash escapes. */
function* bareSigns(text: string, { start, end }: Span): Generator<number> {
  for (let at = start; at < end; at++) {
    if (text[at] === "\\") at++
    else if ("[]<`".includes(text.charAt(at))) yield at
  }
}

/** Escapes what could make a link in the texts of paragraphs and headings. */
function* escapingLinks(text: string): Steps<string> {
  const { unread } = yield* scanBlocks(text)
  const stretches = unread.flatMap((each) => each.stretches)
  const edits = stretches.flatMap((stretch) => [...bareSigns(text, stretch)])
  return applyEdits(
    text,
    edits.map((at) => ({ start: at, end: at, text: "\\" })),
  )
}

/** The text without its links, which leave what they show, or where that goes on making links, their source as text. */
export function* removingLinks(
  text: string,
  links: readonly LinkSite[],
  reading: (source: string) => Steps<{ sites: readonly LinkSite[] }>,
): Steps<string> {
  let rest = text
  let sites = links
  for (let round = 0; round < mostRounds && sites.length > 0; round++) {
    rest = unwrapLinks(rest, sites)
    sites = (yield* reading(rest)).sites
  }
  if (sites.length === 0) return rest
  const { lead, name, gap, body, tail } = yield* splittingTitled(rest)
  const title = name === undefined ? "" : escapedTitle(name)
  return (yield* escapingLinks(lead)) + title + gap + (yield* escapingLinks(body)) + tail
}
