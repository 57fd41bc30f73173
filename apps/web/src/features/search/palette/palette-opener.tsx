"use client"

import { SearchIcon } from "lucide-react"
import { useEffect } from "react"
import { islandOnDemand } from "#shared/api/island.tsx"
import { useChord } from "#shared/keyboard/apple.ts"
import { isCovered } from "#shared/keyboard/covered.ts"
import { show, useOverlay } from "#shared/shell/palette-state.ts"

const Palette = islandOnDemand(() => import("./palette.tsx").then((part) => part.Palette))

/** The way to everything by its name: a button, and ⌘K or Ctrl K. */
export function PaletteOpener() {
  const open = useOverlay() === "palette"
  const chord = useChord("K")
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || event.shiftKey || event.altKey || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      if (!isCovered(event.target)) show("palette")
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        title="Find anything"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => show("palette")}
        className="flex h-9 items-center gap-3 rounded-md px-2.5 text-sm text-soft transition-colors hover:bg-raised hover:text-ink rail:border rail:border-line rail:px-3"
      >
        <SearchIcon className="size-[1.125rem]" aria-hidden="true" />
        <span className="sr-only rail:not-sr-only">Find…</span>
        <span aria-hidden="true" className="ml-auto hidden font-mono text-xs text-faint rail:inline">
          {chord}
        </span>
      </button>
      {open && <Palette onClose={() => show(undefined)} />}
    </>
  )
}
