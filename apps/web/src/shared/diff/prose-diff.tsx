"use client"

import { Fragment, useMemo, useState } from "react"
import { formatNumber } from "#shared/words/count.ts"
import { changedWords } from "./changed-words.ts"
import type { DiffLine } from "./line-diff.ts"
import { splitLines } from "./split-lines.ts"

/** What a sign is called to those who do not see it. */
export interface DiffWords {
  "+": string
  "-": string
}

const looks = {
  "+": { row: "bg-added-wash", ink: "text-added" },
  "-": { row: "bg-removed-wash", ink: "text-removed" },
  " ": { row: "", ink: "text-faint" },
} as const

/** A line and the one that stands in its place in the other text. */
interface Row {
  line: DiffLine
  other?: string | undefined
}

function rowsOf(hunk: DiffLine[]): Row[] {
  const pairs = splitLines(hunk).filter(({ left, right }) => left !== right)
  const others = new Map(
    pairs.flatMap(({ left, right }): [DiffLine, string][] =>
      left && right
        ? [
            [left, right.text],
            [right, left.text],
          ]
        : [],
    ),
  )
  return hunk.map((line) => ({ line, other: others.get(line) }))
}

function Line({ row: { line, other }, words }: { row: Row; words: DiffWords }) {
  const { sign, text, before, after } = line
  const { row, ink } = looks[sign]
  const runs = useMemo(() => (other === undefined ? undefined : changedWords(text, other)), [text, other])
  return (
    <li className={`flex items-baseline gap-3 px-3 ${row}`}>
      <span className="w-7 shrink-0 text-right font-mono text-xs text-faint tabular-nums select-none">
        {after ?? before}
      </span>
      <span aria-hidden="true" className={`w-2 shrink-0 font-mono select-none ${ink}`}>
        {sign}
      </span>
      <span className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {sign !== " " && <span className="sr-only">{words[sign]}: </span>}
        {runs
          ? runs.map((run, place) =>
              run.changed ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the words of a line never change places.
                <span key={place} className={`underline decoration-2 underline-offset-2 ${ink}`}>
                  {run.text}
                </span>
              ) : (
                run.text
              ),
            )
          : text}
      </span>
    </li>
  )
}

/** Lines shown before more are asked for, and how many more come then. */
const first = 60
const further = 400

/** Changed lines of a text with a little around them, as far as they are wide, with the words that changed in them. */
export function ProseDiff({
  hunks,
  label,
  words = { "+": "added", "-": "removed" },
}: {
  hunks: DiffLine[][]
  label: string
  words?: DiffWords
}) {
  const [most, setMost] = useState(first)
  const rows = useMemo(
    () => hunks.flatMap((hunk, index): (Row | undefined)[] => [...(index > 0 ? [undefined] : []), ...rowsOf(hunk)]),
    [hunks],
  )
  const left = rows.length - most
  return (
    <div className="overflow-hidden rounded-card border border-line bg-panel text-sm/relaxed">
      <ol
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
        tabIndex={0}
        className="max-h-[32rem] overflow-y-auto py-1.5 -outline-offset-2"
      >
        {rows.slice(0, most).map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a comparison never change places.
          <Fragment key={index}>
            {row ? (
              <Line row={row} words={words} />
            ) : (
              <li className="px-3 text-faint select-none">
                <span aria-hidden="true">⋯</span>
                <span className="sr-only">lines left out that stay as they are</span>
              </li>
            )}
          </Fragment>
        ))}
      </ol>
      {left > 0 && (
        <button
          type="button"
          onClick={() => setMost(most + further)}
          className="w-full border-t border-line py-1.5 text-xs text-soft hover:text-ink"
        >
          Show {left > further ? `${further} of ${formatNumber(left)}` : left} more lines
        </button>
      )}
    </div>
  )
}
