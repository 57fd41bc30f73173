import type { Run, RunChange, RunState } from "@strudel-agent/contract/run"
import type { RunStep } from "@strudel-agent/contract/run/step"
import { countOf, formatNumber } from "#shared/words/count.ts"

/** What a run is at, in a few words. */
export function workOf(steps: RunStep[]): string {
  const step = steps.at(-1)
  if (!step) return "Reading"
  switch (step.type) {
    case "text":
      return "Writing"
    case "reasoning":
      return "Thinking"
    case "wait":
      return "Waiting"
    case "call":
      return step.result ? "Thinking" : step.title
  }
}

const endings: Partial<Record<RunState, string>> = { stopped: "Stopped", interrupted: "Interrupted", failed: "Failed" }

/** Ids of browsers, which are no names to read. */
const browserId = /^[0-9a-f-]{36}$/

/** Who stopped a run; undefined for a browser while it is not known whether it is this one. */
function stopper(by: string, ownId: string | undefined): string | undefined {
  if (!browserId.test(by)) return by
  if (ownId === undefined) return undefined
  return by === ownId ? "you" : "somebody else"
}

/**
 * Why a run ended early, in words; undefined for one that is at work or went to its end. Who has the id by which it was
 * stopped reads that they did it.
 */
export function endingOf(
  { state, failure, stoppedBy = null }: Pick<Run, "state" | "failure"> & Partial<Pick<Run, "stoppedBy">>,
  ownId?: string | undefined,
): string | undefined {
  if (state === "failed" && failure) return `Failed: ${failure.words}`
  const by = state === "stopped" && stoppedBy !== null ? stopper(stoppedBy, ownId) : undefined
  return by === undefined ? endings[state] : `Stopped by ${by}`
}

type Deed = "make" | "change" | "restore" | "delete"

const verbs: Record<Deed, [staged: string, applied: string]> = {
  make: ["Make", "Made"],
  change: ["Change", "Changed"],
  restore: ["Bring back", "Brought back"],
  delete: ["Delete", "Deleted"],
}

/** Whether a change deletes what it is about. */
export const isDeletion = ({ path }: Pick<RunChange, "path">): boolean => path.endsWith(".delete")

function deedOf(change: RunChange): Deed {
  const { path, textBefore } = change
  if (isDeletion(change)) return "delete"
  if (path.endsWith(".create")) return "make"
  return path.endsWith(".restore") && textBefore !== null ? "restore" : "change"
}

/** What a change does, or did. */
export const verbOfChange = (change: RunChange): string => verbs[deedOf(change)][change.state === "applied" ? 1 : 0]

/** What a change needs of others that wait, in a few words: "kick", "2 clips". */
export function needsInWords(needs: RunChange["needs"]): string {
  const [first, second] = needs
  if (!first) return ""
  if (!second) return first.itemName
  const isOneKind = needs.every(({ itemType }) => itemType === first.itemType)
  return countOf(needs.length, isOneKind ? first.itemType : "change")
}

/** Where a change stands, in words. */
export function stateOfChange({ state, version }: RunChange): string {
  switch (state) {
    case "staged":
      return "Waits for you"
    case "applied":
      return version === null ? "Done" : `Version ${formatNumber(version)}`
    case "rejected":
      return "Rejected"
    case "replaced":
      return "Replaced by a later one"
  }
}
