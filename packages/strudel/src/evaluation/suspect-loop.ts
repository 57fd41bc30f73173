import type { Place } from "../result.ts"
import { children, everyNode, isNode, type SyntaxNode } from "./syntax-tree.ts"

const loops = new Set(["ForStatement", "WhileStatement", "DoWhileStatement", "ForOfStatement", "ForInStatement"])
const functions = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"])

/**
 * The loop that code most likely was in when it had to be stopped. QuickJS only knows some call of the function it was
 * in (`near`), maybe one long done: so a loop that has no end is suspected first, around that call if there are more;
 * then any loop around it; then the function's first loop. Null where it has none.
 */
export function suspectLoop(tree: SyntaxNode, near: Place): Place | null {
  const body = innermost(tree, near, functions) ?? tree
  const candidates = loopsOf(body)
  const around = candidates.filter((loop) => contains(loop, near))
  const suspect = around.findLast(isEndless) ?? candidates.find(isEndless) ?? around.at(-1) ?? candidates[0]
  return suspect ? begin(suspect) : null
}

/** The first loop anywhere in the code that has no end, else its first loop. */
export function placeOfSuspect(tree: SyntaxNode): Place | null {
  const found = [...everyNode(tree)].filter(({ type }) => loops.has(type))
  const suspect = found.find(isEndless) ?? found[0]
  return suspect ? begin(suspect) : null
}

function begin({ loc }: SyntaxNode): Place | null {
  return loc ? { line: loc.start.line, column: loc.start.column + 1 } : null
}

function contains({ loc }: SyntaxNode, { line, column }: Place): boolean {
  if (!loc) return false
  const { start, end } = loc
  const afterStart = line > start.line || (line === start.line && column > start.column)
  const beforeEnd = line < end.line || (line === end.line && column <= end.column)
  return afterStart && beforeEnd
}

function innermost(node: SyntaxNode, place: Place, types: Set<string>): SyntaxNode | null {
  for (const { child } of children(node)) {
    const found = innermost(child, place, types)
    if (found) return found
  }
  return types.has(node.type) && contains(node, place) ? node : null
}

/** The loops of a function, without those of the functions inside it. */
function loopsOf(node: SyntaxNode): SyntaxNode[] {
  return [...children(node)].flatMap(({ child }) => {
    if (functions.has(child.type)) return []
    return loops.has(child.type) ? [child, ...loopsOf(child)] : loopsOf(child)
  })
}

function isEndless({ type, test }: SyntaxNode): boolean {
  if (type === "ForStatement" && test === null) return true
  return isNode(test) && test.type === "Literal" && Boolean(test.value)
}
