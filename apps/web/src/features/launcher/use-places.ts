"use client"

import { useEffect, useState } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { useKeptPads } from "./kept-pads.ts"
import { type Place, placesOf, withAdded, withMoved } from "./pad-order.ts"

/**
 * The pads of a project at the places where they were last seen in this browser, and how one is moved to the place of
 * another.
 */
export function usePlaces(
  projectId: string,
  clips: ClipCard[],
  complete: boolean,
): { places: Place<ClipCard>[]; move: (id: string, placeOf: string) => void } {
  const { order, change } = useKeptPads(projectId)
  const [seen, setSeen] = useState<ReadonlyMap<string, ClipCard>>(new Map())
  const there = new Map(clips.map((clip) => [clip.id, clip]))
  if ([...there].some(([id, clip]) => seen.get(id) !== clip)) setSeen(new Map([...seen, ...there]))
  const ids = [...there.keys()]
  const all = withAdded(order, ids)
  useEffect(() => {
    if (all !== order) change((kept) => withAdded(kept, ids))
  })
  return {
    places: placesOf(all, { read: clips, seen, complete }),
    move: (id, placeOf) => change((kept) => withMoved(withAdded(kept, ids), id, placeOf)),
  }
}
