"use client"

import { PlusIcon } from "lucide-react"
import { Fragment, type ReactNode, useEffect, useId, useRef, useState } from "react"
import { useDragLayer } from "#shared/drag/use-drag-layer.ts"
import type { Findable } from "#shared/items/choice.tsx"
import { Finder, type Found } from "#shared/items/finder.tsx"
import type { Part, PartKind } from "#shared/song/part.ts"
import { partWords } from "#shared/song/part.ts"
import { Button } from "#shared/ui/button.tsx"
import { tempoChanges } from "./order-facts.ts"
import { OrderNotice } from "./order-notice.tsx"
import { OrderRow } from "./order-row.tsx"
import type { Order } from "./use-order.ts"
import { focusIn, useRowActs } from "./use-row-acts.ts"

export type FoundPart = Findable & { part: Part }

const END = "end"

/** The heading of the runs that stand in one section. */
const SectionName = ({ name }: { name: string | null }) => (
  <li className="border-b border-line pt-4 pb-1 first:pt-2">
    <h3 dir="auto" className="truncate text-xs font-semibold text-soft">
      {name ?? "No name"}
    </h3>
  </li>
)

/** The parts of a song or playlist in order, to be rearranged. */
export function OrderList({
  order: { keeper, state },
  kind,
  parts,
  projectId,
  useFound,
  onFound,
  pictureOf,
  sectionNames = [],
}: {
  order: Order
  kind: PartKind
  parts: ReadonlyMap<string, Part>
  /** A hook that finds parts of a project by a text. */
  useFound: (projectId: string, text: string) => Found<FoundPart>
  projectId: string
  /** Told of a part that was found, before it stands in the order. */
  onFound: (part: Part) => void
  pictureOf?: (part: Part) => ReactNode
  /** What the sections are called that runs stand in; null stands for one without a name. */
  sectionNames?: readonly (string | null)[]
}) {
  const hint = useId()
  const { runs } = state
  const { one, many, inside } = partWords[kind]
  const [insertAt, setInsertAt] = useState<string>()
  const lastRow = useRef<string>(undefined)
  const adder = useRef<HTMLButtonElement>(null)
  const { Layer, load } = useDragLayer()
  // A finger gives no sign before it presses.
  useEffect(() => {
    if (matchMedia("(pointer: coarse)").matches) load()
  })
  const nameOf = (id: string) => parts.get(id)?.name ?? id
  const { acts, drag, lifted, announcement, announce, insert, moveTo, placeInWords, drop } = useRowActs(runs, {
    keeper,
    nameOf,
    onInsert: setInsertAt,
    full: `A ${inside} holds at most 500 ${many}.`,
  })
  const changes = tempoChanges(runs, parts)
  const known = runs.some(({ key }) => key === insertAt)

  function close() {
    const row = insertAt && insertAt !== END ? drag.rowOf(insertAt) : undefined
    setInsertAt(undefined)
    setTimeout(() => (row ? focusIn(row, "link") : adder.current?.focus()))
  }

  function take({ part }: FoundPart) {
    onFound(part)
    const key = insert(known ? insertAt : undefined, part)
    if (key) setInsertAt(key)
  }

  const finder = insertAt !== undefined && (
    <li className="relative z-20 py-2">
      <Finder label={`Find a ${one} to add`} projectId={projectId} useFound={useFound} onTake={take} onClose={close} />
    </li>
  )
  let place = 1
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what happens in its rows.
    <div
      onPointerEnter={load}
      onFocus={({ target }) => {
        load()
        const row = runs.find(({ key }) => drag.rowOf(key)?.contains(target))
        if (row) lastRow.current = row.key
        if (lifted && row?.key !== lifted) drop()
      }}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== "z" || !(event.metaKey || event.ctrlKey) || event.shiftKey) return
        if (event.target instanceof HTMLInputElement) return
        event.preventDefault()
        announce(keeper.undo() ? "Undone." : "There is nothing to undo.")
      }}
      className="flex flex-col gap-3"
    >
      <OrderNotice keeper={keeper} state={state} kind={kind} nameOf={nameOf} />
      {runs.length === 0 && insertAt === undefined && (
        <p className="rounded-card border border-dashed border-line px-5 py-8 text-center text-sm text-soft">
          No {many} yet. Add the first one from the library.
        </p>
      )}
      <ol
        aria-label={`${many.charAt(0).toUpperCase()}${many.slice(1)} in order`}
        className="flex flex-col border-t border-line empty:border-0"
      >
        {runs.map((run, index) => {
          const begin = place
          const begins = run.section !== runs[index - 1]?.section
          place += run.times
          const part = parts.get(run.id)
          return (
            <Fragment key={run.key}>
              {begins && run.section !== undefined && <SectionName name={sectionNames[run.section] ?? null} />}
              <OrderRow
                run={run}
                place={begin}
                part={part}
                before={changes.get(run.key)}
                lifted={lifted === run.key}
                hint={hint}
                picture={part && pictureOf?.(part)}
                acts={acts}
              />
              {insertAt === run.key && finder}
            </Fragment>
          )
        })}
        {!known && finder}
      </ol>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          ref={adder}
          data-add-part
          aria-keyshortcuts="a"
          onClick={() => setInsertAt(runs.some(({ key }) => key === lastRow.current) ? lastRow.current : END)}
        >
          <PlusIcon aria-hidden="true" />
          Add {one}
        </Button>
        <p role="status" className="text-xs text-soft">
          {state.status === "unsaved" || state.status === "saving" ? "Saving…" : ""}
        </p>
      </div>
      <p id={hint} className="sr-only">
        Space lifts the row, arrow keys move it, space drops it, escape puts it back. Alt with an arrow key moves it at
        once.
      </p>
      <p aria-live="assertive" className="sr-only">
        {announcement}
      </p>
      {Layer && (
        <Layer
          keys={runs.map(({ key }) => key)}
          {...drag}
          onStart={() => keeper.hold()}
          onDrop={(key, to) => {
            moveTo(key, to)
            announce(`${placeInWords(key)}, dropped.`)
          }}
          onStop={() => keeper.release()}
        />
      )}
    </div>
  )
}
