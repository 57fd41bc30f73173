import type { PlayerState } from "#shared/player/player-state.ts"

/** Written code as it is heard, by its id: with line feeds alone, as its events are counted. */
export const heardCode = (
  { phase, playable }: Pick<PlayerState, "phase" | "playable">,
  id: string,
): string | undefined =>
  phase === "playing" && playable?.id === id ? playable.clips.find(({ key }) => key === id)?.code : undefined
