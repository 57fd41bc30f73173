"use client"

import { useEffect, useEffectEvent, useId } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { isCovered, isTyping } from "#shared/keyboard/covered.ts"
import { playKey } from "#shared/player/playable.ts"
import { SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Pad } from "./pad.tsx"
import { useLaunch } from "./use-launch.ts"
import { usePadMoves } from "./use-pad-moves.ts"
import { usePlaces } from "./use-places.ts"

/** The keys of the first pads. */
const padKeys = "1234567890"

/** As high as a part of the window, whatever number of pads there is: one that comes moves no other. */
const grid =
  "grid auto-rows-[clamp(6.5em,21dvh,16em)] grid-cols-[repeat(auto-fill,minmax(min(11.5em,40vw),1fr))] gap-[0.75em] text-[clamp(0.875rem,1.05vw,2rem)]"

/** The pads of a project's clips, each at its place. */
export function Pads({
  projectId,
  clips,
  complete,
  grips,
}: {
  projectId: string
  clips: ClipCard[]
  /** Whether these are all. */
  complete: boolean
  grips: boolean
}) {
  const hint = useId()
  const { asked, toggle } = useLaunch()
  const { places, move } = usePlaces(projectId, clips, complete)
  const ids = places.map(({ id }) => id)
  const nameOf = (id: string) => places.find((place) => place.id === id)?.clip?.name ?? id
  const { moves, drag, drop, announcement, Layer, load } = usePadMoves(ids, { nameOf, move })
  // A finger gives no sign before it presses.
  useEffect(() => {
    if (grips) load()
  })
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.metaKey || event.ctrlKey || event.altKey) return
    if (isTyping(event.target) || isCovered(event.target)) return
    const place = event.key.length === 1 ? places[padKeys.indexOf(event.key)] : undefined
    if (!place?.clip || place.gone) return
    event.preventDefault()
    void toggle(place.clip)
  })
  useEffect(() => {
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
  return (
    <>
      <ul onPointerEnter={load} onFocus={load} className={grid}>
        {places.map(({ id, clip, gone }, index) =>
          clip ? (
            <Pad
              key={id}
              clip={clip}
              gone={gone}
              place={index + 1}
              padKey={padKeys[index]}
              asked={asked.get(playKey(projectId, id))}
              grips={grips}
              hint={hint}
              moves={moves}
              onPress={() => void toggle(clip)}
            />
          ) : (
            <li key={id} aria-hidden="true">
              <SkeletonBlock className="size-full" />
            </li>
          ),
        )}
      </ul>
      <p id={hint} className="sr-only">
        Alt with an arrow key moves it.
      </p>
      <p aria-live="assertive" className="sr-only">
        {announcement}
      </p>
      {Layer && <Layer shape="grid" keys={ids} {...drag} onStart={() => {}} onDrop={drop} onStop={() => {}} />}
    </>
  )
}

export const PadsSkeleton = () => (
  <div className={grid}>
    {Array.from({ length: 12 }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: they never change places.
      <SkeletonBlock key={index} className="size-full" />
    ))}
  </div>
)
