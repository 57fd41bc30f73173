"use client"

import { RotateCwIcon, UnplugIcon } from "lucide-react"
import { Button } from "./button.tsx"

/** Says in words what failed and offers to try again. */
export function Failed({
  text = "Something went wrong on the server.",
  busy = false,
  onRetry,
}: {
  text?: string
  busy?: boolean
  onRetry: () => void
}) {
  return (
    <div role="alert" className="flex flex-col items-center gap-4 px-6 py-16 text-center">
      <UnplugIcon className="size-8 text-danger" aria-hidden="true" strokeWidth={1.5} />
      <p className="max-w-md text-balance">{text}</p>
      <Button busy={busy} onClick={onRetry}>
        {!busy && <RotateCwIcon aria-hidden="true" />}
        Try again
      </Button>
    </div>
  )
}
