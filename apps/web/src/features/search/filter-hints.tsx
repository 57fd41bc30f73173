"use client"

import { Keys } from "#shared/keyboard/keyboard-keys.tsx"
import { filterNames, filterWords } from "./complete-filter.ts"
import type { Offer } from "./use-offered.ts"

const chip =
  "h-6 shrink-0 rounded-full border border-line bg-raised px-2 font-mono text-xs text-soft hover:border-edge hover:text-ink"

/** The filters that a search box understands; of the one that is being typed, what it may become: a key takes the first. */
export function FilterHints({
  text,
  offered,
  onComplete,
}: {
  text: string
  offered: Offer[]
  onComplete: (text: string) => void
}) {
  const begun = text === "" || text.endsWith(" ") ? text : `${text} `
  return (
    <p className="flex shrink-0 items-center gap-1.5 overflow-x-auto border-b border-line px-4 py-1.5 text-sm text-soft [scrollbar-width:none]">
      {offered.length > 0 && <Keys keys="Tab" />}
      {offered.map(({ label, count, text }) => (
        <button key={text} type="button" tabIndex={-1} onClick={() => onComplete(text)} className={chip}>
          {label}
          {count !== undefined && <span className="text-faint"> {count}</span>}
        </button>
      ))}
      {offered.length === 0 &&
        filterNames.map((name) => (
          <button
            key={name}
            type="button"
            tabIndex={-1}
            title={filterWords[name]}
            onClick={() => onComplete(begun + name)}
            className={chip}
          >
            {name}
          </button>
        ))}
    </p>
  )
}
