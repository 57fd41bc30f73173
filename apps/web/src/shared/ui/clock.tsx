"use client"

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from "react"
import { keepCookie } from "#shared/browser/cookies.ts"

/** The moment and time zone that the server drew the page with. */
const Drawn = createContext({ now: 0, timeZone: "UTC" })

const period = 30_000
let moment = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  if (!timer) {
    moment = Date.now()
    timer = setInterval(() => {
      moment = Date.now()
      for (const each of listeners) each()
    }, period)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const never = () => () => {}
const ownTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Gives the page the server's moment, so that the first drawing in the browser says the same, and tells the server the time zone. */
export function Clock({ now, timeZone, children }: { now: number; timeZone: string; children: ReactNode }) {
  useEffect(() => {
    if (ownTimeZone() !== timeZone) keepCookie("time-zone", ownTimeZone())
  }, [timeZone])
  return <Drawn value={{ now, timeZone }}>{children}</Drawn>
}

/** The moment in milliseconds, renewed every 30 seconds. */
export function useNow(): number {
  const drawn = useContext(Drawn)
  return useSyncExternalStore(
    subscribe,
    () => moment,
    () => drawn.now,
  )
}

/** The reader's time zone. */
export function useTimeZone(): string {
  const drawn = useContext(Drawn)
  return useSyncExternalStore(never, ownTimeZone, () => drawn.timeZone)
}
