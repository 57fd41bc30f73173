"use client"

import { useEffect } from "react"

/** Keeps the screen awake while something plays, where the browser can. */
export function useWakeLock(on: boolean) {
  useEffect(() => {
    if (!on || !("wakeLock" in navigator)) return
    let asked: Promise<WakeLockSentinel | undefined> | undefined
    // A browser takes it back when the page is hidden, and gives it again only when asked.
    const ask = () => {
      if (document.visibilityState === "visible") asked = navigator.wakeLock.request("screen").catch(() => undefined)
    }
    ask()
    document.addEventListener("visibilitychange", ask)
    return () => {
      document.removeEventListener("visibilitychange", ask)
      void asked?.then((lock) => lock?.release())
    }
  }, [on])
}
