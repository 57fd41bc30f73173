"use client"

import type { MouseEvent } from "react"
import { DrawnRows } from "#shared/collection/drawn-rows.tsx"
import type { Collection } from "#shared/collection/use-collection.ts"
import type { ListedSession } from "../edits/session-edits.ts"
import { roles } from "../facts/session-columns.ts"
import { SessionHead, useOrder } from "./session-head.tsx"
import type { Renaming } from "./session-rename.tsx"
import { SessionRow } from "./session-row.tsx"
import { useLongPress } from "./use-long-press.ts"

const rowOf = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-key]")?.dataset.key : undefined

/**
 * Sessions, one a row. A click beside a name opens it, one on its box chooses it, with shift all from the one before;
 * where `choosing`, as on a phone after a long press, a tap anywhere chooses.
 */
export function SessionTable({
  list,
  complete,
  busy,
  choosing,
  onChoosing,
  renaming,
}: {
  list: Collection<ListedSession>
  /** Whether these are all rows that there are. */
  complete: boolean
  busy: boolean
  choosing: boolean
  onChoosing: () => void
  renaming: (Renaming & { id: string }) | undefined
}) {
  const { selection, rows, drawn } = list
  const { sort } = useOrder()
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
    if (box && detail > 0) list.focus(id)
  }

  const some = selection.selected.length > 0
  return (
    <table
      {...roles.table}
      aria-rowcount={complete ? rows.size + 1 : -1}
      aria-label="Sessions"
      aria-busy={busy}
      data-choosing={choosing}
      onClickCapture={onClick}
      onFocusCapture={list.onFocusCapture}
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
      {drawn.map((part) => (
        <tbody key={part.section.id} ref={list.place} {...roles.group} className="block [overflow-anchor:none]">
          <DrawnRows
            drawn={part}
            as="tr"
            draw={(session, place) => (
              <SessionRow
                key={session.id}
                session={session}
                // One for the row of heads, and they are counted from one.
                index={place + 2}
                chosen={selection.has(session.id)}
                byCreation={sort === "created"}
                renaming={renaming?.id === session.id ? renaming : undefined}
              />
            )}
          />
        </tbody>
      ))}
    </table>
  )
}
