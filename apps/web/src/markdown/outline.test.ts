import type { Nodes } from "mdast"
import { fromMarkdown } from "mdast-util-from-markdown"
import { expect, it } from "vitest"
import { outline } from "./outline.ts"

const depthsOf = (node: Nodes): number[] => [
  ...(node.type === "heading" ? [node.depth] : []),
  ...("children" in node ? node.children.flatMap((child) => depthsOf(child)) : []),
]

it.each([
  ["# a\n## b\n# c", 3, [3, 4, 3]],
  ["### a\n# b\n### c\n##### d", 3, [3, 3, 4, 5]],
  ["> # a\n\n## b", 2, [2, 3]],
  ["# a\n## b\n### c\n#### d\n##### e", 3, [3, 4, 5, 6, 6]],
])("gives %j headings that start at %i and skip no level", (text, start, depths) => {
  const tree = fromMarkdown(text)
  outline({ start })(tree)
  expect(depthsOf(tree)).toEqual(depths)
})
