"use client"

import { useMemo } from "react"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import { diffLines } from "./line-diff.ts"
import { ProseDiff } from "./prose-diff.tsx"

/** Both texts in full, for where a comparison would take too long. */
function BothTexts({ before, after }: { before: string; after: string }) {
  const sides = [
    ["Before", before],
    ["After", after],
  ] as const
  return (
    <div className="flex flex-col gap-2 rounded-card border border-line bg-panel p-3 text-sm">
      {sides.map(([label, text]) => (
        <Disclosure key={label} label={label}>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
        </Disclosure>
      ))}
    </div>
  )
}

/** What changed of a text. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const diff = useMemo(() => diffLines(before, after), [before, after])
  if (before === after) return null
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-xs font-semibold text-soft">Text</h3>
      {!diff && <BothTexts before={before} after={after} />}
      {diff?.hunks.length === 0 && <p className="text-sm text-soft">Only the end of the last line differs.</p>}
      {diff && diff.hunks.length > 0 && <ProseDiff hunks={diff.hunks} label="Changed lines of the text" />}
    </div>
  )
}
