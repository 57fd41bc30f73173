import type { Plan } from "../protocol.ts"
import type { ClipSet } from "./clips/clip-set.ts"

/** What takes over on a cycle. */
export interface Coming {
  clipSet: ClipSet
  /** Null where only the code changes. */
  plan: Plan | null
  /** The section to begin with; null where the place is kept. */
  from: number | null
  /** Whose sources play on; the others of the clip set are ended. */
  keys: Set<string>
  cycle: number
  change: number
  /** Whether it is silence. */
  ends?: true
}
