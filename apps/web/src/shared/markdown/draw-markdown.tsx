import type { Token } from "markdown-it"
import type { ReactNode } from "react"
import { type Drawing, drawBox, drawElement, drawLeaf, type Open } from "./markdown-elements.tsx"

/** Elements within one another; what stands deeper is drawn without elements of its own. */
const mostOpen = 100

const task = /^\[([ xX])\](?=\s|$)/

/** Puts a piece behind what an element holds already; texts next to each other become one. */
function add(children: ReactNode[], piece: ReactNode): void {
  const last = children.length - 1
  const before = children[last]
  if (typeof piece === "string" && typeof before === "string") children[last] = before + piece
  else if (piece !== "") children.push(piece)
}

/** The elements of a text's tokens. */
export function drawMarkdown(tokens: Token[], drawing: Drawing): ReactNode[] {
  const whole: ReactNode[] = []
  const open: Open[] = []
  const here = () => open.at(-1)?.children ?? whole

  function begin(token: Token) {
    open.push({ token, children: [], task: false })
  }
  function end() {
    const done = open.pop()
    if (!done) return
    const isBare = done.token.hidden || open.length >= mostOpen
    if (isBare) for (const child of done.children) add(here(), child)
    else add(here(), drawElement(done, drawing))
    const around = open.at(-1)
    if (done.task && done.token.type === "list_item_open" && around) around.task = true
  }
  /** A text that begins an item of a list with brackets is a task; answers how long its brackets are. */
  function beginTask(line: Token): number {
    const [paragraph, item] = [open.at(-1), open.at(-2)]
    const first = line.children?.[0]
    const isFirst = paragraph?.token.type === "paragraph_open" && item?.token.type === "list_item_open"
    if (!isFirst || item.children.length > 0 || first?.type !== "text") return 0
    const [whole = "", mark] = task.exec(first.content) ?? []
    if (whole === "") return 0
    item.task = true
    add(here(), drawBox(mark !== " "))
    return whole.length
  }
  function draw(token: Token, from = 0) {
    if (token.type === "inline") {
      const skipped = beginTask(token)
      for (const [place, child] of (token.children ?? []).entries()) draw(child, place === 0 ? skipped : 0)
    } else if (token.nesting === 1) begin(token)
    else if (token.nesting === -1) end()
    else if (token.type === "text") add(here(), token.content.slice(from))
    else add(here(), drawLeaf(token, drawing))
  }

  for (const token of tokens) draw(token)
  while (open.length > 0) end()
  return whole
}
