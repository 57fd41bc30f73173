import type { RunKey } from "@strudel-agent/contract/run"

/** A run, and who works on it. */
export interface WorkingKey extends RunKey {
  worker: string
}
