"use client"

import { useEffect, useRef, useState } from "react"
import { makeClientId } from "#shared/browser/client-id.ts"
import { announceRestoredDraft, isUnasked, onRestoredDraft } from "#shared/versioned-draft/restored-draft.ts"
import { draftKey, dropDraft, type KeptDraft, keepDraft, moveDraft, readDraft } from "./clip-draft.ts"
import { contentOf, type Editing, isSameContent } from "./clip-editing.ts"
import type { ClipEditing } from "./use-clip-editing.ts"

/** Milliseconds of rest after which what was typed is kept. */
const pause = 250

/** Keeps what is typed in the browser until it is saved, and finds what an earlier page left behind. */
export function useKeptDraft(key: { projectId: string; id: string }, { editing, dirty, goOn }: ClipEditing) {
  const shelfKey = draftKey(key)
  /** Undefined before it was looked for, null where there is none. */
  const [found, setFound] = useState<KeptDraft | null>()
  const [kept, setKept] = useState(true)
  const [page] = useState(makeClientId)
  const latest = useRef({ editing, dirty, goOn })
  latest.current = { editing, dirty, goOn }
  /** Whether the draft has gone where the clip has. */
  const carried = useRef(false)

  useEffect(() => {
    const look = () => {
      const draft = readDraft(localStorage, shelfKey)
      if (draft && !draft.merging && isSameContent(contentOf(draft), latest.current.editing.newest)) {
        dropDraft(localStorage, shelfKey)
        setFound(null)
      } else if (draft && isUnasked(shelfKey)) {
        latest.current.goOn(draft)
        setFound(null)
      } else setFound(draft ?? null)
    }
    look()
    const stop = onRestoredDraft(shelfKey, look)
    // Another tab may save or throw away what is offered here.
    const onStorage = ({ key: changed, newValue }: StorageEvent) => {
      if (changed === shelfKey && newValue === null) setFound(null)
    }
    addEventListener("storage", onStorage)
    return () => {
      stop()
      removeEventListener("storage", onStorage)
    }
  }, [shelfKey])

  const decided = found === null
  useEffect(() => {
    if (!decided) return
    if (!dirty) return dropDraft(localStorage, shelfKey, page)
    const keep = () => {
      clearTimeout(timer)
      if (carried.current) return
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
      if (unsaved && !carried.current) keepDraft(localStorage, shelfKey, last, page)
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
    /** Carries what is unsaved, or was left behind, to the key that the clip has moved to. */
    carry(to: { projectId: string; id: string }) {
      const { editing: last, dirty: unsaved } = latest.current
      if (unsaved) keepDraft(localStorage, shelfKey, last, page)
      carried.current = true
      moveDraft(localStorage, shelfKey, draftKey(to))
      announceRestoredDraft(draftKey(to), { goOn: unsaved })
    },
    /** Keeps what was discarded once the page is gone; false where something else is kept or there is no room. */
    bringBack(discarded: Editing): boolean {
      if (readDraft(localStorage, shelfKey) || !keepDraft(localStorage, shelfKey, discarded, page)) return false
      announceRestoredDraft(shelfKey)
      return true
    },
    throwAway() {
      dropDraft(localStorage, shelfKey)
      setFound(null)
    },
  }
}
