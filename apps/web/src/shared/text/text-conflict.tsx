"use client"

import { useMemo } from "react"
import { diffLines } from "#shared/diff/line-diff.ts"
import { ProseDiff } from "#shared/diff/prose-diff.tsx"
import { Button } from "#shared/ui/button.tsx"
import type { StoredText } from "./text-storage.ts"

const signs = { "+": "yours", "-": "stored" }

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
  const hunks = useMemo(() => diffLines(theirs.text, mine)?.hunks, [theirs.text, mine])
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-card border border-danger bg-panel px-4 py-3 text-sm">
      <p>This text was changed elsewhere since you began. Yours is kept here; nothing was overwritten.</p>
      {hunks ? (
        <ProseDiff hunks={hunks} label="From what is stored to what you wrote" words={signs} />
      ) : (
        <p
          // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
          tabIndex={0}
          className="max-h-72 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {theirs.text}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button onClick={onSaveMine}>Save mine over it</Button>
        <Button onClick={onTakeTheirs}>Take the stored one</Button>
      </div>
    </div>
  )
}
