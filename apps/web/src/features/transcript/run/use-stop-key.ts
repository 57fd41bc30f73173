"use client"

import { hasEnded } from "@strudel-agent/contract/run/fold"
import { useStore } from "zustand"
import { useActions } from "#shared/keyboard/actions.ts"
import { useShownPanel } from "#shared/player/panel-state.ts"
import { type Runs, type RunsState, useRunsState } from "./runs-context.ts"

const isAtWork = ({ last }: RunsState): boolean => last !== undefined && !hasEnded(last.run.state)

/** Whether the agent is at work in the transcript around. */
export const useIsAtWork = (): boolean => useRunsState(isAtWork)

/** Escape stops the agent, unless it closes or leaves something else. */
export function useStopKey({ store, stop }: Runs): void {
  const isWorking = useStore(store, isAtWork)
  const isFree = useShownPanel() === undefined
  const action = { id: "run-stop", name: "Stop the agent", group: "Transcript", run: stop }
  useActions(isWorking ? [{ ...action, ...(isFree ? { keys: "Escape" } : {}) }] : [])
}
