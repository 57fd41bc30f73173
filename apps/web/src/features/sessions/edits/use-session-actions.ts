import type { Collection } from "#shared/collection/use-collection.ts"
import { focusedRow, useListKeys } from "#shared/collection/use-list-keys.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { countOf } from "#shared/words/count.ts"
import { openFilters } from "../filter/session-filters.tsx"
import type { ListedSession } from "./session-edits.ts"
import type { SessionWrites } from "./use-session-writes.ts"

interface Doing {
  list: Collection<ListedSession>
  writes: SessionWrites
  rename: (sessions: ListedSession[]) => void
  tag: (sessions: ListedSession[]) => void
  remove: (sessions: ListedSession[]) => void
  /** Ends the choosing; undefined while nothing is chosen. */
  clear: (() => void) | undefined
}

/** What the keyboard and the palette do with the chosen sessions, or else with the one that has the focus. */
export function useSessionActions({ list, writes, rename, tag, remove, clear }: Doing): void {
  const { chosen, selection, some: targets } = list
  const group = "Sessions"
  const what = chosen.length > 1 ? countOf(chosen.length, "session") : "the session"
  const isFocused = () => focusedRow() !== undefined
  const toggle = (range: boolean) => () => {
    const id = focusedRow()
    if (id) selection.toggle(id, range)
  }
  const act = ({ run, ...rest }: { id: string; keys: string; name: string; run: (some: ListedSession[]) => void }) => ({
    ...rest,
    group,
    ready: () => targets().length > 0,
    run: () => run(targets()),
  })
  function markSeen(sessions: ListedSession[]) {
    for (const session of sessions) if (session.messageCount > session.seenCount) void writes.markSeen(session)
  }
  useActions([
    act({ id: "tag", keys: "t", name: `Tag ${what}`, run: tag }),
    act({ id: "rename", keys: "r", name: `Rename ${what}`, run: rename }),
    act({ id: "rename-too", keys: "F2", name: `Rename ${what}`, run: rename }),
    act({ id: "terminate", keys: "e", name: `Terminate ${what}`, run: (some) => writes.setStatus(some, "terminated") }),
    act({ id: "activate", keys: "a", name: `Activate ${what}`, run: (some) => writes.setStatus(some, "active") }),
    act({ id: "delete", keys: "#", name: `Delete ${what}`, run: remove }),
    act({ id: "delete-too", keys: "Delete", name: `Delete ${what}`, run: remove }),
    act({ id: "seen", keys: "u", name: `Mark ${what} as seen`, run: markSeen }),
    { id: "choose", name: "Select the row", group, keys: "x", ready: isFocused, run: toggle(false) },
    {
      ...{ id: "choose-range", name: "Select from the last one to here", group, keys: "X" },
      ready: isFocused,
      run: toggle(true),
    },
    { id: "choose-all", name: "Select all that are shown", group, keys: "mod+a", run: selection.chooseAll },
    { id: "select-none", name: "Select none", group, ready: () => clear !== undefined, run: () => clear?.() },
    { id: "select-none-key", name: "Select none", group, keys: "Escape", onlyKeys: true },
    { id: "filters", name: "Open the filters", group, keys: "f", run: openFilters },
  ])
  useListKeys({ "mod+a": selection.chooseAll, Escape: clear })
}
