import type { RunFailure } from "@strudel-agent/contract/run"

/** The run is not this worker's any more: it was stopped, taken by another one, or is gone. */
export class RunOver extends Error {}

/** This process stops; another one goes on with its runs. */
export class WorkerStops extends Error {}

/** The run ends for a reason that people are told. */
export class RunFailed extends Error {
  readonly failure: RunFailure

  constructor(failure: RunFailure) {
    super(failure.words)
    this.failure = failure
  }
}

export const internalFailure: RunFailure = {
  reason: "internal",
  words: "Something went wrong in the agent, and it was logged. Try again.",
}
