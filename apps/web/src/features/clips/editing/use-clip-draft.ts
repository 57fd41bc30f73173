"use client"

import { useMemo } from "react"
import { moveDraft } from "#shared/versioned-draft/kept-draft.ts"
import { announceRestoredDraft } from "#shared/versioned-draft/restored-draft.ts"
import { useFoundDraft, useKeepDraft } from "#shared/versioned-draft/use-kept-draft.ts"
import { clipDrafts, draftKey, toKept } from "./clip-draft.ts"
import { contentOf, type Editing, isSameContent } from "./clip-editing.ts"
import type { ClipEditing } from "./use-clip-editing.ts"

/**
 * Keeps what is typed of a clip in the browser until it is saved, and finds what an earlier page left behind. `onLeft` is
 * told when the page is left and something unsaved is kept of its clip.
 */
export function useClipDraft(clip: ClipEditing, onLeft: () => void) {
  const { projectId, id, editing, dirty, goOn } = clip
  const place = useMemo(() => clipDrafts({ projectId, id }), [projectId, id])
  const [found, setFound] = useFoundDraft(place, {
    isStale: (kept) => !kept.draft.merging && isSameContent(contentOf(kept), editing.newest),
    onUnasked: goOn,
  })
  const { base, draft } = editing
  const unsaved = useMemo(() => (dirty ? toKept({ base, draft }) : undefined), [dirty, base, draft])
  const { kept, keep, end } = useKeepDraft(place, { unsaved, waits: found !== null, onLeft })

  return {
    /** What was left behind, until it is decided what becomes of it. */
    offer: found ?? undefined,
    /** False where the browser has no room for what is typed. */
    kept,
    /** The offer is decided. */
    close: () => setFound(null),
    /** Carries what is unsaved, or was left behind, to the key that the clip has moved to. */
    carry(to: { projectId: string; id: string }) {
      if (unsaved) keep(unsaved)
      end()
      moveDraft(localStorage, place.key, draftKey(to))
      announceRestoredDraft(draftKey(to), { goOn: dirty })
    },
    /** Keeps what was discarded once the page is gone; false where something else is kept or there is no room. */
    bringBack(discarded: Editing): boolean {
      if (place.read() || !keep(toKept(discarded))) return false
      announceRestoredDraft(place.key)
      return true
    },
    throwAway() {
      place.drop()
      setFound(null)
    },
  }
}
