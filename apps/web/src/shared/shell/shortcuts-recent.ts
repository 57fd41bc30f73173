"use client"

import { usePathname } from "next/navigation"
import { useEffect } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"

/** Milliseconds after which a page counts as looked at, and bears its own title. */
const timeout = 1500

/** Keeps the session or the item that is looked at among the recent places, which the palette offers. */
export function useRecentPlace(): void {
  const pathname = usePathname()
  useEffect(() => {
    if (!/^\/(sessions|projects)\/[^/]/.test(pathname)) return
    const timer = setTimeout(async () => {
      const name = document.title.replace(/ · Strudel Agent$/, "")
      const { mostRecent, recentKey, recentPlaces } = await loadWithRetry(() => import("./palette-recent.ts"))
      const places = [{ href: pathname, name }, ...recentPlaces().filter(({ href }) => href !== pathname)]
      try {
        localStorage.setItem(recentKey, JSON.stringify(places.slice(0, mostRecent)))
      } catch {
        // A browser that keeps nothing offers no recent places.
      }
    }, timeout)
    return () => clearTimeout(timer)
  }, [pathname])
}
