"use client"

import type { Inputs } from "@strudel-agent/client/client"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { focusedRow, focusRow } from "#shared/collection/use-list-keys.ts"
import { useSelection } from "#shared/collection/use-selection.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { useHidden } from "#shared/ui/undo.ts"
import { countOf } from "#shared/words/count.ts"
import { SessionBulkBar } from "../edits/session-bulk-bar.tsx"
import { type ListedSession, withEdits } from "../edits/session-edits.ts"
import { useSessionActions } from "../edits/use-session-actions.ts"
import { useSessionWrites } from "../edits/use-session-writes.ts"
import { chunksOf, type PageStart, type SessionPages } from "./session-pages.ts"
import { SessionTable } from "./session-table.tsx"

const SessionTagDialog = onDemand(() => import("../edits/session-tag-dialog.tsx").then((part) => part.SessionTagDialog))
const SessionNamesDialog = onDemand(() =>
  import("../edits/session-names-dialog.tsx").then((part) => part.SessionNamesDialog),
)

/** A name that is being written in its row. */
interface Naming {
  id: string
  draft: string
  problem: string | null
}

/** A dialog about sessions, and the row that gets the focus back. */
interface Asking {
  kind: "tags" | "names"
  ids: string[]
  from: string | undefined
}

/** The rows of the list with what can be done with them, by hand and by key. */
export function SessionRows({
  loaded,
  complete,
  onNear,
  input,
  empty,
  busy,
  choosing,
  onChoosing,
}: {
  loaded: SessionPages
  /** Whether these are all pages that there are. */
  complete: boolean
  onNear: (chunk: string, start?: PageStart) => void
  input: Inputs["session"]["list"]
  /** What is there in place of no rows. */
  empty: ReactNode
  busy: boolean
  /** Whether a tap on a row chooses it. */
  choosing: boolean
  onChoosing: (choosing: boolean) => void
}) {
  const hidden = useHidden()
  const writes = useSessionWrites(input)
  const { edits } = writes
  const chunks = useMemo(
    () =>
      chunksOf(loaded, ({ id }) => !hidden.has(id)).map((chunk) => ({
        ...chunk,
        sessions: withEdits(chunk.sessions, edits),
      })),
    [loaded, hidden, edits],
  )
  const sessions = useMemo(() => chunks.flatMap((chunk) => chunk.sessions), [chunks])
  const selection = useSelection(useMemo(() => sessions.map(({ id }) => id), [sessions]))
  const [naming, setNaming] = useState<Naming>()
  const [asking, setAsking] = useState<Asking>()
  const isNaming = useRef(false)
  useEffect(() => {
    isNaming.current = naming !== undefined
  })

  function among(ids: string[]): ListedSession[] {
    const wanted = new Set(ids)
    return sessions.filter(({ id }) => wanted.has(id))
  }
  const chosen = among(selection.selected)

  function clear() {
    selection.clear()
    onChoosing(false)
  }

  function ask(kind: Asking["kind"], some: ListedSession[]) {
    if (some.length > 0) setAsking({ kind, ids: some.map(({ id }) => id), from: focusedRow() })
  }

  function endAsking() {
    const from = asking?.from
    setAsking(undefined)
    // After the dialog has given the focus back to where it believes it came from.
    if (from) setTimeout(() => focusRow(from), 50)
  }

  function rename(some: ListedSession[]) {
    const [session, more] = some
    if (more) ask("names", some)
    else if (session) setNaming({ id: session.id, draft: session.name ?? "", problem: null })
  }

  async function saveName(session: ListedSession, draft: string) {
    const { id, displayName } = session
    setNaming(undefined)
    requestAnimationFrame(() => focusRow(id))
    const problem = await writes.rename([{ session, name: draft.trim() || null }])
    if (problem === undefined) return
    const again = () => setNaming({ id, draft, problem })
    // Another name may be written by then.
    if (isNaming.current) toastError(`“${displayName}” is not renamed. ${problem}`, { name: "Try again", run: again })
    else again()
  }

  function remove(gone: ListedSession[]) {
    if (gone.length === 0) return
    const ids = new Set(gone.map(({ id }) => id))
    const after = sessions.slice(sessions.findIndex(({ id }) => ids.has(id))).find(({ id }) => !ids.has(id))
    writes.delete(gone)
    clear()
    if (after) requestAnimationFrame(() => focusRow(after.id))
  }

  const tag = (some: ListedSession[]) => ask("tags", some)
  useSessionActions({
    ...{ chosen, among, selection, writes, rename, tag, remove },
    clear: selection.selected.length > 0 || choosing ? clear : undefined,
  })
  const named = naming && sessions.find(({ id }) => id === naming.id)

  return (
    <>
      {sessions.length === 0 && complete ? (
        empty
      ) : (
        <SessionTable
          chunks={chunks}
          complete={complete}
          onNear={onNear}
          busy={busy}
          selection={selection}
          choosing={choosing}
          onChoosing={() => onChoosing(true)}
          renaming={
            naming &&
            named && {
              ...naming,
              onSave: (draft) => void saveName(named, draft),
              onCancel: () => {
                setNaming(undefined)
                requestAnimationFrame(() => focusRow(naming.id))
              },
            }
          }
        />
      )}
      <p role="status" className="sr-only">
        {countOf(sessions.length, "session")} shown
      </p>
      {chosen.length > 0 && (
        <SessionBulkBar
          chosen={chosen}
          acts={{
            tag: () => tag(chosen),
            rename: () => rename(chosen),
            setStatus: (status) => writes.setStatus(chosen, status),
            delete: () => remove(chosen),
            clear,
          }}
        />
      )}
      {asking?.kind === "tags" && (
        <SessionTagDialog
          sessions={among(asking.ids)}
          onChange={(change) => writes.tag(among(asking.ids), change)}
          onClose={endAsking}
        />
      )}
      {asking?.kind === "names" && (
        <SessionNamesDialog sessions={among(asking.ids)} onRename={writes.rename} onClose={endAsking} />
      )}
    </>
  )
}
