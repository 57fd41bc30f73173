"use client"

import { GripVerticalIcon } from "lucide-react"
import type { KeyboardEvent, PointerEvent } from "react"
import type { ClipCard } from "#shared/clip/clip-list.ts"
import { ClipPicture } from "#shared/clip/clip-picture.tsx"
import { player } from "#shared/player/open-player.ts"
import { playKey } from "#shared/player/playable.ts"
import { problemInWords } from "#shared/player/player-words.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { type PadState, padStateOf } from "./pad-state.ts"

const looks: Record<PadState, string> = {
  silent: "border-line bg-panel hover:border-edge",
  failing: "border-danger bg-panel",
  playing: "border-accent bg-wash",
  starting: "border-dashed border-accent bg-wash motion-safe:animate-pulse",
  stopping: "border-dashed border-accent bg-panel motion-safe:animate-pulse",
}

/** What can be done to move a pad. */
export interface PadMoves {
  keyDown: (id: string, event: KeyboardEvent<HTMLElement>) => void
  /** A press from which a drag may come. */
  press: (id: string, event: PointerEvent<HTMLElement>) => void
  /** Told the element of each pad. */
  row: (id: string, element: HTMLElement | null) => void
}

/** A clip as a pad: pressed, it starts or stops; dragged or told by keys, it moves. */
export function Pad({
  clip,
  gone,
  place,
  padKey,
  asked,
  grips,
  hint,
  moves,
  onPress,
}: {
  clip: ClipCard
  /** Whether the clip was deleted: then it can only be stopped. */
  gone: boolean
  /** From 1. */
  place: number
  padKey: string | undefined
  asked: "starting" | "stopping" | undefined
  /** Whether it shows what it is dragged by where a finger on the pad itself scrolls. */
  grips: boolean
  /** Id of the text that tells how pads are moved. */
  hint: string
  moves: PadMoves
  onPress: () => void
}) {
  const key = playKey(clip.projectId, clip.id)
  const heard = usePlayer((each) => padStateOf(each, key))
  const muted = usePlayer(({ muted }) => muted.has(key))
  const problem = usePlayer(({ problems }) => problems.get(key))
  const state = asked ?? heard
  const on = state === "playing" || state === "starting"
  const silent = state === "silent" || state === "failing"
  return (
    <li
      ref={(element) => moves.row(clip.id, element)}
      onKeyDown={(event) => moves.keyDown(clip.id, event)}
      className="group relative rounded-card data-dragging:z-10 data-dragging:opacity-90 data-dragging:shadow-2xl"
    >
      <button
        type="button"
        aria-pressed={on}
        aria-describedby={hint}
        data-pad={clip.id}
        data-state={state}
        data-gone={gone || undefined}
        disabled={gone && silent}
        onClick={onPress}
        onPointerDown={(event) => event.pointerType === "mouse" && moves.press(clip.id, event)}
        onPointerEnter={() => player.warm()}
        className={`flex size-full flex-col gap-[0.5em] overflow-hidden rounded-card border p-[0.75em] text-left transition-colors ${gone && silent ? "border-dashed border-line text-faint" : looks[state]}`}
      >
        <span className="flex w-full items-center gap-[0.5em]">
          <span
            aria-hidden="true"
            className={`size-[0.75em] shrink-0 rounded-full ${on ? "" : "opacity-50"} ${clip.facts.color ? "" : "bg-faint"}`}
            style={clip.facts.color ? { backgroundColor: clip.facts.color } : undefined}
          />
          <span className="min-w-0 flex-1 truncate font-medium">
            {clip.name}
            {(state === "starting" || state === "stopping") && (
              <span className="sr-only">, {state} on the next cycle</span>
            )}
          </span>
          {padKey && (
            <span aria-hidden="true" className={`font-mono text-[0.85em] text-faint ${grips ? "pr-11" : ""}`}>
              {padKey}
            </span>
          )}
        </span>
        {gone ? (
          <span className="text-[0.85em]">Deleted.</span>
        ) : (
          <span className={`block min-h-12 w-full flex-1 ${muted ? "opacity-40" : ""}`}>
            <ClipPicture clip={clip} className="size-full" />
          </span>
        )}
        {state === "failing" && problem && (
          <span className="line-clamp-3 text-[0.85em] text-danger [overflow-wrap:anywhere]">
            {problemInWords(problem)}.
          </span>
        )}
      </button>
      {grips && (
        <button
          type="button"
          data-handle
          aria-label={`Move ${clip.name}, place ${place}`}
          aria-describedby={hint}
          onPointerDown={(event) => moves.press(clip.id, event)}
          className="absolute top-0 right-0 grid size-11 cursor-grab touch-none place-items-center rounded-card text-soft hover:bg-raised hover:text-ink active:cursor-grabbing"
        >
          <GripVerticalIcon className="size-5" aria-hidden="true" />
        </button>
      )}
    </li>
  )
}
