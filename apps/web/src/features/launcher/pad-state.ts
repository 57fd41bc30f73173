import type { PlayerState } from "#shared/player/player-state.ts"

/** What a pad shows: `starting` and `stopping` wait for the next cycle. */
export type PadState = "silent" | "starting" | "playing" | "stopping" | "failing"

type Part = Pick<PlayerState, "phase" | "playable" | "pending" | "stopped" | "problems">

/** What becomes of a clip in what plays. */
export function padStateOf({ phase, playable, pending, stopped, problems }: Part, key: string): PadState {
  const isIn = phase !== "silent" && (playable?.clips.some((clip) => clip.key === key) ?? false)
  if (pending?.leaving.has(key)) return "stopping"
  if (!isIn || stopped.has(key)) return problems.has(key) ? "failing" : "silent"
  return phase === "starting" || pending?.arriving.has(key) ? "starting" : "playing"
}
