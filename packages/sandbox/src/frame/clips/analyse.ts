import type { Command } from "../../protocol.ts"
import { ClipGone } from "./answers.ts"
import { timedOut } from "./problems.ts"
import type { WorkerPool } from "./worker-pool.ts"

/** What code plays, as the engine answers; code without an end is a failure of its own. */
export async function analyse(pool: WorkerPool, command: Extract<Command, { type: "analyse" }>): Promise<unknown> {
  const { sources, plan, from, cycles } = command
  for (;;) {
    const checker = pool.checker()
    await checker.ready
    try {
      return await checker.ask<"analyse">({ type: "analyse", sources, plan, from, cycles })
    } catch (error) {
      if (!(error instanceof ClipGone)) throw error
      // Another code took the worker along: this one has its turn in the next.
      if (error.why === "ended" || error.why === "busy") continue
      const [only] = sources
      const problem = await timedOut(pool, sources.length === 1 && only ? only.code : "", error.ask)
      return { ok: false, error: problem, warnings: [] }
    }
  }
}
