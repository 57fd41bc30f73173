"use client"

import { useMemo } from "react"
import { type DiffLine, diffLines } from "../message/line-diff.ts"
import { Button } from "../ui/button.tsx"
import type { StoredText } from "./text-door.ts"

const looks = {
  "+": { row: "bg-added-wash", ink: "text-added", word: "yours: " },
  "-": { row: "bg-removed-wash", ink: "text-removed", word: "stored: " },
  " ": { row: "", ink: "text-faint", word: "" },
} as const

const Line = ({ line: { sign, text } }: { line: DiffLine }) => (
  <li className={`flex gap-3 px-3 ${looks[sign].row}`}>
    <span aria-hidden="true" className={`select-none ${looks[sign].ink}`}>
      {sign}
    </span>
    <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">
      <span className="sr-only">{looks[sign].word}</span>
      {text}
    </span>
  </li>
)

/** Shows what is stored beside what was written, where both changed. */
export function TextConflict({
  theirs,
  mine,
  onTakeTheirs,
  onSaveMine,
}: {
  theirs: StoredText
  mine: string
  onTakeTheirs: () => void
  onSaveMine: () => void
}) {
  const lines = useMemo(() => diffLines(theirs.text, mine)?.hunks.flat(), [theirs.text, mine])
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-card border border-danger bg-panel px-4 py-3 text-sm">
      <p>This text was changed elsewhere since you began. Yours is kept here; nothing was overwritten.</p>
      <ul
        aria-label="From what is stored to what you wrote"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
        tabIndex={0}
        className="max-h-72 overflow-y-auto rounded-md border border-line bg-canvas py-1.5 font-mono text-xs/[1.7]"
      >
        {lines ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a comparison never change places.
          lines.map((line, index) => <Line key={index} line={line} />)
        ) : (
          <li className="px-3 whitespace-pre-wrap">{theirs.text}</li>
        )}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onSaveMine}>Save mine over it</Button>
        <Button onClick={onTakeTheirs}>Take the stored one</Button>
      </div>
    </div>
  )
}
