"use client"

import { formatAgo, formatExactly, formatShortly } from "#shared/words/time.ts"
import { useNow, useTimeZone } from "./clock.tsx"

/** How long ago something was, and when exactly as its title. */
export function Ago({ at }: { at: string }) {
  const now = useNow()
  const timeZone = useTimeZone()
  const then = Date.parse(at)
  if (Number.isNaN(then)) return <span>{at}</span>
  return (
    <time dateTime={at} title={formatExactly(then, timeZone)} className="whitespace-nowrap tabular-nums">
      {formatAgo(then, now)}
    </time>
  )
}

/** When something was, to the minute, and exactly as its title. */
export function Moment({ at }: { at: string }) {
  const timeZone = useTimeZone()
  const then = Date.parse(at)
  if (Number.isNaN(then)) return <span>{at}</span>
  return (
    <time dateTime={at} title={formatExactly(then, timeZone)} className="whitespace-nowrap tabular-nums">
      {formatShortly(then, timeZone)}
    </time>
  )
}
