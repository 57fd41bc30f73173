"use client"

import { useEffect } from "react"

/** Marks the document once the page answers to clicks and keys, which it does a moment after its first paint. */
export function Alive() {
  useEffect(() => {
    document.documentElement.dataset.alive = ""
  }, [])
  return null
}
