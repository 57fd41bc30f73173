"use client"

import { useEffect, useState } from "react"
import type { StoredOrder } from "../arrangement/order-keeper.ts"
import type { ListingSong } from "./song-places.ts"

interface StoredPlaces {
  stored: StoredOrder
  /** What the sections of the song's text are called, null for one without a name. */
  names: (string | null)[]
}

/** The stored order of a song with its sections, as soon as its text is read. */
export function useStoredPlaces({ projectId, body, clipIds, updatedAt }: ListingSong & { updatedAt: string }) {
  const [places, setPlaces] = useState<StoredPlaces>({ stored: { ids: clipIds, updatedAt }, names: [] })
  useEffect(() => {
    let isLatest = true
    const show = (next: StoredPlaces) => isLatest && setPlaces(next)
    import("./song-places.ts").then(
      ({ placesOfSong }) => {
        const { names, ids, sections } = placesOfSong({ projectId, body, clipIds })
        show({ stored: { ids, sections, updatedAt }, names })
      },
      () => show({ stored: { ids: clipIds, updatedAt }, names: [] }),
    )
    return () => {
      isLatest = false
    }
  }, [projectId, body, clipIds, updatedAt])
  return places
}
