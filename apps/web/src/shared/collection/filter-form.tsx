"use client"

import { SlidersHorizontalIcon } from "lucide-react"
import { usePathname, useSearchParams } from "next/navigation"
import { type ChangeEvent, type ReactNode, useEffect, useRef, useState } from "react"

/** Milliseconds of rest after which what was typed takes effect. */
const rest = 250

function searchOf(form: HTMLFormElement): string {
  const params = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) params.set(name, value)
  return params.size > 0 ? `?${params}` : ""
}

/** Brings the fields in line with the address after a link changed it, except the one that is being typed in. */
function showIn(form: HTMLFormElement, params: { get(name: string): string | null }) {
  for (const field of form.elements) {
    if (field === document.activeElement) continue
    if (field instanceof HTMLInputElement && field.type === "radio") {
      field.checked = field.value === (params.get(field.name) ?? "")
    } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
      field.value = params.get(field.name) ?? ""
    }
  }
}

/** A list's filters. They live in the address: every change is there at once, and without scripts "enter" sends them. */
export function FilterForm({ label, children }: { label: string; children: ReactNode }) {
  const pathname = usePathname()
  const params = useSearchParams()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    if (form.current) showIn(form.current, params)
  }, [params])
  useEffect(() => () => clearTimeout(timer.current), [])

  function apply() {
    clearTimeout(timer.current)
    if (form.current) window.history.replaceState(null, "", pathname + searchOf(form.current))
  }

  function onChange({ target }: ChangeEvent<HTMLFormElement>) {
    clearTimeout(timer.current)
    const isTyped = target instanceof HTMLInputElement && target.type !== "radio"
    timer.current = setTimeout(apply, isTyped ? rest : 0)
  }

  return (
    <search aria-label={label}>
      <form
        ref={form}
        method="get"
        action={pathname}
        onChange={onChange}
        onSubmit={(event) => {
          event.preventDefault()
          apply()
        }}
        className="flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        {children}
        <noscript>
          <button type="submit" className="h-9 rounded-md border border-line bg-raised px-3.5 text-sm">
            Apply
          </button>
        </noscript>
      </form>
    </search>
  )
}

/** The filters of a list that are not always in sight; the button tells how many of them are set. */
export function MoreFilters({ names, children }: { names: string[]; children: ReactNode }) {
  const params = useSearchParams()
  const set = names.filter((name) => params.get(name)).length
  const [open, setOpen] = useState(set > 0)
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="contents [&::details-content]:w-full not-open:[&::details-content]:hidden"
    >
      <summary className="flex h-9 items-center gap-2 rounded-md border border-line bg-panel px-3 text-sm text-soft hover:border-edge hover:text-ink">
        <SlidersHorizontalIcon className="size-4" aria-hidden="true" />
        <span className="sr-only sm:not-sr-only">Filters</span>
        {set > 0 && (
          <span className="rounded-full bg-accent px-1.5 font-mono text-xs/4.5 text-on-accent">
            {set}
            <span className="sr-only"> set</span>
          </span>
        )}
      </summary>
      <div className="grid w-full grid-cols-2 gap-x-4 gap-y-3 sm:grid-flow-col sm:auto-cols-fr sm:grid-cols-none">
        {children}
      </div>
    </details>
  )
}
