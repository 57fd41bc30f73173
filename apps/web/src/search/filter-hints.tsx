"use client"

import { Keys } from "../shell/keyboard-keys.tsx"
import { completeFilter, filterNames, filterWords } from "./complete-filter.ts"

/** The filters that a search box understands; the one that is being typed comes with the key that completes it. */
export function FilterHints({ text, onComplete }: { text: string; onComplete: (text: string) => void }) {
  const completed = completeFilter(text)
  const begun = text === "" || text.endsWith(" ") ? text : `${text} `
  if (completed !== undefined) {
    return (
      <p className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-1.5 text-sm text-soft">
        <Keys keys="Tab" />
        <button
          type="button"
          tabIndex={-1}
          onClick={() => onComplete(completed)}
          className="truncate font-mono text-xs hover:text-ink"
        >
          {completed}
        </button>
      </p>
    )
  }
  return (
    <p className="flex shrink-0 gap-1.5 overflow-x-auto border-b border-line px-4 py-1.5 [scrollbar-width:none]">
      {filterNames.map((name) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          title={filterWords[name]}
          onClick={() => onComplete(begun + name)}
          className="h-6 shrink-0 rounded-full border border-line bg-raised px-2 font-mono text-xs text-soft hover:border-edge hover:text-ink"
        >
          {name}
        </button>
      ))}
    </p>
  )
}
