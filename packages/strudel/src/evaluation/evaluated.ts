import { isPattern, type Pattern, silence } from "@strudel/core"
import type { Problem } from "../result.ts"
import { assemble, beginPerformance, type Performance } from "../stage/performance.ts"
import { listenToConsole } from "./listen-to-console.ts"
import { placeOfLastStatement, problemOfRun, problemOfSource } from "./problem.ts"
import { noteGlobals, rememberStrudel, restoreStrudel } from "./restore-prototype.ts"
import { run } from "./run.ts"
import { withSeededRandom } from "./seeded-random.ts"
import { isNode, type SyntaxNode } from "./syntax-tree.ts"
import { type Transpiled, transpile } from "./transpile.ts"

/** A clip that ran: what it plays, and what it said on the way. */
export interface Evaluated {
  code: string
  pattern: Pattern
  cps: number
  definitionsOnly: boolean
  performance: Performance
  transpiled: Transpiled
}

export type Attempt = { evaluated: Evaluated } | { problem: Problem }

const untouched = rememberStrudel()
let queue: Promise<unknown> = Promise.resolve()
let running: { code: string; transpiled: Transpiled } | null = null

/**
 * Gives `work` a Strudel that no earlier clip has touched, with seeded randomness and a silent console. One work at a
 * time: the libraries keep their state in globals.
 */
export function withFreshStrudel<Result>(
  seed: number,
  work: (messages: Set<string>) => Promise<Result>,
): Promise<Result> {
  return inTurn(seed, work, () => restoreStrudel(untouched))
}

/** Like `withFreshStrudel`, but what earlier clips registered is still there. */
export const withUsedStrudel = <Result>(seed: number, work: (messages: Set<string>) => Promise<Result>) =>
  inTurn(seed, work, () => {})

function inTurn<Result>(
  seed: number,
  work: (messages: Set<string>) => Promise<Result>,
  prepareStrudel: () => void,
): Promise<Result> {
  const turn = queue.then(() => {
    prepareStrudel()
    return withSeededRandom(seed, () =>
      withDeepStacks(() => listenToConsole((messages) => noteGlobals(() => work(messages)))),
    )
  })
  queue = turn.catch(() => undefined)
  return turn
}

/** V8 keeps ten frames of a stack trace, and Strudel's own may well be more. */
async function withDeepStacks<Result>(work: () => Promise<Result>): Promise<Result> {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 200
  try {
    return await work()
  } finally {
    Error.stackTraceLimit = limit
  }
}

/** Runs a clip as strudel.cc does, to be called within `withFreshStrudel`; code that is transpiled already is not again. */
export async function evaluateClip(code: string, transpiledBefore?: Transpiled): Promise<Attempt> {
  const performance = beginPerformance()
  let prepared: ReturnType<typeof prepare>
  try {
    prepared = transpiledBefore ? { transpiled: transpiledBefore, definitions: false } : prepare(code)
  } catch (error) {
    return { problem: problemOfSource(code, error) }
  }
  const { transpiled, definitions } = prepared
  running = { code, transpiled }
  try {
    const value = await run(transpiled)
    if (definitions && performance.labels.size > 0) return { problem: problemOfSource(code, noExpression) }
    const pattern = assemble(performance, value)
    const definitionsOnly = definitions || (performance.labels.size === 0 && isDefinition(value, transpiled.tree))
    const { cps } = performance
    return { evaluated: { code, pattern: pattern ?? silence, cps, definitionsOnly, performance, transpiled } }
  } catch (error) {
    return { problem: problemOfRun({ code, transpiled, stage: "run", fallback: placeOfLastStatement(code) }, error) }
  }
}

/** The clip that ran last, for the one who had to stop it. */
export const lastRun = () => running

const noExpression = new Error("unexpected ast format without body expression")

/** strudel.cc refuses code that ends without an expression; a clip of definitions for other clips does just that. */
function prepare(code: string): { transpiled: Transpiled; definitions: boolean } {
  try {
    return { transpiled: transpile(code), definitions: false }
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(noExpression.message)) throw error
    const transpiled = transpile(`${code}\n;silence`)
    const { body } = transpiled.tree
    const last: unknown = Array.isArray(body) ? body.findLast(isWritten) : undefined
    if (isNode(last) && definitionTypes.has(last.type)) return { transpiled, definitions: true }
    throw error
  }
}

/** Neither the `silence` that was put at the end nor the empty statement before it. */
const isWritten = (node: unknown) =>
  isNode(node) &&
  node.type !== "EmptyStatement" &&
  !(node.type === "ReturnStatement" && isNode(node.argument) && node.argument.name === "silence")

const definitionTypes = new Set(["FunctionDeclaration", "VariableDeclaration", "ClassDeclaration"])

/** Nothing to play, yet something to use: a function as its value, or names it declares. */
function isDefinition(value: unknown, { body }: SyntaxNode): boolean {
  if (typeof value === "function") return true
  if (isPattern(value) && value !== silence) return false
  return Array.isArray(body) && body.some((each) => isNode(each) && definitionTypes.has(each.type))
}
