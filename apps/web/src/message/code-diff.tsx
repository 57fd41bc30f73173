"use client"

import { Fragment, memo, useState } from "react"
import { CodeBlock } from "../ui/code-block.tsx"
import { Highlight } from "../ui/highlight.tsx"
import type { DiffLayout } from "./diff-layout.ts"
import { Disclosure } from "./disclosure.tsx"
import { holdPlace } from "./hold-place.ts"
import type { DiffLine, LineDiff } from "./line-diff.ts"
import { type SplitLine, splitLines } from "./split-lines.ts"

const looks = {
  "+": { row: "bg-added-wash", sign: "text-added", word: "added: " },
  "-": { row: "bg-removed-wash", sign: "text-removed", word: "removed: " },
  " ": { row: "", sign: "text-faint", word: "" },
} as const

const number = "w-px pr-2 pl-3 text-right align-top text-faint tabular-nums select-none"

const UnifiedLine = memo(function UnifiedLine({ line }: { line: DiffLine }) {
  const look = looks[line.sign]
  return (
    <tr className={look.row}>
      <td className={number}>{line.after ?? line.before}</td>
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

function HalfLine({ line, side }: { line: DiffLine | undefined; side: "before" | "after" }) {
  if (!line) return <td colSpan={2} className="border-line bg-raised/40 not-first:border-l" />
  const look = looks[line.sign]
  return (
    <>
      <td className={`${number} border-line not-first:border-l ${look.row}`}>{line[side]}</td>
      <td className={`w-1/2 pr-3 align-top whitespace-pre-wrap [overflow-wrap:anywhere] ${look.row}`}>
        <span className="sr-only">{look.word}</span>
        <Highlight code={line.text} />
      </td>
    </>
  )
}

const PairOfLines = memo(function PairOfLines({ pair: { left, right } }: { pair: SplitLine }) {
  return (
    <tr>
      <HalfLine line={left} side="before" />
      <HalfLine line={right} side="after" />
    </tr>
  )
})

/** Lines shown before the rest is asked for. */
const most = 40

/** Rows of all hunks, undefined where lines are left out between two of them. */
const joined = <T,>(hunks: T[][]): (T | undefined)[] =>
  hunks.flatMap((hunk, index) => [...(index > 0 ? [undefined] : []), ...hunk])

const LeftOut = ({ columns }: { columns: number }) => (
  <tr className="text-faint">
    <td colSpan={columns} className="px-3 select-none">
      <span aria-hidden="true">⋯</span>
      <span className="sr-only">lines left out</span>
    </td>
  </tr>
)

/** Changed lines with a little around them, one below the other or in two columns. */
export function CodeDiff({
  diff: { hunks },
  label,
  layout = "unified",
}: {
  diff: LineDiff
  label: string
  layout?: DiffLayout
}) {
  const [all, setAll] = useState(false)
  const split = layout === "split"
  const rows = split
    ? joined(hunks.map(splitLines)).map((pair) => pair && <PairOfLines pair={pair} />)
    : joined(hunks).map((line) => line && <UnifiedLine line={line} />)
  const shown = all ? rows : rows.slice(0, most)
  return (
    <div className="overflow-hidden">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many. */}
      <div
        role="group"
        aria-label={label}
        data-diff={layout}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls long lines with the arrow keys.
        tabIndex={0}
        className="overflow-x-auto py-1.5 -outline-offset-2"
      >
        <table
          className={`border-collapse font-mono text-[0.8125rem]/[1.6] ${split ? "w-full min-w-[34rem] table-auto" : "min-w-full"}`}
        >
          {split && (
            <thead className="sr-only">
              <tr>
                <th scope="col" colSpan={2}>
                  Before
                </th>
                <th scope="col" colSpan={2}>
                  After
                </th>
              </tr>
            </thead>
          )}
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
              <Fragment key={index}>{row ?? <LeftOut columns={split ? 4 : 3} />}</Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdPlace(currentTarget.parentElement ?? currentTarget, () => setAll(true))}
          className="w-full border-t border-line py-1.5 text-xs text-soft hover:text-ink"
        >
          Show {rows.length - shown.length} more lines
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
