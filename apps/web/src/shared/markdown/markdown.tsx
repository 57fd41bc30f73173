import { createElement, memo, type ReactNode, useId } from "react"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { drawMarkdown } from "./draw-markdown.tsx"
import { type Excess, markdownLimits } from "./markdown-budget.ts"
import { createOutline } from "./outline.ts"
import { parseMarkdown } from "./parse-markdown.ts"
import { PlainText } from "./plain-text.tsx"

export interface MarkdownProps {
  text: string
  /** Where its links start from; without, only links to other sites lead anywhere. */
  base?: LinkBase | undefined
  /** Keys of the items that are linked to and not there. */
  broken?: readonly string[]
  /** The level of its highest headings on the page. */
  start?: 2 | 3 | 4
  /** Whether a line that ends in the source ends on the page too, as who types a message means it. */
  breaks?: boolean
  /** Draws what can be done with a block of Strudel code; `place` counts them. */
  codeTools?: ((code: string, place: number) => ReactNode) | undefined
}

const reasons: Record<Excess, string> = {
  markup: "it holds more markup than a page can draw",
  nesting: "its lists and quotes are nested too deeply",
}

/**
 * Markdown as elements of the page: raw HTML stays text, pictures of other sites become links, nothing is loaded. A text
 * that takes too much is shown as it was written, and so is what is beyond the length that is read.
 */
export const Markdown = memo(function Markdown({
  text,
  base,
  broken = [],
  start = 3,
  breaks = false,
  codeTools,
}: MarkdownProps) {
  const id = useId()
  const head = headOf(text)
  const parsed = parseMarkdown(head)
  if ("excess" in parsed) return <PlainText text={text} why={reasons[parsed.excess]} />
  const levelOf = createOutline(start)
  const drawing = { base, broken, id, levelOf, runs: markdownLimits.codeRuns, breaks, codeTools, codes: 0 }
  const rich = createElement("div", { className: "prose" }, ...drawMarkdown(parsed.tokens, drawing))
  if (head === text) return rich
  return (
    <>
      {rich}
      <div className="mt-3 border-t border-line pt-3">
        <PlainText text={text.slice(head.length)} why="the rest of it is too long to be drawn as markdown" />
      </div>
    </>
  )
})

/** The beginning of a text, in whole lines where they are not too long: what is read as markdown, or fewer characters. */
export function headOf(text: string, most: number = markdownLimits.characters): string {
  if (text.length <= most) return text
  const line = text.lastIndexOf("\n", most)
  return text.slice(0, line > most / 2 ? line : most)
}
