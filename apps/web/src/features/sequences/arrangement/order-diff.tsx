"use client"

import { Fragment, useMemo } from "react"
import { runsOf } from "#shared/song/order.ts"
import { type PartKind, partWords } from "#shared/song/part.ts"
import { OrderColumn } from "./order-column.tsx"
import { diffOrders, type OrderLine } from "./order-lines.ts"

const looks = {
  "+": { row: "bg-added-wash", ink: "text-added", word: "added", moved: "moved here" },
  "-": { row: "bg-removed-wash", ink: "text-removed", word: "removed", moved: "moved away" },
  " ": { row: "", ink: "text-faint", word: "", moved: "" },
} as const

function Row({ line: { sign, text, before, after, moved }, name }: { line: OrderLine; name: string | null }) {
  const { row, ink, word, moved: where } = looks[sign]
  return (
    <li className={`flex items-baseline gap-3 px-3 py-0.5 ${row}`}>
      <span className="w-7 shrink-0 text-right font-mono text-xs text-faint tabular-nums">{after ?? before}</span>
      <span aria-hidden="true" className={`w-2 shrink-0 font-mono select-none ${ink}`}>
        {sign}
      </span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {name ?? text}
        {name === null && <span className="text-soft"> · no longer there</span>}
      </span>
      {sign !== " " && <span className={moved ? "text-xs text-soft" : "sr-only"}>{moved ? where : word}</span>}
    </li>
  )
}

/** What changed of an order: what came, what went, and what stands elsewhere. */
export function OrderDiff({
  before,
  after,
  kind,
  nameOf,
}: {
  before: string[]
  after: string[]
  kind: PartKind
  /** What a part is called; null where it is no longer there. */
  nameOf: (id: string) => string | null
}) {
  const hunks = useMemo(() => diffOrders(before, after), [before, after])
  if (hunks?.length === 0) return null
  const { many } = partWords[kind]
  const title = `${many.charAt(0).toUpperCase()}${many.slice(1)} in order`
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-xs font-semibold text-soft">{title}</h3>
      <div className="overflow-hidden rounded-card border border-line bg-panel text-sm">
        {!hunks && (
          <div className="grid grid-cols-2 gap-4 p-3">
            <OrderColumn title="Before" runs={runsOf({ ids: before })} nameOf={(id) => nameOf(id) ?? id} />
            <OrderColumn title="After" runs={runsOf({ ids: after })} nameOf={(id) => nameOf(id) ?? id} />
          </div>
        )}
        {hunks && (
          <ol
            aria-label="Changed order"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
            tabIndex={0}
            className="max-h-96 overflow-y-auto py-1.5 -outline-offset-2"
          >
            {hunks.map((hunk, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a comparison never change places.
              <Fragment key={index}>
                {index > 0 && (
                  <li className="px-3 text-faint">
                    <span aria-hidden="true">⋯</span>
                    <span className="sr-only">{many} left out that stay as they are</span>
                  </li>
                )}
                {hunk.map((line, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: likewise.
                  <Row key={place} line={line} name={nameOf(line.text)} />
                ))}
              </Fragment>
            ))}
          </ol>
        )}
      </div>
    </div>
  )
}
