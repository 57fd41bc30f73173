"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { RunChange } from "@strudel-agent/contract/run"
import { api } from "#shared/api/trpc.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { type ChangeKey, keyOfChange, type RunsStore, useRuns } from "./runs-context.ts"

/** Notes which change is being decided, and why that failed. */
function note(store: RunsStore, key: string, deciding: boolean, problem?: ReturnType<typeof reasonOf>): void {
  store.setState(({ deciding: before, problems }) => {
    const others = new Set([...before].filter((each) => each !== key))
    const rest = new Map([...problems].filter(([each]) => each !== key))
    return {
      deciding: deciding ? others.add(key) : others,
      problems: problem ? rest.set(key, problem) : rest,
    }
  })
}

/** Approves and rejects changes that wait for a person: one, or several in the order in which they were proposed. */
export function useDecide() {
  const { client, run, clip } = api.useUtils()
  const runs = useRuns()

  async function decideOne(change: ChangeKey, approved: boolean): Promise<boolean> {
    if (!runs) return false
    const { sessionId, store } = runs
    const key = keyOfChange(change)
    note(store, key, true)
    try {
      await client.run.decide.mutate({ sessionId, number: change.number, callId: change.callId, approved })
      note(store, key, false)
      return true
    } catch (error) {
      const reason = reasonOf(error) ?? "INTERNAL"
      // Somebody else was first: the change itself tells what came of it.
      note(store, key, false, reason === "RUN_CHANGE_DECIDED" ? undefined : reason)
      return false
    }
  }
  const refresh = () =>
    Promise.all([run.changes.invalidate({ sessionId: runs?.sessionId }), clip.invalidate()]).catch(() => undefined)

  return {
    async decide(change: ChangeKey, approved: boolean): Promise<void> {
      await decideOne(change, approved)
      await refresh()
    },
    async decideAll(changes: RunChange[], approved: boolean): Promise<void> {
      let done = 0
      for (const change of changes) if (await decideOne(change, approved)) done++
      await refresh()
      const left = changes.length - done
      if (left > 0) {
        const [first] = runs?.store.getState().problems.values() ?? []
        toastError(
          `${countOf(left, "change")} could not be ${approved ? "made" : "rejected"}. ${first ? wordsOf(first) : ""}`,
        )
      } else showToast(`${countOf(done, "change")} ${approved ? "made" : "rejected"}.`)
    },
  }
}
