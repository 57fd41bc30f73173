"use client"

import { useRouter } from "next/navigation"
import { useEffect, useEffectEvent, useRef, useState } from "react"

/** The link to another page of this site that a click follows; undefined where it opens elsewhere or leads nowhere. */
function followed(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest("a") : null
  if (!link?.href || (link.target && link.target !== "_self") || link.hasAttribute("download")) return undefined
  const url = new URL(link.href)
  return url.origin === location.origin && url.pathname !== location.pathname ? link : undefined
}

const isAddress = (href: string): href is `${string}:${string}` => href.includes(":")

/** Lets the browser ask before the site is left while something is unsaved, unless `asks` says no. */
export function useUnloadGuard(unsaved: boolean, asks: () => boolean = () => true) {
  const onUnload = useEffectEvent((event: BeforeUnloadEvent) => {
    if (asks()) event.preventDefault()
  })
  useEffect(() => {
    if (!unsaved) return
    const listener = (event: BeforeUnloadEvent) => onUnload(event)
    addEventListener("beforeunload", listener)
    return () => removeEventListener("beforeunload", listener)
  }, [unsaved])
}

/**
 * Asks before the page is left while something is unsaved: by the browser where the site is left, else by `asked`. It
 * listens before the router does, which would be gone already.
 */
export function useLeaveGuard(unsaved: boolean) {
  const [leave, setLeave] = useState<() => void>()
  const open = useRef(false)
  const router = useRouter()
  useUnloadGuard(unsaved, () => !open.current)

  useEffect(() => {
    if (!unsaved) return
    open.current = false
    const onClick = (event: MouseEvent) => {
      const link = open.current ? undefined : followed(event)
      if (!link) return
      event.preventDefault()
      event.stopPropagation()
      const { href } = link
      // The link may be in a dialog such as the palette's, which would lie above the question.
      link.closest("dialog")?.close()
      setLeave(() => () => (!link.isConnected && isAddress(href) ? router.push(href) : link.click()))
    }
    // A step back is stopped before it happens; a browser that cannot do that keeps the draft all the same.
    const onNavigate = (event: NavigateEvent) => {
      const { key, sameDocument, url } = event.destination
      if (open.current || event.navigationType !== "traverse" || !event.cancelable || !sameDocument) return
      if (new URL(url).pathname === location.pathname) return
      event.preventDefault()
      setLeave(() => () => void navigation.traverseTo(key))
    }
    const steps = "navigation" in window ? navigation : undefined
    addEventListener("click", onClick, true)
    steps?.addEventListener("navigate", onNavigate)
    return () => {
      removeEventListener("click", onClick, true)
      steps?.removeEventListener("navigate", onNavigate)
    }
  }, [unsaved, router])

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
