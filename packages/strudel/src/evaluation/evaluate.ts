import { knowNotations } from "../notation.ts"
import { lanesOf } from "../picture/lanes.ts"
import type { Answer, Place, Problem } from "../result.ts"
import { soundsOf } from "../sounds.ts"
import { tempoOf } from "../tempo.ts"
import { knowTunings } from "../tunings.ts"
import { placeOfCulprit } from "./culprit.ts"
import { defaults, type EvaluateOptions } from "./evaluate-options.ts"
import { type Evaluated, evaluateClip, lastRun, withFreshStrudel } from "./evaluated.ts"
import { type Reading, readHaps, type Window } from "./haps.ts"
import { placeOfNode } from "./places.ts"
import type { Prepared } from "./prepared.ts"
import { placeOfLastStatement, problemOfRun } from "./problem.ts"
import { everyNode, isNode, type SyntaxNode } from "./syntax-tree.ts"
import { emptyWarning, warningsOfCode, warningsOfHaps, warningsOfLog } from "./warnings.ts"

/**
 * What a piece of Strudel code plays: its haps in a window of cycles, lanes, sounds, samples, tempo and warnings, or the
 * problem that keeps it from playing. It never throws for what the code does, and never ends if the code never does.
 */
export async function evaluate(code: string, options: EvaluateOptions = {}, prepared?: Prepared): Promise<Answer> {
  const chosen = { ...defaults, ...options }
  return withFreshStrudel(chosen.seed, async (messages) => {
    knowTunings(chosen.tunings)
    knowNotations(prepared?.notations ?? {})
    const attempt = await evaluateClip(code, prepared?.transpiled)
    const answer = "problem" in attempt ? failed(attempt.problem) : answerOf(attempt.evaluated, chosen)
    return { ...answer, warnings: [...answer.warnings, ...warningsOfLog(messages)] }
  })
}

const failed = (error: Problem): Answer => ({ ok: false, error, warnings: [] })

function answerOf(clip: Evaluated, { from, cycles, haps: limit, beatsPerCycle }: Required<EvaluateOptions>): Answer {
  const { code, definitionsOnly, performance, transpiled } = clip
  const reading = tryReading(clip, { from, cycles, limit, cps: clip.cps })
  if ("problem" in reading) return failed(reading.problem)
  const { haps, cut } = reading
  const sounds = soundsOf(haps, performance.ownSounds)
  const warnings = [...warningsOfCode(performance, transpiled.tree)]
  if (isEmpty(transpiled.tree)) warnings.push(emptyWarning)
  else if (!definitionsOnly) warnings.push(...warningsOfHaps(reading, sounds, cycles))
  return {
    ok: true,
    definitionsOnly,
    from,
    cycles,
    haps,
    cut,
    lanes: lanesOf(performance, { code, tree: transpiled.tree }, haps),
    sounds,
    samples: performance.samples,
    tempo: tempoOf({ cps: clip.cps, set: performance.cpsSet, beatsPerCycle }),
    warnings,
  }
}

/** Where there was no statement, the transpiler puts one that has no place in the source. */
function isEmpty({ body }: SyntaxNode): boolean {
  const first: unknown = Array.isArray(body) ? body[0] : undefined
  return isNode(first) && isNode(first.argument) && first.argument.name === "silence" && !first.argument.loc
}

function tryReading(clip: Evaluated, window: Window): Reading | { problem: Problem } {
  try {
    return readHaps(clip.pattern, window)
  } catch (error) {
    const { code, transpiled } = clip
    return {
      problem: problemOfRun({ code, transpiled, stage: "query", fallback: placeOfCulprit(clip, window) }, error),
    }
  }
}

/**
 * For the one who had to stop the code: the problem in words, placed where a stack trace says it last was; without a
 * trace, where it first waits, or at its last statement.
 */
export function problemAfterStop(problem: Pick<Problem, "stage" | "message">, stack: string): Problem {
  const last = lastRun()
  if (!last) return { ...problem, line: null, column: null }
  const error = Object.assign(new Error(problem.message), { stack })
  const waiting = stack === "" ? placeOfAwait(last.transpiled.tree) : null
  return problemOfRun({ ...last, stage: problem.stage, fallback: waiting ?? placeOfLastStatement(last.code) }, error)
}

function placeOfAwait(tree: SyntaxNode): Place | null {
  for (const node of everyNode(tree)) if (node.type === "AwaitExpression") return placeOfNode(node)
  return null
}
