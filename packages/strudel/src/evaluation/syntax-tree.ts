/** A node of a syntax tree in ESTree's form; lines count from 1, columns from 0. */
export interface SyntaxNode {
  type: string
  start?: number
  end?: number
  loc?: { start: { line: number; column: number }; end: { line: number; column: number } } | null
  [key: string]: unknown
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string"
}

/** The name under `key`: of an identifier that stands there, or undefined. */
export function nameAt(node: SyntaxNode, key: string): string | undefined {
  const child = node[key]
  return isNode(child) && child.type === "Identifier" && typeof child.name === "string" ? child.name : undefined
}

/** The nodes directly below a node, with the path that leads to each. */
export function* children(node: SyntaxNode): Generator<{ key: string; index: number | null; child: SyntaxNode }> {
  for (const [key, value] of Object.entries(node)) {
    if (key === "loc" || key === "range") continue
    if (Array.isArray(value)) {
      for (const [index, child] of value.entries()) if (isNode(child)) yield { key, index, child }
    } else if (isNode(value)) {
      yield { key, index: null, child: value }
    }
  }
}

/** Every node of a tree, parents first. */
export function* everyNode(root: SyntaxNode): Generator<SyntaxNode> {
  yield root
  for (const { child } of children(root)) yield* everyNode(child)
}
