"use client"

import { useEffect } from "react"

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"))

/** Moves the focus among the rows of the page's lists, which are marked with `data-row`. */
function moveFocus(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("main [data-row]")]
  const here = rows.findIndex((row) => row.contains(document.activeElement))
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: "nearest" })
}

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
  if (document.querySelector("dialog[open]")) return
  if (event.key === "j") moveFocus(1)
  else if (event.key === "k") moveFocus(-1)
  else if (event.key === "/") {
    const search = document.querySelector<HTMLInputElement>("main input[type=search]")
    if (!search) return
    search.focus()
    search.select()
    event.preventDefault()
  }
}

/** j and k walk along the rows of a list, enter opens one, / goes to the search field. */
export function Shortcuts() {
  useEffect(() => {
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return null
}
