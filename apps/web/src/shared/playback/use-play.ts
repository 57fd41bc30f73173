"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { loadPlayer, warmPlayer } from "#shared/player/load-player.ts"
import type { Playable } from "#shared/player/playable.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { type Item, itemKey } from "#shared/url-state/item-link.ts"
import { wordsOf } from "#shared/words/reasons.ts"

/** Milliseconds after which a press that has not been heard is said to be at work. */
const timeout = 200

/** What gives a button something to play: `load` reads it. */
export interface PlaySource {
  id: string
  name: string
  /** Whether the page shows itself why it does not play. */
  quiet?: boolean
  /** Whether what played before goes on once it is stopped. */
  inPassing?: boolean
  /** Whether it is still to be played once it is loaded. */
  isWanted?: () => boolean
  load: () => Promise<Playable | undefined>
}

/** Plays or stops one thing. What cannot be loaded is told by its reason. */
export async function togglePlay(source: PlaySource): Promise<void> {
  const { id, name, quiet = false, inPassing = false, isWanted = () => true, load } = source
  const now = usePlayer.getState()
  const player = await loadPlayer()
  if (now.playable?.id === id && isOn(now)) return inPassing ? player.endPreview() : player.stop()
  player.warm()
  try {
    const playable = await load()
    if (!isWanted()) return
    if (playable) await (inPassing ? player.preview(playable) : player.play(playable, { quiet }))
    else toastError(`${name} has nothing to play.`)
  } catch (error) {
    toastError(`${name} does not play. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
  }
}

/** Milliseconds for which a button is pointed at until what it plays is run: a pointer passes many a button. */
const dwell = 70

/** Makes ready what is likely to be played next: the player and its data at once, its code unless that is called off. */
export async function preparePlay({ load }: Pick<PlaySource, "load">, isWanted = () => true): Promise<void> {
  warmPlayer()
  const [player, playable] = await Promise.all([loadPlayer(), load()])
  if (playable && isWanted()) await player.prepare(playable)
}

/** The state of a play button, and what it does when it is near, and pressed. */
export function usePlay(source: PlaySource) {
  const phase = usePlayer(({ playable, phase }) => (playable?.id === source.id ? phase : "silent"))
  const [slow, setSlow] = useState(false)
  const pressed = useRef(false)
  const near = useRef(false)
  return {
    phase,
    busy: slow || phase === "starting",
    prepare() {
      near.current = true
      source.load().catch(() => {})
      warmPlayer()
      setTimeout(() => {
        if (near.current) void preparePlay(source, () => near.current).catch(() => {})
      }, dwell)
    },
    leave() {
      near.current = false
    },
    async press() {
      if (pressed.current) return
      pressed.current = true
      const timer = setTimeout(() => setSlow(true), timeout)
      await togglePlay(source).finally(() => {
        clearTimeout(timer)
        pressed.current = false
        setSlow(false)
      })
    },
  }
}

/** Something of the library as a button plays it. */
export function usePlaySource(item: Item, name: string): PlaySource {
  const utils = api.useUtils()
  return {
    id: itemKey(item),
    name,
    load: async () => (await import("./load-playable.ts")).loadPlayable(utils, item),
  }
}
