"use client"

import { useLinkStatus } from "next/link"

/** A dot inside a link that shows while its page is on the way; it takes its room before, so nothing moves. */
export function PendingHint({ className = "" }: { className?: string }) {
  const { pending } = useLinkStatus()
  return (
    <span
      aria-hidden="true"
      className={`size-1.5 shrink-0 rounded-full bg-accent transition-opacity delay-150 ${pending ? "animate-shimmer opacity-100" : "opacity-0"} ${className}`}
    />
  )
}
