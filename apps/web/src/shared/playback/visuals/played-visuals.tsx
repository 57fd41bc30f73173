"use client"

import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import { heardClip } from "#shared/player/player-state.ts"
import { usePlayer } from "#shared/player/use-player.ts"

const CodeVisuals = onDemand(async () => (await import("./code-visuals.tsx")).CodeVisuals)

/** What written code has drawn, below it, while it plays. */
export function PlayedVisuals({ id }: { id: string }) {
  const code = usePlayer((state) => heardClip(state, id)?.code)
  // Code that plays already when it is mounted, as after scrolling back, moves nothing.
  const [beganHere, setBeganHere] = useState(code === undefined)
  if (code === undefined && !beganHere) setBeganHere(true)
  // Most code draws nothing: what draws is not loaded for it.
  return code?.includes("._") ? <CodeVisuals key={code} code={code} id={id} scrollsIntoView={beganHere} /> : null
}
