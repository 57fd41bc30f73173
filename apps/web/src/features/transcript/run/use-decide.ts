"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import type { RunChange } from "@strudel-agent/contract/run"
import { api } from "#shared/api/trpc.ts"
import { stagedChanges } from "#shared/transcript/run-inputs.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { type DecisionProblem, keyOfChange, type RunsStore, useRuns } from "./runs-context.ts"

/** Notes which change is being decided, and why that failed. */
function note(store: RunsStore, key: string, deciding: boolean, problem?: DecisionProblem): void {
  store.setState(({ deciding: before, problems }) => {
    const others = new Set([...before].filter((each) => each !== key))
    const rest = new Map([...problems].filter(([each]) => each !== key))
    return {
      deciding: deciding ? others.add(key) : others,
      problems: problem ? rest.set(key, problem) : rest,
    }
  })
}

const none: { changes: RunChange[] } = { changes: [] }

const list = new Intl.ListFormat("en-GB")

/** What comes of a rejection for the changes that need what was rejected. */
export function withoutInWords({ itemType, itemName }: RunChange, dependents: RunChange[]): string {
  const names = list.format(dependents.map((each) => `the ${each.itemType} ${each.itemName}`))
  const [verb, pronoun] = dependents.length === 1 ? ["needs", "it"] : ["need", "they"]
  return `Rejected. ${names[0]?.toUpperCase()}${names.slice(1)} ${verb} the ${itemType} ${itemName}: without it ${pronoun} cannot be made.`
}

/** What came of a decision: somebody else may have made it before, and the change itself tells which. */
type Outcome = "done" | "before" | "failed"

/** Approves and rejects changes that wait for a person: one, or several in the order in which they were proposed. */
export function useDecide() {
  const { client, run, clip } = api.useUtils()
  const runs = useRuns()

  async function decideOne(change: RunChange, approved: boolean): Promise<Outcome> {
    if (!runs) return "failed"
    const { sessionId, store } = runs
    const key = keyOfChange(change)
    if (store.getState().deciding.has(key)) return "before"
    note(store, key, true)
    try {
      await client.run.decide.mutate({
        ...{ sessionId, number: change.number, callId: change.callId, approved },
        // Its button says what comes with it: a later proposal of that was not seen.
        needed: change.needs.map(({ number, callId }) => ({ number, callId })),
      })
      note(store, key, false)
      return "done"
    } catch (error) {
      const reason = reasonOf(error) ?? "INTERNAL"
      const isDecided = reason === "RUN_CHANGE_DECIDED"
      note(store, key, false, isDecided ? undefined : { reason, approved })
      return isDecided ? "before" : "failed"
    }
  }
  /** The changes that wait for a person and need another one, as the bar knows them. */
  function dependentsOf(change: RunChange): RunChange[] {
    const { changes } = run.changes.getData(stagedChanges(change.sessionId)) ?? none
    return changes.filter(({ needs }) => needs.some((need) => keyOfChange(need) === keyOfChange(change)))
  }
  const refresh = () =>
    Promise.all([run.changes.invalidate({ sessionId: runs?.sessionId }), clip.invalidate()]).catch(() => undefined)

  return {
    async decide(change: RunChange, approved: boolean): Promise<void> {
      const dependents = approved ? [] : dependentsOf(change)
      const outcome = await decideOne(change, approved)
      await refresh()
      if (outcome === "done" && dependents.length > 0) showToast(withoutInWords(change, dependents))
    },
    async decideAll(changes: RunChange[], approved: boolean): Promise<void> {
      const count = { done: 0, before: 0, failed: 0 }
      for (const change of changes) count[await decideOne(change, approved)]++
      await refresh()
      const deed = approved ? "made" : "rejected"
      if (count.failed > 0) {
        const [first] = runs?.store.getState().problems.values() ?? []
        toastError(`${countOf(count.failed, "change")} could not be ${deed}. ${first ? wordsOf(first.reason) : ""}`)
      } else if (count.done > 0) showToast(`${countOf(count.done, "change")} ${deed}.`)
    },
  }
}
