"use client"

import { ChevronRightIcon } from "lucide-react"
import { type ReactNode, useId, useState } from "react"
import { holdScroll } from "./hold-scroll.ts"

/** Something that is shown on demand, below the button that asks for it. */
export function Disclosure({ label, children }: { label: ReactNode; children: ReactNode }) {
  const id = useId()
  const [open, setOpen] = useState(false)
  return (
    <div className="contents">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={({ currentTarget }) => holdScroll(currentTarget, () => setOpen(!open))}
        className="inline-flex items-center gap-1 self-start rounded text-xs text-soft hover:text-ink"
      >
        <ChevronRightIcon className={`size-3.5 transition-transform ${open ? "rotate-90" : ""}`} aria-hidden="true" />
        {label}
      </button>
      <div id={id} className={open ? "mt-1 w-full min-w-0 basis-full" : ""}>
        {open && children}
      </div>
    </div>
  )
}
