"use client"

import type { Run } from "@strudel-agent/contract/run"
import { api } from "#shared/api/trpc.ts"
import { newestRuns, runPageSize } from "#shared/transcript/run-inputs.ts"
import { heardRunOf, useRuns, useRunsState } from "./runs-context.ts"

/** A run of the transcript around by its number: as it was heard, else as it is read, with others of its time. */
export function useRunOf(number: number): Run | undefined {
  const sessionId = useRuns()?.sessionId
  const heard = useRunsState((state) => heardRunOf(state, number)?.run)
  const wanted = sessionId !== undefined && !heard
  const newest = api.run.list.useQuery(newestRuns(sessionId ?? ""), { enabled: wanted })
  const lowest = newest.data?.runs.at(-1)?.number ?? 0
  const before = Math.ceil(number / runPageSize) * runPageSize + 1
  const older = api.run.list.useQuery(
    { ...newestRuns(sessionId ?? ""), before },
    { enabled: wanted && number < lowest, staleTime: Number.POSITIVE_INFINITY },
  )
  return heard ?? [...(newest.data?.runs ?? []), ...(older.data?.runs ?? [])].find((run) => run.number === number)
}
