import type { Run } from "@strudel-agent/contract/run"
import { addRunEvent } from "@strudel-agent/contract/run/fold"
import type { RunStep } from "@strudel-agent/contract/run/step"
import type { RunNews } from "#shared/live/live-store.ts"

/** A run as a page knows it. */
export interface HeardRun {
  run: Run
  /** What it has written, as far as it is known. */
  steps: RunStep[]
  /** What of that was put together of events, and of how many. */
  heard: RunStep[]
  count: number
}

/** A run out of what the server answers for it. */
export const readRun = (run: Run, steps: RunStep[]): HeardRun => ({ run, steps, heard: [], count: 0 })

/** How much was written, to compare two states of one run. */
const sizeOf = (steps: RunStep[]): number =>
  steps.reduce((sum, step) => {
    if (step.type === "call") return sum + 1 + (step.result ? 1 + step.result.text.length : 0)
    return sum + 1 + (step.type === "wait" ? 0 : step.text.length)
  }, 0)

/**
 * Takes in what the stream tells of a session's last run: events that are known are passed over, and those behind a hole
 * wait until the stream tells all of them again. What was known of an earlier run is left.
 */
export function hearRun(known: HeardRun | undefined, { run, from, events }: RunNews): HeardRun {
  if (known && known.run.number > run.number) return known
  const before = known?.run.number === run.number ? known : readRun(run, [])
  const latest = before.run.revision > run.revision ? before.run : run
  const news = from > before.count ? [] : events.slice(before.count - from)
  if (news.length === 0) return latest === before.run ? before : { ...before, run: latest }
  const heard = news.reduce(addRunEvent, before.heard)
  // What was read at first may be ahead of what was told since.
  const steps = before.steps === before.heard || sizeOf(heard) >= sizeOf(before.steps) ? heard : before.steps
  return { run: latest, steps, heard, count: before.count + news.length }
}
