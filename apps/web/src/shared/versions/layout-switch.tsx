"use client"

import { type DiffLayout, setDiffLayout, useDiffLayout } from "#shared/diff/diff-layout.ts"

const layouts = { unified: "Unified", split: "Side by side" } as const satisfies Record<DiffLayout, string>
const order = ["unified", "split"] as const satisfies DiffLayout[]

/** How changes of code are laid out, where there is room for both ways. */
export function LayoutSwitch() {
  const chosen = useDiffLayout()
  return (
    <fieldset className="hidden rounded-md border border-line lg:flex">
      <legend className="sr-only">How the codes are shown</legend>
      {order.map((layout) => (
        <button
          key={layout}
          type="button"
          aria-pressed={chosen === layout}
          onClick={() => setDiffLayout(layout)}
          className="min-h-8 rounded-[inherit] px-3 text-sm text-soft hover:text-ink aria-pressed:bg-wash aria-pressed:text-accent"
        >
          {layouts[layout]}
        </button>
      ))}
    </fieldset>
  )
}
