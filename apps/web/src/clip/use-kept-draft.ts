"use client"

import { useEffect, useRef, useState } from "react"
import { draftKey, dropDraft, type KeptDraft, keepDraft, readDraft } from "./clip-draft.ts"
import { contentOf, isSameContent } from "./clip-editing.ts"
import type { ClipEditing } from "./use-clip-editing.ts"

/** Milliseconds of rest after which what was typed is kept. */
const pause = 250

/** Keeps what is typed in the browser until it is saved, and finds what an earlier page left behind. */
export function useKeptDraft(key: { projectId: string; id: string }, { editing, dirty }: ClipEditing) {
  const shelfKey = draftKey(key)
  /** Undefined before it was looked for, null where there is none. */
  const [found, setFound] = useState<KeptDraft | null>()
  const [kept, setKept] = useState(true)
  const [page] = useState(() => crypto.randomUUID())
  const latest = useRef({ editing, dirty })
  latest.current = { editing, dirty }

  useEffect(() => {
    const draft = readDraft(localStorage, shelfKey)
    if (draft && isSameContent(contentOf(draft), latest.current.editing.newest)) {
      dropDraft(localStorage, shelfKey)
      setFound(null)
    } else setFound(draft ?? null)
    // Another tab may save or throw away what is offered here.
    const onStorage = ({ key: changed, newValue }: StorageEvent) => {
      if (changed === shelfKey && newValue === null) setFound(null)
    }
    addEventListener("storage", onStorage)
    return () => removeEventListener("storage", onStorage)
  }, [shelfKey])

  const decided = found === null
  useEffect(() => {
    if (!decided) return
    if (!dirty) return dropDraft(localStorage, shelfKey, page)
    const keep = () => {
      clearTimeout(timer)
      setKept(keepDraft(localStorage, shelfKey, editing, page))
    }
    const timer = setTimeout(keep, pause)
    addEventListener("pagehide", keep)
    return () => {
      removeEventListener("pagehide", keep)
      clearTimeout(timer)
    }
  }, [decided, dirty, editing, shelfKey, page])

  useEffect(
    () => () => {
      const { editing: last, dirty: unsaved } = latest.current
      if (unsaved) keepDraft(localStorage, shelfKey, last, page)
    },
    [shelfKey, page],
  )

  return {
    /** What was left behind, until it is decided what becomes of it. */
    offer: found ?? undefined,
    /** False where the browser has no room for what is typed. */
    kept,
    /** The offer is decided. */
    close: () => setFound(null),
    throwAway() {
      dropDraft(localStorage, shelfKey)
      setFound(null)
    },
  }
}
