"use client"

import { useEffect, useEffectEvent } from "react"
import { api } from "#shared/api/trpc.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { isCovered, isTyping } from "#shared/keyboard/covered.ts"
import { pagePlayable } from "#shared/playback/page-playable.ts"
import { preparePlay, togglePlay } from "#shared/playback/use-play.ts"
import { loadPlayer } from "#shared/player/load-player.ts"
import { isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import type { Item } from "#shared/url-state/item-link.ts"
import { createPreview } from "./preview.ts"

/** What the space bar presses or moves itself. */
const pressable =
  "button, input, summary, [role=button], [role=checkbox], [role=slider], [role=option], [role=menuitem]"

const isPressable = (target: EventTarget | null) => target instanceof HTMLElement && target.closest(pressable) !== null

const clipMark = /^clip:([^/]+)\/(.+)$/

/** The clip that a card or row around an element is about. */
function clipAround(element: Element | null | undefined): Item | undefined {
  const mark = element?.closest<HTMLElement>("[data-clip]")?.dataset.clip
  const [, projectId, itemId] = clipMark.exec(mark ?? "") ?? []
  return projectId && itemId ? { itemType: "clip", projectId, itemId } : undefined
}

const loads = () => import("#shared/playback/load-playable.ts")

/** The player's keys and what of it the palette offers, on every page. */
export function usePlayerKeys(): void {
  const utils = api.useUtils()
  const on = usePlayer(isOn)
  const known = usePlayer(({ playable }) => playable !== undefined)

  async function loadItem(item: Item) {
    const { loadPlayable } = await loads()
    return loadPlayable(utils, item)
  }

  const stop = () => void loadPlayer().then((player) => player.stop())

  /** Stops what plays; else plays the clip that has the focus, what the page is about, or what played last. */
  function toggle(): boolean {
    if (isOn(usePlayer.getState())) {
      stop()
      return true
    }
    const item = clipAround(document.activeElement)
    if (item) {
      void togglePlay({ id: `clip:${item.projectId}/${item.itemId}`, name: item.itemId, load: () => loadItem(item) })
      return true
    }
    const page = pagePlayable()
    if (page) void togglePlay(page)
    else if (known) void loadPlayer().then((player) => player.resume())
    return page !== undefined || known
  }

  const group = "Player"
  useActions(
    [
      {
        id: "player-toggle",
        name: on ? "Stop playing" : "Play",
        group,
        keys: "Space",
        run: () => void toggle(),
      },
      { id: "player-stop", name: "Stop, also in the editor", group, keys: "mod+.", onlyKeys: true },
      { id: "player-preview", name: "Hold to hear the clip under the pointer", group, keys: "h", onlyKeys: true },
      ...(on
        ? [
            {
              id: "player-next",
              name: "Next section",
              group,
              keys: "]",
              run: () => void loadPlayer().then((player) => player.next()),
            },
            {
              id: "player-previous",
              name: "Section before",
              group,
              keys: "[",
              run: () => void loadPlayer().then((player) => player.previous()),
            },
          ]
        : []),
    ],
    "everywhere",
  )

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.repeat) return
    if ((event.metaKey || event.ctrlKey) && event.key === "." && isOn(usePlayer.getState())) {
      event.preventDefault()
      stop()
      return
    }
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
    if (event.key !== " " || isTyping(event.target) || isPressable(event.target) || isCovered(event.target)) return
    if (toggle()) event.preventDefault()
  })

  const load = useEffectEvent(loadItem)
  useEffect(() => {
    addEventListener("keydown", onKey)
    const preview = createPreview({
      clipAround,
      ignores: (target) => isTyping(target) || isCovered(target),
      prepare: (item) => void preparePlay({ load: () => load(item) }).catch(() => {}),
      async begin(item, isWanted) {
        const [player, playable] = await Promise.all([loadPlayer(), load(item)])
        if (playable && isWanted()) await player.preview(playable)
      },
      end: () => void loadPlayer().then((player) => player.endPreview()),
    })
    return () => {
      removeEventListener("keydown", onKey)
      preview.close()
    }
  }, [])
}
