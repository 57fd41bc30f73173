"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useRef, useState } from "react"
import type { PlayableClip } from "#shared/player/playable.ts"
import { Dialog } from "#shared/ui/dialog.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { SoundsOf } from "./sounds-panel.tsx"
import type { PlaySource } from "./use-play.ts"

/** The sounds of something that need not play: which it needs, where they come from, and which are missing. */
export function SoundsDialog({ source, onClose }: { source: PlaySource; onClose: () => void }) {
  const [clips, setClips] = useState<PlayableClip[]>()
  const [trouble, setTrouble] = useState<string>()
  const load = useRef(source.load)
  useEffect(() => {
    load.current().then(
      (playable) => setClips(playable?.clips ?? []),
      (error: unknown) => setTrouble(wordsOf(reasonOf(error) ?? "INTERNAL")),
    )
  }, [])
  return (
    <Dialog title={`Sounds of ${source.name}`} onClose={onClose}>
      {clips ? (
        <SoundsOf clips={clips} />
      ) : (
        <p className={`text-sm ${trouble ? "text-danger" : "text-soft"}`}>{trouble ?? "Looking what is needed…"}</p>
      )}
    </Dialog>
  )
}
