"use client"

import { useRef, useState } from "react"

/** Loads what makes rows draggable once `load` says that it may be needed: a pointer over them, or the focus in one. */
export function useDragLayer() {
  const [Layer, setLayer] = useState<typeof import("./drag-layer.tsx")["DragLayer"]>()
  const asked = useRef(false)
  const load = () => {
    if (asked.current) return
    asked.current = true
    import("./drag-layer.tsx").then(
      (loaded) => setLayer(() => loaded.DragLayer),
      () => {
        asked.current = false
      },
    )
  }
  return { Layer, load }
}
