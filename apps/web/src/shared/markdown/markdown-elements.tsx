import { isStrudel } from "@strudel-agent/contract/message/code"
import type { Token } from "markdown-it"
import { createElement, type ReactNode } from "react"
import { CodeFrame } from "#shared/ui/code-block.tsx"
import { type InkRun, inkCode } from "#shared/ui/code-tokens.ts"
import { Inked } from "#shared/ui/highlight.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { MarkdownImage, MarkdownLink } from "./markdown-link.tsx"
import type { HeadingLevel } from "./outline.ts"

export interface Drawing {
  base: LinkBase | undefined
  /** Keys of the items that are linked to and not there. */
  broken: readonly string[]
  /** Begins the ids of a text's notes, which nothing else on the page has. */
  id: string
  /** The level on the page of a heading of a depth in the text. */
  levelOf: (depth: number) => HeadingLevel
  /** Runs of coloured code that are left for the text. */
  runs: number
  /** Whether lines end where they end in the text. */
  breaks: boolean
  /** Draws what can be done with a block of Strudel code. */
  codeTools: ((code: string, place: number) => ReactNode) | undefined
  /** Blocks of Strudel code so far. */
  codes: number
}

const attributeOf = (token: Token, name: string): string => String(token.attrGet(name) ?? "")
const numberOf = (token: Token, name: string): number => Number(token.meta?.[name] ?? 0)

/** The words of a picture, without the markup in them. */
const wordsOf = (tokens: Token[] | null): string =>
  (tokens ?? [])
    .map(({ type, content, children }) => (children ? wordsOf(children) : type.endsWith("break") ? " " : content))
    .join("")

function alignmentOf(token: Token): { textAlign: "left" | "center" | "right" } | undefined {
  const style = attributeOf(token, "style")
  if (style.endsWith("center")) return { textAlign: "center" }
  if (style.endsWith("right")) return { textAlign: "right" }
  return style.endsWith("left") ? { textAlign: "left" } : undefined
}

/** A block of code; one without a language is taken for Strudel code, which it mostly is. */
function drawCode({ content, info }: Token, drawing: Drawing): ReactNode {
  const code = content.replace(/\n$/, "")
  const language = info.trim().split(/\s/, 1)[0] ?? ""
  let runs: InkRun[] | undefined
  if (isStrudel(language)) {
    runs = inkCode(code, Math.max(1, drawing.runs))
    drawing.runs -= runs.length
  }
  const frame = <CodeFrame label="Code">{runs ? <Inked runs={runs} /> : code}</CodeFrame>
  if (!runs || !drawing.codeTools || code.trim() === "") return frame
  return (
    <div>
      {frame}
      {drawing.codeTools(code, drawing.codes++)}
    </div>
  )
}

/** The box of a task in a list. */
export const drawBox = (checked: boolean): ReactNode => (
  <input type="checkbox" disabled checked={checked} readOnly aria-label={checked ? "done" : "to do"} />
)

const noteId = ({ id }: Drawing, note: number): string => `${id}-note-${note}`
const mentionId = ({ id }: Drawing, token: Token): string =>
  `${id}-mention-${numberOf(token, "number")}-${numberOf(token, "mention")}`

/** What stands between beginnings and ends: a text, or an element without tokens of its own. */
export function drawLeaf(token: Token, drawing: Drawing): ReactNode {
  switch (token.type) {
    case "fence":
    case "code_block":
      return drawCode(token, drawing)
    case "code_inline":
      return <code dir="ltr">{token.content}</code>
    case "hr":
      return <hr />
    case "hardbreak":
      return <br />
    case "softbreak":
      return drawing.breaks ? <br /> : "\n"
    case "image":
      return <MarkdownImage src={attributeOf(token, "src")} alt={wordsOf(token.children)} />
    case "footnote_ref":
      return (
        <sup>
          <a id={mentionId(drawing, token)} href={`#${noteId(drawing, numberOf(token, "number"))}`}>
            {numberOf(token, "number")}
          </a>
        </sup>
      )
    case "footnote_back":
      return (
        <a
          href={`#${mentionId(drawing, token)}`}
          aria-label={`Back to where footnote ${numberOf(token, "number")} is mentioned`}
        >
          ↩&#xFE0E;
        </a>
      )
    default:
      return token.content
  }
}

/** What has begun, with what has been drawn in it. */
export interface Open {
  token: Token
  children: ReactNode[]
  /** Whether it is a task of a list, or a list with one. */
  task: boolean
}

function drawLink({ token, children }: Open, { base, broken }: Drawing): ReactNode {
  const props = { href: attributeOf(token, "href"), base, broken }
  return createElement(MarkdownLink, props, ...children)
}

/** An element around what was drawn in it. */
export function drawElement(open: Open, drawing: Drawing): ReactNode {
  const { token, children, task } = open
  switch (token.type) {
    case "heading_open":
      return createElement(drawing.levelOf(Number(token.tag.slice(1))), { dir: "auto" }, ...children)
    case "bullet_list_open":
      return createElement("ul", { dir: "auto", className: task ? "contains-task-list" : undefined }, ...children)
    case "ordered_list_open":
      return createElement(
        "ol",
        { dir: "auto", start: token.attrGet("start") ?? undefined, className: task ? "contains-task-list" : undefined },
        ...children,
      )
    case "list_item_open":
      return createElement("li", { dir: "auto", className: task ? "task-list-item" : undefined }, ...children)
    case "th_open":
      // An empty cell heads nothing.
      if (children.length === 0) return <td />
      return createElement("th", { dir: "auto", scope: "col", style: alignmentOf(token) }, ...children)
    case "td_open":
      return createElement("td", { dir: "auto", style: alignmentOf(token) }, ...children)
    case "s_open":
      return createElement("del", null, ...children)
    case "link_open":
      return drawLink(open, drawing)
    case "footnotes_open":
      return createElement("ol", { "aria-label": "Footnotes", className: "footnotes" }, ...children)
    case "footnote_open":
      return createElement("li", { id: noteId(drawing, numberOf(token, "number")) }, ...children)
    case "paragraph_open":
    case "blockquote_open":
      return createElement(token.tag, { dir: "auto" }, ...children)
    default:
      return createElement(token.tag, null, ...children)
  }
}
