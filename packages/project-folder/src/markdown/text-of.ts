import type { Inline } from "./node.ts"

/** What nodes of a line say without their markup, their HTML left out or kept; no depth is too deep. */
export function textOf(nodes: readonly Inline[], { html }: { html: boolean }): string {
  let text = ""
  const open: { nodes: readonly Inline[]; next: number }[] = [{ nodes, next: 0 }]
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const node = level.nodes[level.next++]
    if (!node) open.pop()
    else if ("children" in node) open.push({ nodes: node.children, next: 0 })
    else if (node.type === "image") text += node.alt
    else if (node.type !== "break" && (html || node.type !== "inlineHtml")) text += node.value
  }
  return text
}
