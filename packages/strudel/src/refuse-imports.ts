import { parse } from "acorn"
import { everyNode, isNode, type SyntaxNode } from "./evaluation/syntax-tree.ts"

const name = "refuseImport"

const importsOf = (tree: SyntaxNode) => [...everyNode(tree)].filter(({ type }) => type === "ImportExpression")

/**
 * Takes the address of an `import()` out of double quotes, in which Strudel would read it as mini notation. Places stay
 * where they are.
 */
export function withPlainImports(code: string): string {
  if (!/\bimport\s*\(/.test(code)) return code
  let plain = code
  for (const { source } of importsOf({ ...parse(code, { ecmaVersion: 2022, allowAwaitOutsideFunction: true }) })) {
    if (!isNode(source) || !/^"[^'\\]*"$/.test(String(source.raw))) continue
    const { start = 0, end = 0 } = source
    plain = `${plain.slice(0, start)}'${plain.slice(start + 1, end - 1)}'${plain.slice(end)}`
  }
  return plain
}

/** Puts a call that is refused in words in the place of every `import()`, which each engine would refuse in its own. */
export function refuseImports(tree: SyntaxNode): void {
  for (const node of importsOf(tree)) {
    Object.assign(node, { type: "CallExpression", callee: { type: "Identifier", name }, arguments: [node.source] })
    delete node.source
  }
}

/** What those calls find. */
export const refusingFunctions = {
  [name]: async () => {
    throw new Error("import() would load code from elsewhere, which a clip may not: write what it needs into the clip")
  },
}
