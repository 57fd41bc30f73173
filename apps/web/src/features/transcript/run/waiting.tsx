"use client"

import { LoaderCircleIcon } from "lucide-react"

/** Says that the agent of this installation is about to answer. */
export const Waiting = () => (
  <p role="status" className="flex min-h-12 items-center gap-2.5 pl-11 text-sm text-soft sm:pl-13">
    <LoaderCircleIcon className="size-4 animate-spin text-accent" aria-hidden="true" />
    The agent will answer…
  </p>
)
