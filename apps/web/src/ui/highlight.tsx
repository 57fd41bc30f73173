"use client"

import javascript from "highlight.js/lib/languages/javascript"
import { createLowlight } from "lowlight"
import { Fragment, memo, type ReactNode } from "react"

const lowlight = createLowlight({ javascript })

/** Characters beyond which code stays plain: every word of it would be an element of the page. */
const most = 60_000

type Node = ReturnType<typeof lowlight.highlight>["children"][number]

function draw(node: Node, key: number): ReactNode {
  if (node.type === "text") return <Fragment key={key}>{node.value}</Fragment>
  if (node.type !== "element") return null
  const { className } = node.properties
  return (
    <span key={key} className={Array.isArray(className) ? className.join(" ") : undefined}>
      {node.children.map((child, index) => draw(child, index))}
    </span>
  )
}

/** Strudel code in its colours. It is only shown, never run. */
export const Highlight = memo(function Highlight({ code }: { code: string }) {
  if (code.length > most) return code
  return lowlight.highlight("javascript", code).children.map(draw)
})
