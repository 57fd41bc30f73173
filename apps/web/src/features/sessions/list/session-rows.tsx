"use client"

import type { Inputs } from "@strudel-agent/client/client"
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { NewsButton } from "#shared/collection/news-button.tsx"
import { useCollection } from "#shared/collection/use-collection.ts"
import { focusedRow } from "#shared/collection/use-list-keys.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { countOf } from "#shared/words/count.ts"
import { SessionBulkBar } from "../edits/session-bulk-bar.tsx"
import { type ListedSession, sessionKey, sessionPatches } from "../edits/session-edits.ts"
import { useSessionActions } from "../edits/use-session-actions.ts"
import { useSessionWrites } from "../edits/use-session-writes.ts"
import { shape } from "../facts/session-columns.ts"
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
  read,
  complete,
  onDrawn,
  readOn,
  input,
  empty,
  busy,
  choosing,
  onChoosing,
}: {
  read: ListedSession[]
  /** Whether these are all that there are. */
  complete: boolean
  onDrawn: (rows: ReadonlySet<string>) => void
  readOn: (() => unknown) | undefined
  input: Inputs["session"]["list"]
  /** What is there in place of no rows. */
  empty: ReactNode
  busy: boolean
  /** Whether a tap on a row chooses it. */
  choosing: boolean
  onChoosing: (choosing: boolean) => void
}) {
  const writes = useSessionWrites(input)
  const list = useCollection({
    sections: useMemo(() => [{ id: "all", rows: read }], [read]),
    keyOf: sessionKey,
    patches: sessionPatches,
    shape,
    reset: busy ? "on its way" : JSON.stringify(input),
    onDrawn,
    readOn,
  })
  const { selection, chosen, focus } = list
  const sessions = [...list.rows.values()]
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
    if (from) setTimeout(() => focus(from, { from: document.activeElement }), 50)
  }

  function rename(some: ListedSession[]) {
    const [session, more] = some
    if (more) ask("names", some)
    else if (session) setNaming({ id: session.id, draft: session.name ?? "", problem: null })
  }

  async function saveName(session: ListedSession, draft: string) {
    const { id, displayName } = session
    setNaming(undefined)
    focus(id)
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
    if (after) focus(after.id)
  }

  const tag = (some: ListedSession[]) => ask("tags", some)
  useSessionActions({
    ...{ list, writes, rename, tag, remove },
    clear: selection.selected.length > 0 || choosing ? clear : undefined,
  })
  const named = naming && sessions.find(({ id }) => id === naming.id)

  return (
    <>
      <NewsButton count={list.news} what="session" onShow={list.showNews} />
      {sessions.length === 0 && complete ? (
        empty
      ) : (
        <SessionTable
          list={list}
          complete={complete}
          busy={busy}
          choosing={choosing}
          onChoosing={() => onChoosing(true)}
          renaming={
            naming &&
            named && {
              ...naming,
              onSave: (draft) => void saveName(named, draft),
              onCancel: () => {
                setNaming(undefined)
                focus(naming.id)
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
