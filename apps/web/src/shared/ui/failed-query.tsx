"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { wordsOf } from "#shared/words/reasons.ts"
import { Failed } from "./failed.tsx"

/** The failed state of a query. */
export const FailedQuery = ({
  query: { error, isFetching, refetch },
}: {
  query: { error: unknown; isFetching: boolean; refetch: () => unknown }
}) => <Failed text={wordsOf(reasonOf(error) ?? "INTERNAL")} busy={isFetching} onRetry={() => void refetch()} />
