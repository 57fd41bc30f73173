/** Work in steps that take some milliseconds each, between which whoever runs it may do something else. */
export type Steps<Result> = Generator<void, Result, void>

/** Does the work in one go. */
export function finish<Result>(steps: Steps<Result>): Result {
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
