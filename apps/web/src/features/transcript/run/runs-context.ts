"use client"

import type { Reason } from "@strudel-agent/contract/reason"
import type { RunChange } from "@strudel-agent/contract/run"
import { createContext, use } from "react"
import { createStore, type StoreApi, useStore } from "zustand"
import type { RunNews } from "#shared/live/live-store.ts"
import { type HeardRun, hearRun } from "./heard-run.ts"

/** Runs that were heard while the page is open and that are kept as they were written. */
const mostKept = 20

export type ChangeKey = Pick<RunChange, "number" | "callId">

/** What tells the changes of a session from one another. */
export const keyOfChange = ({ number, callId }: ChangeKey): string => `${number} ${callId}`

export interface RunsState {
  /** The session's last run. */
  last: HeardRun | undefined
  /** Runs before it that were heard, by their numbers. */
  kept: ReadonlyMap<number, HeardRun>
  /** Whether the agent is being told to stop, and whether it is being asked again. */
  stopping: boolean
  asking: boolean
  /** The changes that are being decided, and why others could not be. */
  deciding: ReadonlySet<string>
  problems: ReadonlyMap<string, DecisionProblem>
}

/** Why a change could not be decided, and whether it was to be approved. */
export interface DecisionProblem {
  reason: Reason | "UNREACHABLE"
  approved: boolean
}

export type RunsStore = StoreApi<RunsState>

/** What a page knows of the runs of a session. */
export const createRunsStore = (last: HeardRun | undefined): RunsStore =>
  createStore(() => ({
    ...{ last, stopping: false, asking: false },
    ...{ kept: new Map(), deciding: new Set(), problems: new Map() },
  }))

/** Takes in what the stream tells; answers what was known before. */
export function takeNews(store: RunsStore, news: RunNews): HeardRun | undefined {
  const { last, kept } = store.getState()
  const next = hearRun(last, news)
  if (next === last) return last
  const isAnother = last && last.run.number !== next.run.number && last.count > 0
  const before = isAnother ? new Map([...kept, [last.run.number, last] as const].slice(-mostKept)) : kept
  store.setState({ last: next, kept: before })
  return last
}

export interface Runs {
  sessionId: string
  store: RunsStore
  /** Has the last question answered once more, or what is unfinished gone on with. */
  again: (continues: boolean) => void
  /** Stops the run that is open, else a question that waits. */
  stop: () => void
}

export const RunsContext = createContext<Runs | undefined>(undefined)

/** The runs of the transcript around a message; undefined where it stands elsewhere. */
export const useRuns = (): Runs | undefined => use(RunsContext)

const nothing = createRunsStore(undefined)

/** What is known of the runs of the transcript around. */
export const useRunsState = <T>(select: (state: RunsState) => T): T => useStore(useRuns()?.store ?? nothing, select)

/** A run that was heard while it was written. */
export const heardRunOf = ({ last, kept }: RunsState, number: number): HeardRun | undefined =>
  last?.run.number === number ? last : kept.get(number)
