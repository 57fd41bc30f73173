"use client"

import { type ReactElement, useMemo } from "react"
import { DrawnRows } from "./drawn-rows.tsx"
import { NewsButton } from "./news-button.tsx"
import { RowList } from "./row-list.tsx"
import { useCollection } from "./use-collection.ts"

/** How high a row is, in rem; the same as its class in `Row`. */
const shape = { row: 4.3125 }

/** A long list whose rows are links. */
export function RowCollection<T>({
  rows,
  keyOf,
  what,
  reset,
  busy,
  readOn,
  draw,
}: {
  rows: T[]
  keyOf: (row: T) => string
  /** What one row is, such as "song". */
  what: string
  /** Another text for each list that is another one. */
  reset: string
  busy: boolean
  readOn?: (() => unknown) | undefined
  /** Draws a row, with its key. */
  draw: (row: T) => ReactElement
}) {
  const list = useCollection<T>({
    ...{ keyOf, shape, readOn },
    sections: useMemo(() => [{ id: "all", rows }], [rows]),
    reset: busy ? "on its way" : reset,
  })
  return (
    <div>
      <NewsButton count={list.news} what={what} onShow={list.showNews} />
      <div ref={list.place} onFocusCapture={list.onFocusCapture} className="[overflow-anchor:none]">
        <RowList busy={busy}>
          {list.drawn.map((drawn) => (
            <DrawnRows key={drawn.section.id} drawn={drawn} as="li" draw={draw} />
          ))}
        </RowList>
      </div>
    </div>
  )
}
