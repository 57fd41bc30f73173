import type { Heading, Nodes, Root } from "mdast"

function collect(node: Nodes, found: Heading[]): Heading[] {
  if (node.type === "heading") found.push(node)
  if ("children" in node) for (const child of node.children) collect(child, found)
  return found
}

const depths = [1, 2, 3, 4, 5, 6] as const

/** Renumbers a text's headings to start at a level of the page and to skip none, so that the page has one outline. */
export function outline({ start }: { start: number }) {
  return (tree: Root): void => {
    const open: number[] = []
    for (const heading of collect(tree, [])) {
      while ((open.at(-1) ?? 0) >= heading.depth) open.pop()
      open.push(heading.depth)
      heading.depth = depths[Math.min(start + open.length - 2, 5)] ?? 6
    }
  }
}
