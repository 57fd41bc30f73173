"use client"

import type { Extension } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import { useEffect, useEffectEvent, useRef, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { useActions } from "#shared/keyboard/actions.ts"
import { usePagePlayable } from "#shared/playback/page-playable.ts"
import { type PlaySource, preparePlay } from "#shared/playback/use-play.ts"
import { loadPlayer, warmPlayer } from "#shared/player/load-player.ts"
import type { Level } from "#shared/player/loudness-match.ts"
import { heardClip, isOn } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"
import { itemKey } from "#shared/url-state/item-link.ts"
import type { Content } from "../editing/clip-editing.ts"
import type { Finding } from "../editing/findings.ts"

const none: Extension = []

/** Runs something when the browser has time, at the latest after two seconds; answers how not to. */
function whenIdle(run: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(run, 500)
    return () => clearTimeout(timer)
  }
  const asked = requestIdleCallback(run, { timeout: 2000 })
  return () => cancelIdleCallback(asked)
}

/** Plays a clip as it is typed: what its page's button and editor need for that. */
export function useClipPlayer({
  projectId,
  id,
  content,
  level,
}: {
  projectId: string
  id: string
  content: Content
  level: Level | null
}) {
  const [view, setView] = useState<EditorView>()
  const [extensions, setExtensions] = useState(none)
  const [findings, setFindings] = useState<Finding[]>()
  const latest = useRef({ ...content, level })
  // What is typed is measured once it is saved.
  latest.current = { ...content, level: level ?? latest.current.level }
  const key = `${projectId}/${id}`
  const plays = usePlayer((state) => heardClip(state, key) !== undefined)

  const sourceId = itemKey({ itemType: "clip", projectId, itemId: id })
  const source = {
    id: sourceId,
    name: content.name,
    quiet: true,
    async load() {
      const { playableClip, playableOfClip } = await loadWithRetry(() => import("#shared/player/playable.ts"))
      return playableOfClip(playableClip({ projectId, id, ...latest.current }), sourceId)
    },
  } satisfies PlaySource
  usePagePlayable(source)

  const runEvaluate = async () => {
    const [player, playable] = await Promise.all([loadPlayer(), source.load()])
    const [clip] = playable.clips
    if (plays && clip) await player.update(clip)
    else await player.play(playable, { quiet: true })
  }
  useActions([
    {
      id: "clip-evaluate",
      name: "Play what is typed",
      group: "Clip",
      keys: "mod+Enter",
      run: () => void runEvaluate(),
    },
    { id: "clip-problem", name: "The next problem in the code", group: "Clip", keys: "F8", onlyKeys: true },
  ])

  // Listened for before the editor does, and before what makes it play is loaded: else the key begins a new line.
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return
    if (!(event.target instanceof Element) || !event.target.closest("[data-editor]")) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat) void runEvaluate()
  })
  useEffect(() => {
    addEventListener("keydown", onKey, { capture: true })
    return () => removeEventListener("keydown", onKey, { capture: true })
  }, [])

  const takeFindings = useEffectEvent((next: Finding[]) => {
    setFindings(next)
    const isPlayable = next.every(({ severity }) => severity !== "error")
    // What is heard has the machine for itself.
    if (isPlayable && !isOn(usePlayer.getState())) void preparePlay(source).catch(() => {})
  })
  useEffect(() => {
    if (!view) return
    let left = false
    const cancel = whenIdle(() => {
      void loadWithRetry(() => import("./editor-player.ts")).then(({ editorPlayer }) => {
        if (left) return
        warmPlayer()
        setExtensions(editorPlayer({ key, onFindings: takeFindings }))
      })
    })
    return () => {
      left = true
      cancel()
    }
  }, [view, key])

  // Asked for before the editor is there, it is done when it is.
  const [wanted, setWanted] = useState<Finding>()
  useEffect(() => {
    if (!view || !wanted) return
    const { line, column } = wanted
    if (line !== null) {
      void loadWithRetry(() => import("#shared/editor/go-to.ts")).then(({ goTo }) => goTo(view, { line, column }))
    }
    setWanted(undefined)
  }, [view, wanted])

  return {
    source,
    extensions,
    /** What is wrong with the code as it is typed; undefined until it was looked at. */
    findings,
    onReady: setView,
    /** Brings the cursor to the place of a finding, and that into sight. */
    goTo: setWanted,
    /** Gives what plays the code that was just stored. */
    async update(): Promise<void> {
      if (plays) await runEvaluate()
    },
  }
}
