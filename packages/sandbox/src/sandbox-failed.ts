import type { Silence } from "./protocol.ts"

const messages: Record<Silence, string> = {
  stopped: "It was stopped",
  ended: "It ended",
  diagnostic: "No clip of it plays",
  unavailable: "The player did not start",
  frozen: "The player did not answer and was started again",
  flooded: "The player sent too much and was started again",
  crashed: "The player crashed and was started again",
  closed: "The player is closed",
  overtaken: "It was stopped before it began",
  blocked: "The browser lets sound begin only after a click on the page",
  refused: "The player does not take this",
}

/** Why the sandbox does not do what it was asked to, in a word and in a sentence. */
export class SandboxFailed extends Error {
  override name = "SandboxFailed"
  readonly because: Silence

  constructor(because: Silence, message = messages[because], options?: ErrorOptions) {
    super(message, options)
    this.because = because
  }
}
