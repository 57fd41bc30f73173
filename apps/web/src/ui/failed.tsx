"use client"

import type { Reason } from "@strudel-agent/api/schema/reason"
import { reasonOf } from "@strudel-agent/client/reason"
import { RotateCwIcon, UnplugIcon } from "lucide-react"
import { words } from "../words/reasons.ts"
import { Button } from "./button.tsx"

/** Says in words what failed and offers to try again. */
export function Failed({
  reason,
  busy = false,
  onRetry,
}: {
  reason: Reason | "UNREACHABLE"
  busy?: boolean
  onRetry: () => void
}) {
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-6 py-16 text-center">
      <UnplugIcon className="size-8 text-danger" aria-hidden="true" strokeWidth={1.5} />
      <p className="max-w-md text-balance">{words[reason]}</p>
      <Button busy={busy} onClick={onRetry}>
        {!busy && <RotateCwIcon aria-hidden="true" />}
        Try again
      </Button>
    </div>
  )
}

/** The failed state of a query. */
export const FailedQuery = ({
  query: { error, isFetching, refetch },
}: {
  query: { error: unknown; isFetching: boolean; refetch: () => unknown }
}) => <Failed reason={reasonOf(error) ?? "INTERNAL"} busy={isFetching} onRetry={() => void refetch()} />
