import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { wordsOf } from "#shared/words/reasons.ts"
import { type DraftKind, type DraftState, draftSteps, type Phase, type Versioned } from "./draft-state.ts"
import type { Outcome } from "./store-over.ts"
import { isPassing } from "./use-save-again.ts"

const rest: Phase = { kind: "rest" }

export type Failure = Extract<Phase, { kind: "failed" }>

/** Why a write failed, in words: what is wrong with a field where that is told. */
export function failureOf(error: unknown): Failure {
  const reason = reasonOf(error) ?? "INTERNAL"
  const [fieldProblem] = Object.values(fieldsOf(error))
  return { kind: "failed", error, text: fieldProblem ?? wordsOf(reason), again: isPassing(reason) }
}

/** What became of a save: "conflict" where a version that does not fit was stored meanwhile. */
export type Saved = "saved" | "conflict" | "failed"

/** A draft that is typed and stored, and the state of both. */
export function createDraft<S, D>(kind: DraftKind<S, D>, start: Versioned<S, D>) {
  const steps = draftSteps(kind)
  const listeners = new Set<() => void>()
  let state: DraftState<S, D> = { ...start, phase: rest }

  function change(next: Partial<DraftState<S, D>>): void {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  /** Goes on to a state, without a complaint about a save where nothing is unsaved in it. */
  function follow(next: Versioned<S, D>): void {
    if (next === state) return
    const { kind: now } = state.phase
    const isOver = (now === "failed" || now === "refused") && !steps.isDirty(next)
    change(isOver ? { ...next, phase: rest } : next)
  }

  return {
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change,
    /** Types something, which lets go of a complaint. */
    edit(draft: D): void {
      const { base, newest, phase } = state
      if (phase.kind === "refused") change({ draft, phase: rest })
      else follow({ base, newest, draft })
    },
    /** Remembers that a version is there. */
    note: (stored: S) => follow(steps.note(state, stored)),
    /**
     * Takes over a version where nothing would be lost, else remembers that it is there; answers whether what is shown is
     * another's by that.
     */
    meet(stored: S): boolean {
      const { base, draft } = state
      follow(steps.meet(state, stored))
      return state.base !== base && !kind.isSame(draft, state.base, base)
    },
    refuse: (text: string) => change({ phase: { kind: "refused", text } }),
    /** Writes a draft, one write at a time; what is typed meanwhile stays. `settle` says what the state is then. */
    async write(
      send: () => Promise<Outcome<S>>,
      settle?: (drafted: Versioned<S, D>, stored: S) => Versioned<S, D>,
    ): Promise<Saved> {
      if (state.phase.kind === "saving") return "failed"
      const { base, draft: sent } = state
      const wasDirty = steps.isDirty(state)
      change({ phase: { kind: "saving" } })
      try {
        const outcome = await send()
        if ("stored" in outcome) {
          const { stored } = outcome
          change({ ...(settle?.(state, stored) ?? steps.settleMerged(state, stored, sent)), phase: rest })
          return "saved"
        }
        change({ ...steps.note(state, outcome.theirs), phase: { kind: "conflict" } })
        return "conflict"
      } catch (error) {
        const isOver = wasDirty && !steps.isDirty(state)
        change({ phase: isOver ? rest : failureOf(error) })
        // It was met as stored while its answer was waited for.
        return isOver && state.base !== base ? "saved" : "failed"
      }
    },
    /** Goes back to the newest version; answers what brings the draft back, unless something was typed since. */
    discard(): () => boolean {
      const { base, draft } = state
      change({ ...steps.begin(state.newest), phase: rest })
      return () => {
        if (steps.isDirty(state)) return false
        change({ base, draft })
        return true
      }
    },
  }
}

export type DraftStore<S, D> = ReturnType<typeof createDraft<S, D>>
