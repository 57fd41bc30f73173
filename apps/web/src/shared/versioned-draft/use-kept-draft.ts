"use client"

import { useEffect, useEffectEvent, useRef, useState } from "react"
import { makeClientId } from "#shared/browser/client-id.ts"
import type { DraftPlace, Kept } from "./kept-draft.ts"
import { isUnasked, onRestoredDraft } from "./restored-draft.ts"

/** Milliseconds of rest after which what was typed is kept. */
const pause = 150

interface Keeping<T> {
  /** What is typed and not saved; another object for each change. */
  unsaved: T | undefined
  /** Whether nothing is kept or let go of yet, as before it is decided about what was found. */
  waits?: boolean
  /** The page whose draft this one goes on with. */
  from?: string | undefined
  /** Told when the page is left and what is unsaved is kept. */
  onLeft?: () => void
}

/** Keeps what is typed in the browser until it is saved: after a rest, and as the page is left. */
export function useKeepDraft<T extends object>(
  place: DraftPlace<T>,
  { unsaved, waits = false, from, onLeft }: Keeping<T>,
) {
  const [page] = useState(makeClientId)
  const [kept, setKept] = useState(true)
  const isOver = useRef(false)

  useEffect(() => {
    if (waits) return
    if (unsaved === undefined) {
      place.drop(page, ...(from === undefined ? [] : [from]))
      return
    }
    const keep = () => {
      clearTimeout(timer)
      if (!isOver.current) setKept(place.keep(unsaved, page))
    }
    const timer = setTimeout(keep, pause)
    addEventListener("pagehide", keep)
    return () => {
      removeEventListener("pagehide", keep)
      clearTimeout(timer)
    }
  }, [place, page, unsaved, waits, from])

  const keepLast = useEffectEvent(() => {
    if (unsaved !== undefined && !isOver.current && place.keep(unsaved, page)) onLeft?.()
  })
  useEffect(() => {
    isOver.current = false
    return () => keepLast()
  }, [])

  return {
    /** False where the browser has no room for what is typed. */
    kept,
    /** Keeps something now; false where there is no room. */
    keep: (draft: T) => place.keep(draft, page),
    /** Removes what this page has kept. */
    drop: () => place.drop(page),
    /** Nothing is kept from here on: it is saved, or thrown away. */
    end() {
      isOver.current = true
    },
  }
}

interface Finding<T> {
  /** Whether a draft says no more than what is stored. */
  isStale?: (draft: Kept<T>) => boolean
  /** Goes on with a draft that is not to be offered. */
  onUnasked?: (draft: Kept<T>) => void
}

/** What an earlier page left behind: undefined before it was looked for, null where there is none. */
export function useFoundDraft<T extends object>(place: DraftPlace<T>, { isStale, onUnasked }: Finding<T> = {}) {
  const [found, setFound] = useState<Kept<T> | null>()

  const look = useEffectEvent(() => {
    const draft = place.read()
    const stale = draft && isStale?.(draft)
    if (stale) place.drop()
    const unasked = draft && onUnasked && !stale && isUnasked(place.key)
    if (unasked) onUnasked(draft)
    setFound(draft && !stale && !unasked ? draft : null)
  })
  useEffect(() => {
    look()
    const stop = onRestoredDraft(place.key, () => look())
    // Another page may save or throw away what is offered here.
    const onStorage = ({ key, newValue }: StorageEvent) => {
      if (key === place.key && newValue === null) setFound(null)
    }
    addEventListener("storage", onStorage)
    return () => {
      stop()
      removeEventListener("storage", onStorage)
    }
  }, [place])

  return [found, setFound] as const
}
