"use client"

import { useSyncExternalStore } from "react"

const query = "(min-width: 64rem)"

function subscribe(changed: () => void) {
  const media = matchMedia(query)
  media.addEventListener("change", changed)
  return () => media.removeEventListener("change", changed)
}

/** Whether there is room for two codes beside each other. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => true,
  )
