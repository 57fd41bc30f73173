"use client"

import { useEffect } from "react"

/** Keeps the browser from opening a file that is dropped in the page's place, also before what imports it is there. */
function keepPage(event: DragEvent) {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault()
}

/** Marks the document once the page answers to clicks and keys, which it does a moment after its first paint. */
export function HydrationMark() {
  useEffect(() => {
    addEventListener("dragover", keepPage)
    addEventListener("drop", keepPage)
    document.documentElement.dataset.alive = ""
  }, [])
  return null
}
