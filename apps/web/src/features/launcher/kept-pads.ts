import { useCallback, useMemo, useSyncExternalStore } from "react"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"

/** Ids that are kept of a project, those that stand last being forgotten first. */
const most = 5000

const keyOf = (projectId: string): string => `strudel-agent/pads/${projectId}`

/** What this page knows, also where the browser keeps nothing. */
const known = new Map<string, string>()
const listeners = new Set<() => void>()

function textOf(key: string): string {
  const text = known.get(key) ?? readStored(key) ?? ""
  known.set(key, text)
  return text
}

/** Hears of what this page keeps and of what another page of this browser does. */
function subscribe(listener: () => void) {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === null) known.clear()
    else if (known.has(key)) known.set(key, newValue ?? "")
    else return
    listener()
  }
  listeners.add(listener)
  addEventListener("storage", onStorage)
  return () => {
    listeners.delete(listener)
    removeEventListener("storage", onStorage)
  }
}

/** Reads a kept order; what is none is empty. */
export function readPads(text: string): readonly string[] {
  try {
    const ids: unknown = JSON.parse(text || "[]")
    if (!Array.isArray(ids)) return []
    return [...new Set(ids.filter((id: unknown) => typeof id === "string"))]
  } catch {
    return []
  }
}

/** The order of a project's pads as this browser keeps it, and how to change it. */
export function useKeptPads(projectId: string) {
  const key = keyOf(projectId)
  const text = useSyncExternalStore(
    subscribe,
    () => textOf(key),
    () => "",
  )
  const order = useMemo(() => readPads(text), [text])
  const change = useCallback(
    (toNext: (order: readonly string[]) => readonly string[]) => {
      // What is kept, and not what is drawn: the first drawing knows nothing of it yet.
      const before = readPads(textOf(key))
      const next = toNext(before)
      if (next === before) return
      const kept = JSON.stringify(next.slice(0, most))
      known.set(key, kept)
      writeStored(key, kept)
      for (const listener of listeners) listener()
    },
    [key],
  )
  return { order, change }
}
