"use client"

import { useState } from "react"
import { onDemand } from "#shared/api/on-demand.tsx"
import type { WrittenCode } from "#shared/playback/play-code.tsx"
import { usePlayer } from "#shared/player/use-player.ts"
import { heardCode } from "./heard-code.ts"

const CodeVisuals = onDemand(async () => (await import("./code-visuals.tsx")).CodeVisuals)

/** What the code has drawn, below it, while it plays. */
export function PlayedVisuals({ written: { id } }: { written: WrittenCode }) {
  const code = usePlayer((state) => heardCode(state, id))
  // What plays already when it is drawn is not what somebody looks for.
  const [wasSilent, setWasSilent] = useState(code === undefined)
  if (code === undefined && !wasSilent) setWasSilent(true)
  return code?.includes("._") ? <CodeVisuals key={code} code={code} id={id} comesIntoSight={wasSilent} /> : null
}
