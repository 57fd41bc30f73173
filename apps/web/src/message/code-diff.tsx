"use client"

import { memo, useState } from "react"
import { CodeBlock } from "../ui/code-block.tsx"
import { Highlight } from "../ui/highlight.tsx"
import { Disclosure } from "./disclosure.tsx"
import { holdPlace } from "./hold-place.ts"
import type { DiffLine, LineDiff } from "./line-diff.ts"

const looks = {
  "+": { row: "bg-added-wash", sign: "text-added", word: "added: " },
  "-": { row: "bg-removed-wash", sign: "text-removed", word: "removed: " },
  " ": { row: "", sign: "text-faint", word: "" },
} as const

const Line = memo(function Line({ line }: { line: DiffLine }) {
  const look = looks[line.sign]
  return (
    <tr className={look.row}>
      <td className="w-px pr-2 pl-3 text-right text-faint tabular-nums select-none">{line.after ?? line.before}</td>
      <td className={`w-px pr-2 select-none ${look.sign}`}>
        <span aria-hidden="true">{line.sign}</span>
        <span className="sr-only">{look.word}</span>
      </td>
      <td className="pr-4 whitespace-pre">
        <Highlight code={line.text} />
      </td>
    </tr>
  )
})

/** Lines shown before the rest is asked for. */
const most = 40

/** Changed lines with a little around them. */
export function CodeDiff({ diff: { hunks }, label }: { diff: LineDiff; label: string }) {
  const [all, setAll] = useState(false)
  const lines = hunks.flatMap((hunk, index) => [...(index > 0 ? [undefined] : []), ...hunk])
  const shown = all ? lines : lines.slice(0, most)
  return (
    <div className="overflow-hidden">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many. */}
      <div
        role="group"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
        tabIndex={0}
        className="overflow-x-auto py-1.5 -outline-offset-2"
      >
        <table className="min-w-full border-collapse font-mono text-[0.8125rem]/[1.6]">
          <tbody>
            {shown.map((line, index) =>
              line ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
                <Line key={index} line={line} />
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
                <tr key={index} className="text-faint">
                  <td colSpan={3} className="px-3 select-none">
                    <span aria-hidden="true">⋯</span>
                    <span className="sr-only">lines left out</span>
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
      {shown.length < lines.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdPlace(currentTarget.parentElement ?? currentTarget, () => setAll(true))}
          className="w-full border-t border-line py-1.5 text-xs text-soft hover:text-ink"
        >
          Show {lines.length - shown.length} more lines
        </button>
      )}
    </div>
  )
}

/** Both codes in full, for where a comparison would take too long. */
export const BothCodes = ({ before, after }: { before: string; after: string }) => (
  <div className="flex flex-col gap-2 p-3">
    <Disclosure label="Before">
      <CodeBlock code={before} label="The code before" />
    </Disclosure>
    <Disclosure label="After">
      <CodeBlock code={after} label="The code after" />
    </Disclosure>
  </div>
)
