import type { Done } from "./do-task.ts"
import type { TaskKind } from "./task.ts"

const kinds: readonly TaskKind[] = ["make", "change", "mend", "arrange", "match"]

/** Whether nothing of a task was left undone. */
export const isDone = ({ faults, run }: Done): boolean => faults.length === 0 && run.state === "finished"

const sum = (figures: number[]): number => figures.reduce((total, each) => total + each, 0)

function row(name: string, done: Done[]): string {
  const costs = done.flatMap(({ run }) => run.cost ?? [])
  const cells = [
    name,
    `${done.filter(isDone).length} of ${done.length}`,
    `${sum(done.map(({ met }) => met))} of ${sum(done.map(({ task }) => task.checks.length))}`,
    `${sum(done.map(({ run }) => run.inputTokens))}`,
    `${sum(done.map(({ run }) => run.outputTokens))}`,
    costs.length === done.length ? `$${sum(costs).toFixed(4)}` : "unknown",
    `${(sum(done.map(({ seconds }) => seconds)) / Math.max(done.length, 1)).toFixed(1)} s`,
  ]
  return `| ${cells.join(" | ")} |`
}

/** What was done of each kind of task and what it took, as a table of Markdown, and what was wrong with the rest. */
export function tableOf(done: Done[]): string {
  const wrong = done.flatMap(({ task, faults, run }) => {
    const failed = run.failure ? [run.failure.words] : run.state === "finished" ? [] : [`the run was ${run.state}`]
    return [...failed, ...faults].map((fault) => `${task.id}: ${fault}`)
  })
  return [
    "| tasks | done | checks met | tokens in | tokens out | cost | time of one |",
    "|---|---|---|---|---|---|---|",
    ...kinds.flatMap((kind) => {
      const some = done.filter(({ task }) => task.kind === kind)
      return some.length > 0 ? [row(kind, some)] : []
    }),
    row("all", done),
    ...(wrong.length > 0 ? ["", ...wrong] : []),
  ].join("\n")
}
