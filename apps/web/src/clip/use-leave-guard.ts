"use client"

import { useSearchParams } from "next/navigation"
import { useEffect, useRef, useState } from "react"

/** The link to another page of this site that a click follows; undefined where it opens elsewhere or leads nowhere. */
function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest("a") : null
  if (!link?.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return undefined
  const url = new URL(link.href)
  return url.origin === location.origin && url.pathname !== location.pathname ? link : undefined
}

/**
 * Asks before the page is left while something is unsaved: by the browser where the site is left, else by `asked`. It
 * listens before the router does, which would be gone already.
 */
export function useLeaveGuard(unsaved: boolean) {
  const search = useSearchParams().toString()
  const [leave, setLeave] = useState<() => void>()
  const open = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is read again when its search part changes.
  useEffect(() => {
    if (!unsaved) return
    open.current = false
    const here = { path: location.pathname, href: location.href, state: history.state }

    const onUnload = (event: BeforeUnloadEvent) => {
      if (!open.current) event.preventDefault()
    }
    const onClick = (event: MouseEvent) => {
      const link = open.current ? undefined : followed(event)
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      setLeave(() => () => link.click())
    }
    const onPopState = (event: PopStateEvent) => {
      if (open.current || location.pathname === here.path) return
      event.stopImmediatePropagation()
      // The address is back to this page's; leaving is one step back from it.
      history.pushState(here.state, "", here.href)
      setLeave(() => () => history.back())
    }
    addEventListener("beforeunload", onUnload)
    addEventListener("click", onClick, true)
    addEventListener("popstate", onPopState, true)
    return () => {
      removeEventListener("beforeunload", onUnload)
      removeEventListener("click", onClick, true)
      removeEventListener("popstate", onPopState, true)
    }
  }, [unsaved, search])

  return {
    /** Whether leaving waits for an answer. */
    asked: leave !== undefined,
    stay: () => setLeave(undefined),
    go() {
      open.current = true
      setLeave(undefined)
      leave?.()
    },
  }
}
