import type { EvaluateOptions } from "../evaluation/evaluate-options.ts"
import type { Picture } from "../picture/picture-data.ts"
import type { Failed, Played } from "../result.ts"

export interface Analysis {
  code: string
  options: EvaluateOptions
  /** Milliseconds of CPU after which the code is stopped. */
  deadline: number
}

export interface Request extends Analysis {
  id: number
  /** Whether to describe what plays instead of telling each event. */
  describe: boolean
}

/** What plays without each event: how many there are, and a picture of them; null where they make no sound. */
export type Described = (Omit<Played, "haps"> & { events: number; picture: Picture | null }) | Failed

/** What a thread says: that it is ready, and by what name its CPU is counted; the answer of a request as JSON; or that it must be replaced. */
export type Reply =
  | { type: "ready"; thread: string | null }
  | { type: "answer"; id: number; json: string }
  | { type: "broken"; id: number }
