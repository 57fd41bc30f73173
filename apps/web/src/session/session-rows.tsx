"use client"

import type { Inputs } from "@strudel-agent/client/client"
import { useState } from "react"
import { onDemand } from "../api/on-demand.tsx"
import { useActions } from "../shell/actions.ts"
import { useHidden } from "../ui/undo.ts"
import { countOf } from "../words/count.ts"
import { SessionBulkBar } from "./session-bulk-bar.tsx"
import { type ListedSession, withEdits } from "./session-edits.ts"
import { openFilters } from "./session-filters.tsx"
import { SessionTable } from "./session-table.tsx"
import { focusedRow, focusRow, useListKeys } from "./use-list-keys.ts"
import { useSelection } from "./use-selection.ts"
import { useSessionWrites } from "./use-session-writes.ts"

const SessionTagDialog = onDemand(() => import("./session-tag-dialog.tsx").then((part) => part.SessionTagDialog))

/** The rows of the list with what can be done with them, by hand and by key. */
export function SessionRows({
  loaded,
  input,
  busy,
  choosing,
  onChoosing,
}: {
  loaded: ListedSession[]
  input: Inputs["session"]["list"]
  busy: boolean
  /** Whether a tap on a row chooses it. */
  choosing: boolean
  onChoosing: (choosing: boolean) => void
}) {
  const hidden = useHidden()
  const writes = useSessionWrites(input)
  const sessions = withEdits(
    loaded.filter(({ id }) => !hidden.has(id)),
    writes.edits,
  )
  const selection = useSelection(sessions.map(({ id }) => id))
  const [naming, setNaming] = useState<{ id: string; draft: string; problem: string | null }>()
  const [tagging, setTagging] = useState<{ ids: string[]; from: string | undefined }>()

  const among = (ids: string[]) => sessions.filter(({ id }) => ids.includes(id))
  const chosen = among(selection.selected)
  /** The chosen rows, else the one that has the focus. */
  function targets(): ListedSession[] {
    const focused = focusedRow()
    return chosen.length > 0 ? chosen : focused ? among([focused]) : []
  }

  function clear() {
    selection.clear()
    onChoosing(false)
  }

  function startNaming([session, more]: ListedSession[]) {
    if (session && !more) setNaming({ id: session.id, draft: session.name ?? "", problem: null })
  }

  async function saveName(id: string, draft: string) {
    setNaming(undefined)
    requestAnimationFrame(() => focusRow(id))
    const problem = await writes.rename(id, draft.trim() || null)
    if (problem) setNaming({ id, draft, problem })
  }

  function remove(gone: ListedSession[]) {
    if (gone.length === 0) return
    const ids = gone.map(({ id }) => id)
    const after = sessions.slice(sessions.findIndex(({ id }) => ids.includes(id))).find(({ id }) => !ids.includes(id))
    writes.delete(gone)
    clear()
    if (after) requestAnimationFrame(() => focusRow(after.id))
  }

  function tag(some: ListedSession[]) {
    if (some.length > 0) setTagging({ ids: some.map(({ id }) => id), from: focusedRow() })
  }

  function endTagging() {
    const from = tagging?.from
    setTagging(undefined)
    // After the dialog has given the focus back to where it believes it came from.
    if (from) setTimeout(() => focusRow(from), 50)
  }

  function toggle(range: boolean) {
    const id = focusedRow()
    if (id) selection.toggle(id, range)
  }

  function markSeen(some: ListedSession[]) {
    for (const session of some) if (session.messageCount > session.seenCount) void writes.markSeen(session)
  }

  const group = "Sessions"
  const onlyKeys = true
  useActions([
    { id: "choose", name: "Choose the row", group, keys: "x", onlyKeys, run: () => toggle(false) },
    {
      id: "choose-range",
      name: "Choose from the last one to here",
      group,
      keys: "X",
      onlyKeys,
      run: () => toggle(true),
    },
    { id: "choose-all", name: "Choose all that are shown", group, keys: "mod+a", run: selection.chooseAll },
    { id: "choose-none", name: "Choose none", group, keys: "Escape", onlyKeys },
    { id: "tag", name: "Tag", group, keys: "t", onlyKeys, run: () => tag(targets()) },
    { id: "rename", name: "Rename", group, keys: "r", onlyKeys, run: () => startNaming(targets()) },
    { id: "rename-too", name: "Rename", group, keys: "F2", onlyKeys, run: () => startNaming(targets()) },
    {
      id: "terminate",
      name: "Terminate",
      group,
      keys: "e",
      onlyKeys,
      run: () => writes.setStatus(targets(), "terminated"),
    },
    { id: "activate", name: "Activate", group, keys: "a", onlyKeys, run: () => writes.setStatus(targets(), "active") },
    { id: "delete", name: "Delete", group, keys: "#", onlyKeys, run: () => remove(targets()) },
    { id: "delete-too", name: "Delete", group, keys: "Delete", onlyKeys, run: () => remove(targets()) },
    { id: "seen", name: "Mark as seen", group, keys: "u", onlyKeys, run: () => markSeen(targets()) },
    { id: "filters", name: "Open the filters", group, keys: "f", run: openFilters },
  ])
  useListKeys({
    "mod+a": selection.chooseAll,
    Escape: selection.selected.length > 0 || choosing ? clear : undefined,
  })

  return (
    <>
      <SessionTable
        sessions={sessions}
        busy={busy}
        selection={selection}
        choosing={choosing}
        onChoosing={() => onChoosing(true)}
        renaming={
          naming && {
            ...naming,
            onSave: (draft) => void saveName(naming.id, draft),
            onCancel: () => {
              setNaming(undefined)
              requestAnimationFrame(() => focusRow(naming.id))
            },
          }
        }
      />
      <p role="status" className="sr-only">
        {countOf(sessions.length, "session")} shown
      </p>
      {chosen.length > 0 && (
        <SessionBulkBar
          chosen={chosen}
          acts={{
            tag: () => tag(chosen),
            rename: () => startNaming(chosen),
            setStatus: (status) => writes.setStatus(chosen, status),
            delete: () => remove(chosen),
            clear,
          }}
        />
      )}
      {tagging && (
        <SessionTagDialog
          sessions={among(tagging.ids)}
          onChange={(change) => void writes.tag(tagging.ids, change)}
          onClose={endTagging}
        />
      )}
    </>
  )
}
