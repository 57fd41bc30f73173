import type { EvaluateOptions } from "../evaluate-options.ts"

export interface Analysis {
  code: string
  options: EvaluateOptions
  /** Milliseconds until the code is stopped. */
  deadline: number
}

export interface Request extends Analysis {
  id: number
}

/** What a thread says: that it is ready, the answer of a request as JSON, or that it must be replaced. */
export type Reply = { type: "ready" } | { type: "answer"; id: number; json: string } | { type: "broken"; id: number }
