"use client"

import { Fragment, memo, type ReactNode, useState } from "react"
import { CodeBlock } from "#shared/ui/code-block.tsx"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { formatNumber } from "#shared/words/count.ts"
import { DiffCode } from "./diff-code.tsx"
import type { DiffLayout } from "./diff-layout.ts"
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
        <DiffCode code={line.text} />
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
        <DiffCode code={line.text} />
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

/** Lines shown before more are asked for, and how many more come then. */
const first = 40
const further = 400

/** Rows of all hunks, undefined where lines are left out between two of them. */
const joined = <T,>(hunks: T[][]): (T | undefined)[] =>
  hunks.flatMap((hunk, index) => [...(index > 0 ? [undefined] : []), ...hunk])

/** So many rows drawn, and how many are left. */
const cut = <T,>(rows: (T | undefined)[], most: number, draw: (row: T) => ReactNode) => ({
  shown: rows.slice(0, most).map((row) => row && draw(row)),
  left: Math.max(0, rows.length - most),
})

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
  const [most, setMost] = useState(first)
  const split = layout === "split"
  const rows = split
    ? cut(joined(hunks.map(splitLines)), most, (pair) => <PairOfLines pair={pair} />)
    : cut(joined(hunks), most, (line) => <UnifiedLine line={line} />)
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
            {rows.shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places.
              <Fragment key={index}>{row ?? <LeftOut columns={split ? 4 : 3} />}</Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {rows.left > 0 && (
        <button
          type="button"
          onClick={({ currentTarget }) =>
            holdScroll(currentTarget.parentElement ?? currentTarget, () => setMost(most + further))
          }
          className="w-full border-t border-line py-1.5 text-xs text-soft hover:text-ink"
        >
          Show {rows.left > further ? `${further} of ${formatNumber(rows.left)}` : rows.left} more lines
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
