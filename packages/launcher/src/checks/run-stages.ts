import { inWords, type Say } from "../say.ts"
import type { Count } from "./count-tests.ts"
import type { Stage } from "./stages.ts"

interface Ended {
  name: string
  words: string
  counts: Count
}

/** Runs lists of stages, one list after the other, and tells at the end how each ended; resolves to what they counted. */
export async function runStages(stages: Stage[][], say: Say): Promise<Count[]> {
  const results: Ended[] = []
  for (const together of stages) {
    results.push(...(await Promise.all(together.map((stage) => runStage(stage, { quiet: together.length > 1, say })))))
  }
  say("")
  for (const result of results) sayEnd(result, say)
  say("")
  return results.map(({ counts }) => counts)
}

/** What a stage says is shown as it comes or, if others run at the same time, whole when it ends. */
async function runStage(stage: Stage, { quiet, say }: { quiet: boolean; say: Say }): Promise<Ended> {
  const { name } = stage
  say(`\n${name}…`)
  const begin = Date.now()
  const result = await stage.execute({ quiet })
  if (result.output) say(`\n${result.output.trimEnd()}\n`)
  const counts = stage.count(result)
  const words = `${counts.passed} passed, ${counts.failed} failed, in ${inWords(Date.now() - begin)}`
  sayEnd({ name, words, counts }, say)
  return { name, words, counts }
}

function sayEnd({ name, words, counts }: Ended, say: Say): void {
  say(`${name}: ${words}`)
  for (const remark of counts.remarks) say(remark.replace(/^/gm, "  "))
}
