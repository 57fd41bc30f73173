"use client"

import { Columns2Icon, Rows3Icon } from "lucide-react"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { setDiffLayout, useDiffLayout } from "./diff-layout.ts"
import type { LineDiff } from "./line-diff.ts"

/** How many lines came and went. */
export const DiffCounts = ({ diff: { added, removed } }: { diff: LineDiff }) => (
  <span className="font-mono text-xs tabular-nums">
    <span className="text-added">
      +{added}
      <span className="sr-only"> lines added</span>
    </span>{" "}
    <span className="text-removed">
      −{removed}
      <span className="sr-only"> lines removed</span>
    </span>
  </span>
)

/** Switches all comparisons between one column and two; `of` says which one it stands at. */
export function DiffLayoutSwitch({ of }: { of: string }) {
  const split = useDiffLayout() === "split"
  const Icon = split ? Rows3Icon : Columns2Icon
  const label = split ? "Show one below the other" : "Show side by side"
  return (
    <button
      type="button"
      aria-label={`${label}: ${of}`}
      title={label}
      onClick={({ currentTarget }) => holdScroll(currentTarget, () => setDiffLayout(split ? "unified" : "split"))}
      className="grid size-7 place-items-center rounded-md text-soft hover:bg-raised hover:text-ink"
    >
      <Icon className="size-4" aria-hidden="true" />
    </button>
  )
}
