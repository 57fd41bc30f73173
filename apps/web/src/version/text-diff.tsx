"use client"

import { useMemo } from "react"
import { CodeDiff } from "../message/code-diff.tsx"
import type { DiffLayout } from "../message/diff-layout.ts"
import { Disclosure } from "../message/disclosure.tsx"
import { diffLines } from "../message/line-diff.ts"

/** What changed of a text, line by line. */
export function TextDiff({ before, after, layout }: { before: string; after: string; layout: DiffLayout }) {
  const diff = useMemo(() => diffLines(before, after), [before, after])
  if (before === after) return null
  const sides = [
    ["Before", before],
    ["After", after],
  ] as const
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-xs font-semibold text-soft">Text</h3>
      <div className="overflow-hidden rounded-card border border-line bg-panel">
        {!diff && (
          <div className="flex flex-col gap-2 p-3 text-sm">
            {sides.map(([label, text]) => (
              <Disclosure key={label} label={label}>
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>
              </Disclosure>
            ))}
          </div>
        )}
        {diff?.hunks.length === 0 && (
          <p className="px-3 py-2 text-sm text-soft">Only the end of the last line differs.</p>
        )}
        {diff && diff.hunks.length > 0 && <CodeDiff diff={diff} label="Changed lines" layout={layout} of="prose" />}
      </div>
    </div>
  )
}
