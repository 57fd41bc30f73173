import { transpiler } from "@strudel/transpiler"
import escodegen from "escodegen"
import { refuseImports, withPlainImports } from "../refuse-imports.ts"
import { placeWidgets } from "../stage/widgets.ts"
import { isNode, type SyntaxNode } from "./syntax-tree.ts"

/** Code as Strudel runs it, and the tree it was printed from, whose nodes still know their place in the source. */
export interface Transpiled {
  output: string
  tree: SyntaxNode
}

/** Turns a clip into JavaScript as strudel.cc does; throws what acorn, the mini notation or the transpiler throw. */
export function transpile(code: string): Transpiled {
  const generate = escodegen.generate
  let printed: unknown
  // The transpiler gives away neither its tree nor a source map; the printer it calls last sees the tree.
  escodegen.generate = (tree, options) => {
    printed = tree
    if (isNode(tree)) {
      refuseImports(tree)
      placeWidgets(tree)
    }
    return generate(tree, options)
  }
  try {
    const { output } = transpiler(withPlainImports(code))
    if (!isNode(printed)) throw new Error("the transpiler printed nothing")
    return { output, tree: printed }
  } finally {
    escodegen.generate = generate
  }
}
