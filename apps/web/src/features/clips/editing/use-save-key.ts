"use client"

import { useEffect, useRef } from "react"
import { isCovered } from "#shared/keyboard/covered.ts"

/** Saves at ⌘S, or Ctrl S, wherever the focus is; the browser's own dialog stays away. */
export function useSaveKey(save: () => void): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      if (!event.repeat && !isCovered(event.target)) latest.current()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
}
