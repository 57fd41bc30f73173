"use client"

import { type LucideIcon, XIcon } from "lucide-react"
import type { ReactNode, Ref } from "react"
import { countOf } from "#shared/words/count.ts"

/** Something that can be done with the chosen rows. */
export function BulkAct({
  icon: Icon,
  name,
  keys,
  open,
  danger = false,
  onAct,
}: {
  icon: LucideIcon
  name: string
  keys: string
  /** Whether its panel is open, where it has one. */
  open?: boolean
  danger?: boolean
  onAct: () => void
}) {
  return (
    <button
      type="button"
      aria-keyshortcuts={keys}
      aria-expanded={open}
      title={`${name} (${keys})`}
      onClick={onAct}
      className={`flex h-9 items-center gap-2 rounded-md px-2.5 text-sm hover:bg-wash aria-expanded:bg-wash ${danger ? "text-danger" : ""}`}
    >
      <Icon className="size-4" aria-hidden="true" />
      <span className="sr-only sm:not-sr-only">{name}</span>
      <span aria-hidden="true" className="hidden font-mono text-xs text-faint lg:inline">
        {keys}
      </span>
    </button>
  )
}

/**
 * What can be done with the chosen rows. It floats above the end of the page, so the list stays where it is. Above a
 * toast it stands higher, and stays there under a pointer when the toast is gone: a press would else end beside it.
 */
export function BulkBar({
  what,
  count,
  ref,
  panel,
  onClear,
  children,
}: {
  /** What one row is, such as "clip". */
  what: string
  count: number
  ref?: Ref<HTMLDivElement>
  /** What is open above it. */
  panel?: ReactNode
  onClear: () => void
  children: ReactNode
}) {
  return (
    <div
      ref={ref}
      className="fixed inset-x-3 bottom-[calc(4.25rem+var(--player)+env(safe-area-inset-bottom))] z-30 mx-auto flex w-max max-w-[calc(100vw-1.5rem)] flex-col items-stretch gap-2 md:bottom-[calc(1.25rem+var(--player))] md:left-[4.5rem] rail:left-[13.5rem] [body:has([data-sonner-toast])_&]:bottom-[calc(8rem+var(--player))] md:[body:has([data-sonner-toast])_&]:bottom-[calc(5.5rem+var(--player))] [transition-property:none] [body:not(:has([data-sonner-toast]))_&:hover]:[transition:bottom_0s_1000s]"
    >
      {panel}
      <div
        role="toolbar"
        aria-label={`Selected ${what}s`}
        className="mx-auto flex items-center gap-0.5 rounded-xl border border-edge bg-raised p-1 shadow-2xl"
      >
        <p role="status" className="pr-2 pl-3 text-sm font-medium whitespace-nowrap">
          {count}
          <span className="sr-only sm:not-sr-only"> selected</span>
          <span className="sr-only">{`, ${countOf(count, what)}`}</span>
        </p>
        {children}
        <button
          type="button"
          aria-label="Select none"
          title="Select none (Esc)"
          aria-keyshortcuts="Escape"
          onClick={onClear}
          className="grid size-9 place-items-center rounded-md text-soft hover:bg-wash hover:text-ink"
        >
          <XIcon className="size-4" aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}
