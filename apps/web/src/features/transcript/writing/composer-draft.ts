import { useEffect, useEffectEvent, useRef, useState } from "react"
import { makeClientId } from "#shared/browser/client-id.ts"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"
import type { WrittenRole } from "./outbox-store.ts"

/** Milliseconds after the last key after which a draft is kept. */
const settling = 150

interface KeptDraft {
  text: string
  role: WrittenRole
  /** The page that it was typed in. */
  by: string
}

function readDraft(key: string): KeptDraft | undefined {
  try {
    const kept: unknown = JSON.parse(readStored(key) ?? "null")
    if (typeof kept !== "object" || kept === null) return undefined
    if (!("text" in kept && typeof kept.text === "string" && "by" in kept && typeof kept.by === "string")) {
      return undefined
    }
    return { text: kept.text, by: kept.by, role: "role" in kept && kept.role === "note" ? "note" : "user" }
  } catch {
    return undefined
  }
}

/**
 * What is typed to a session, kept over reloads, crashes and lost connections. Another page of the session finds it as it
 * opens; it is no longer kept once either has sent it, and no page removes what was typed in another.
 */
export function useDraft(sessionId: string) {
  const key = `draft ${sessionId}`
  const [{ text, role }, setDraft] = useState<{ text: string; role: WrittenRole }>({ text: "", role: "user" })
  const [page] = useState(makeClientId)
  /** Whose draft is in the box: this page's from the first key on. */
  const owner = useRef(page)
  /** Whose draft was found as the page opened. */
  const found = useRef<string>(undefined)
  /** Whether something was typed that is not kept yet. */
  const dirty = useRef(false)

  const keep = useEffectEvent(() => {
    if (!dirty.current) return
    dirty.current = false
    if (text !== "") return writeStored(key, JSON.stringify({ text, role, by: page } satisfies KeptDraft))
    const by = readDraft(key)?.by
    if (by === page || by === found.current) writeStored(key, "")
  })

  useEffect(() => {
    const kept = readDraft(key)
    if (kept) {
      found.current = kept.by
      // What was typed before this script ran stays.
      if (!dirty.current) owner.current = kept.by
      setDraft((typed) => (typed.text ? typed : kept))
    }
    const onStorage = (event: StorageEvent) => {
      if (event.key !== key || event.newValue !== null || owner.current === page) return
      owner.current = page
      setDraft((shown) => ({ ...shown, text: "" }))
    }
    const onHide = () => keep()
    addEventListener("storage", onStorage)
    addEventListener("pagehide", onHide)
    return () => {
      removeEventListener("storage", onStorage)
      removeEventListener("pagehide", onHide)
      keep()
    }
  }, [key, page])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each key begins the waiting anew.
  useEffect(() => {
    const timer = setTimeout(() => keep(), settling)
    return () => clearTimeout(timer)
  }, [text, role])

  function type(change: { text?: string; role?: WrittenRole }) {
    owner.current = page
    dirty.current = true
    setDraft((shown) => ({ ...shown, ...change }))
  }
  return {
    text,
    role,
    setText: (text: string) => type({ text }),
    setRole: (role: WrittenRole) => type({ role }),
  }
}
