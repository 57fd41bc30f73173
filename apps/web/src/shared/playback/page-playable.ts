"use client"

import { useEffect, useRef } from "react"
import type { PlaySource } from "./use-play.ts"

let source: { current: PlaySource } | undefined

/** Makes something what the space bar plays, as long as the page that shows it is there. */
export function usePagePlayable(own: PlaySource): void {
  const latest = useRef(own)
  useEffect(() => {
    latest.current = own
  })
  useEffect(() => {
    source = latest
    return () => {
      if (source === latest) source = undefined
    }
  }, [])
}

/** What the page is about, where that can be played. */
export const pagePlayable = (): PlaySource | undefined => source?.current
