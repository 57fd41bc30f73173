"use client"

import { useRef } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { api } from "#shared/api/trpc.ts"
import type { LibraryEvent } from "#shared/live/live-store.ts"
import { useLiveChanges } from "#shared/live/use-live.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { inSeries } from "#shared/versioned-draft/write-queue.ts"

interface ClipKey {
  projectId: string
  id: string
}

/** The clips of the library that play and that may be others since an event. */
function playingSince(event: LibraryEvent): ClipKey[] {
  const state = usePlayer.getState()
  if (!isOn(state)) return []
  const keys = (state.playable?.clips ?? []).flatMap(({ key, projectId }) =>
    projectId !== "" && key.startsWith(`${projectId}/`) ? { projectId, id: key.slice(projectId.length + 1) } : [],
  )
  if (event.type === "refresh") return keys
  const isChanged = ({ projectId, id }: ClipKey) =>
    event.changes.some(
      (change) => change.kind === "clip" && !change.removed && change.projectId === projectId && change.id === id,
    )
  return keys.filter(isChanged)
}

/** Takes over what anybody saves of the clips that play, such as the agent. */
export function useTakeOver(): void {
  const { client } = api.useUtils()
  const inTurn = useRef(inSeries())
  useLiveChanges((event) => {
    for (const key of playingSince(event)) {
      void inTurn.current(async () => {
        const { takeOver } = await loadWithRetry(() => import("./take-over.ts"))
        // What cannot be read plays on as it is.
        await takeOver(client, key).catch(() => {})
      })
    }
  })
}
