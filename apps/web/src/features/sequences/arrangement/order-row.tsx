"use client"

import { CopyIcon, GripVerticalIcon, MinusIcon, PlusIcon, XIcon } from "lucide-react"
import { type KeyboardEvent, memo, type PointerEvent, type ReactNode } from "react"
import type { Run } from "#shared/song/order.ts"
import type { Part } from "#shared/song/part.ts"
import { Link } from "#shared/ui/link.tsx"
import { Stripe } from "#shared/ui/stripe.tsx"

/** What can be done with a row. */
export interface RowActs {
  keyDown: (key: string, event: KeyboardEvent<HTMLElement>) => void
  press: (key: string, event: PointerEvent<HTMLElement>) => void
  lift: (key: string) => void
  repeat: (key: string, by: 1 | -1) => void
  duplicate: (key: string) => void
  remove: (key: string) => void
  /** Told the element of each row. */
  row: (key: string, element: HTMLElement | null) => void
}

const Act = ({
  label,
  disabled = false,
  onClick,
  className = "",
  children,
}: {
  label: string
  disabled?: boolean
  onClick: () => void
  className?: string
  children: ReactNode
}) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    disabled={disabled}
    onClick={onClick}
    className={`grid size-7 shrink-0 place-items-center rounded-md text-soft hover:bg-raised hover:text-ink disabled:text-faint/60 disabled:hover:bg-transparent pointer-coarse:size-11 [&_svg]:size-4 ${className}`}
  >
    {children}
  </button>
)

/** Shown where the row is pointed at or has the focus, and always where there is no pointer to do so. */
const quiet =
  "opacity-0 group-hover:opacity-100 group-focus-within:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"

function Tempo({ part, before }: { part: Part | undefined; before: number | undefined }) {
  const { startBpm, endBpm } = part ?? {}
  if (startBpm === undefined) return null
  const ends = endBpm !== undefined && endBpm !== startBpm ? `${startBpm}–${endBpm}` : String(startBpm)
  if (before === undefined) return <span>{ends} bpm</span>
  return (
    <span className="text-accent" title={`The tempo changes here, from ${before} to ${startBpm} bpm`}>
      <span aria-hidden="true">{before} → </span>
      {ends} bpm
      <span className="sr-only"> (the tempo changes here, from {before})</span>
    </span>
  )
}

/** One row of an order: a part, and how often it is played in a row. */
export const OrderRow = memo(function OrderRow({
  run: { key, id, times },
  place,
  part,
  before,
  lifted,
  hint,
  picture,
  acts,
}: {
  run: Run
  place: number
  part: Part | undefined
  /** The tempo that it follows, where that is another. */
  before: number | undefined
  lifted: boolean
  /** Id of the text that tells how the handle is used. */
  hint: string
  picture?: ReactNode
  acts: RowActs
}) {
  const name = part?.name ?? id
  const facts = [part?.note, part?.bars !== undefined && `${part.bars} bars`].filter(Boolean).join(" · ")
  return (
    <li
      ref={(element) => acts.row(key, element)}
      data-lifted={lifted || undefined}
      data-times={times > 1 || undefined}
      onKeyDown={(event) => acts.keyDown(key, event)}
      className="group relative flex items-center gap-2 border-b border-line bg-canvas py-1.5 hover:bg-panel data-dragging:z-10 data-dragging:rounded-md data-dragging:border-transparent data-dragging:bg-raised data-dragging:shadow-xl data-lifted:z-10 data-lifted:rounded-md data-lifted:bg-wash data-lifted:outline-2 data-lifted:outline-accent data-times:max-sm:flex-wrap sm:gap-3"
    >
      <button
        type="button"
        data-handle
        aria-label={`Move ${name}, place ${place}`}
        aria-pressed={lifted}
        aria-describedby={hint}
        onPointerDown={(event) => acts.press(key, event)}
        onClick={(event) => event.detail === 0 && acts.lift(key)}
        className="relative z-1 grid h-9 w-7 shrink-0 cursor-grab touch-none place-items-center rounded-md text-faint hover:bg-raised hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
      >
        <GripVerticalIcon className="size-4" aria-hidden="true" />
      </button>
      <span className="w-6 shrink-0 text-right font-mono text-xs text-faint tabular-nums">{place}</span>
      <Stripe color={part?.color} className="h-8 w-1 shrink-0" />
      <div className="min-w-0 flex-1">
        {part ? (
          <Link
            href={part.href}
            data-row
            draggable={false}
            className="block truncate text-sm font-medium after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {name}
          </Link>
        ) : (
          <span className="block truncate text-sm font-medium">{name}</span>
        )}
        <p className="flex h-4 items-center gap-x-2 overflow-hidden text-xs/4 whitespace-nowrap text-soft">
          <Tempo part={part} before={before} />
          <span className="truncate">{facts}</span>
        </p>
      </div>
      {picture}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <span
        role="group"
        aria-label={`How often ${name} plays`}
        className="relative z-1 flex items-center group-data-times:max-sm:order-last group-data-times:max-sm:ml-auto"
      >
        <Act
          label="Once less"
          disabled={times === 1}
          onClick={() => acts.repeat(key, -1)}
          className={times === 1 ? `${quiet} max-sm:hidden` : ""}
        >
          <MinusIcon aria-hidden="true" />
        </Act>
        <span
          className={`min-w-7 text-center font-mono text-xs tabular-nums ${times === 1 ? "text-faint max-sm:sr-only" : "font-semibold text-ink"}`}
        >
          ×{times}
        </span>
        <Act label="Once more" onClick={() => acts.repeat(key, 1)} className={times === 1 ? quiet : ""}>
          <PlusIcon aria-hidden="true" />
        </Act>
      </span>
      <span className={`relative z-1 flex items-center pr-1 ${quiet}`}>
        <Act label={`Duplicate ${name}`} onClick={() => acts.duplicate(key)} className="max-sm:hidden">
          <CopyIcon aria-hidden="true" />
        </Act>
        <Act label={`Remove ${name}`} onClick={() => acts.remove(key)}>
          <XIcon aria-hidden="true" />
        </Act>
      </span>
    </li>
  )
})
