"use client"

import { type FocusEvent, type MouseEvent, useRef, useState } from "react"
import { focusRow } from "#shared/collection/use-list-keys.ts"
import type { Selection } from "#shared/collection/use-selection.ts"
import { roles } from "../facts/session-columns.ts"
import { KeepRows } from "./keep-rows.tsx"
import { SessionChunk } from "./session-chunk.tsx"
import { SessionHead, useOrder } from "./session-head.tsx"
import type { SessionChunk as Chunk, PageStart } from "./session-pages.ts"
import type { Renaming } from "./session-rename.tsx"
import { SessionRow } from "./session-row.tsx"
import { useLongPress } from "./use-long-press.ts"

const rowOf = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-session]")?.dataset.session : undefined

/**
 * Sessions, one a row. A click beside a name opens it, one on its box chooses it, with shift all from the one before;
 * where `choosing`, as on a phone after a long press, a tap anywhere chooses.
 */
export function SessionTable({
  chunks,
  complete,
  onNear,
  busy,
  selection,
  choosing,
  onChoosing,
  renaming,
}: {
  /** The rows; those of chunks far from sight are not drawn. */
  chunks: Chunk[]
  /** Whether these are all rows that there are. */
  complete: boolean
  onNear: (chunk: string, start?: PageStart) => void
  busy: boolean
  selection: Selection
  choosing: boolean
  onChoosing: () => void
  renaming: (Renaming & { id: string }) | undefined
}) {
  const { sort } = useOrder()
  const table = useRef<HTMLTableElement>(null)
  /** The chunk that has the focus: from its rows the keys lead into those beside it. */
  const [focused, setFocused] = useState<string>()
  const press = useLongPress((id) => {
    onChoosing()
    if (!selection.has(id)) selection.toggle(id)
  })

  function onClick(event: MouseEvent) {
    const { target, shiftKey, detail } = event
    const id = rowOf(target)
    if (!id || !(target instanceof Element)) return
    if (press.swallow()) return event.preventDefault()
    const box = target.closest("[data-choice]")
    if (!box && !(choosing && target.closest("[data-row]"))) return
    if (!box) event.preventDefault()
    selection.toggle(id, shiftKey)
    // From the row the keys go on; whoever chose by the space bar stays on the box.
    if (box && detail > 0) focusRow(id)
  }

  function onFocus({ target }: FocusEvent) {
    const chunk = target.closest<HTMLElement>("[data-chunk]")?.dataset.chunk
    if (chunk !== undefined) setFocused(chunk)
  }

  const some = selection.selected.length > 0
  const place = chunks.findIndex(({ id }) => id === focused)
  const count = chunks.reduce((sum, { sessions }) => sum + sessions.length, 0)
  const isKept = (chunk: number) => place >= 0 && Math.abs(chunk - place) <= 1
  // One for the row of heads, and they are counted from one.
  const firstRows = chunks.map((_, chunk) =>
    chunks.slice(0, chunk).reduce((sum, { sessions }) => sum + sessions.length, 2),
  )
  return (
    <table
      ref={table}
      {...roles.table}
      aria-rowcount={complete ? count + 1 : -1}
      aria-label="Sessions"
      aria-busy={busy}
      data-choosing={choosing}
      onClickCapture={onClick}
      onFocusCapture={onFocus}
      onContextMenu={(event) => press.swallow() && event.preventDefault()}
      {...press.handlers}
      className={`group/table block border-t border-line transition-opacity ${busy ? "opacity-60" : ""}`}
    >
      <SessionHead
        choice={
          <label className="-ml-1 flex h-full w-9 items-center justify-center">
            <input
              type="checkbox"
              aria-label="Select all that are shown"
              checked={selection.all}
              ref={(box) => {
                if (box) box.indeterminate = some && !selection.all
              }}
              onChange={() => (selection.all ? selection.clear() : selection.chooseAll())}
              className="size-4 accent-accent"
            />
          </label>
        }
      />
      <KeepRows table={() => table.current} order={chunks}>
        {chunks.map((chunk, at) => (
          <SessionChunk key={chunk.id} chunk={chunk} atFirst={at < 2} kept={isKept(at)} onNear={onNear}>
            {() =>
              chunk.sessions.map((session, index) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  index={(firstRows[at] ?? 0) + index}
                  chosen={selection.has(session.id)}
                  byCreation={sort === "created"}
                  renaming={renaming?.id === session.id ? renaming : undefined}
                />
              ))
            }
          </SessionChunk>
        ))}
      </KeepRows>
    </table>
  )
}
