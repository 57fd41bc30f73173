"use client"

import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import type { WrittenCode } from "#shared/playback/play-code.tsx"
import { usePlayer } from "#shared/player/use-player.ts"

const CodeVisuals = onDemand(async () => (await import("./code-visuals.tsx")).CodeVisuals)

/** What the code has drawn, below it, while it plays. */
export function PlayedVisuals({ written: { id, code } }: { written: WrittenCode }) {
  const plays = usePlayer(({ playable, phase }) => playable?.id === id && phase === "playing")
  // What plays already comes back when somebody scrolls by.
  const [didPlay] = useState(plays)
  return plays && code.includes("._") ? <CodeVisuals key={code} code={code} id={id} comesIntoSight={!didPlay} /> : null
}
