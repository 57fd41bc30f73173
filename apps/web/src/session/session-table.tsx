"use client"

import { type MouseEvent, useRef } from "react"
import { KeepRows } from "./keep-rows.tsx"
import { roles } from "./session-columns.ts"
import type { ListedSession } from "./session-edits.ts"
import { SessionHead, useOrder } from "./session-head.tsx"
import type { Renaming } from "./session-rename.tsx"
import { SessionRow } from "./session-row.tsx"
import { focusRow } from "./use-list-keys.ts"
import { useLongPress } from "./use-long-press.ts"
import type { Selection } from "./use-selection.ts"

const rowOf = (target: EventTarget) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-session]")?.dataset.session : undefined

/**
 * Sessions, one a row. A click beside a name opens it, one on its box chooses it, with shift all from the one before;
 * where `choosing`, as on a phone after a long press, a tap anywhere chooses.
 */
export function SessionTable({
  sessions,
  busy,
  selection,
  choosing,
  onChoosing,
  renaming,
}: {
  sessions: ListedSession[]
  busy: boolean
  selection: Selection
  choosing: boolean
  onChoosing: () => void
  renaming: (Renaming & { id: string }) | undefined
}) {
  const { sort } = useOrder()
  const body = useRef<HTMLTableSectionElement>(null)
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

  const some = selection.selected.length > 0
  return (
    <table
      {...roles.table}
      aria-label="Sessions"
      aria-busy={busy}
      data-choosing={choosing}
      onClickCapture={onClick}
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
      <KeepRows body={() => body.current} order={sessions.map(({ id }) => id).join()}>
        <tbody ref={body} {...roles.group} className="block [overflow-anchor:none]">
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              chosen={selection.has(session.id)}
              byCreation={sort === "created"}
              renaming={renaming?.id === session.id ? renaming : undefined}
            />
          ))}
        </tbody>
      </KeepRows>
    </table>
  )
}
