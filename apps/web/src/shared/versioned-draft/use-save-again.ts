"use client"

import { type Reason, retryAfter } from "@strudel-agent/contract/reason"
import { useEffect, useRef } from "react"

/** Whether a reason for a failure passes by itself, so that another try makes sense. */
export const isPassing = (reason: Reason | "UNREACHABLE" | undefined): boolean =>
  reason === "UNREACHABLE" || (reason !== undefined && retryAfter(reason) !== undefined)

/** Milliseconds between tries while the page is looked at and the browser thinks that it is online. */
const period = 10_000

/** Saves again by itself while that makes sense: when the connection is back, and from time to time. */
export function useSaveAgain(waiting: boolean, save: () => unknown): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    if (!waiting) return
    const again = () => {
      if (navigator.onLine && document.visibilityState === "visible") latest.current()
    }
    addEventListener("online", again)
    const timer = setInterval(again, period)
    return () => {
      removeEventListener("online", again)
      clearInterval(timer)
    }
  }, [waiting])
}
