import type { Steps } from "@strudel-agent/project-folder/steps"

/** Milliseconds after which work lets others go first. */
const slice = 10

let last: Promise<void> = Promise.resolve()

/** Lets others go first: of all work that waits, one slice runs in each turn of the event loop. */
export function turn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)))
  return last
}

/** Does work in slices, between which the process answers others; work that is short is done at once. */
export async function inSlices<Result>(steps: Steps<Result>): Promise<Result> {
  let begun = performance.now()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    if (performance.now() - begun < slice) continue
    await turn()
    begun = performance.now()
  }
}
