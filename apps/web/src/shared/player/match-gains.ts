import { gainOf } from "./loudness-match.ts"
import { isStack } from "./playable.ts"
import type { PlayerState } from "./player-state.ts"

/** What each clip of what is heard is multiplied by: in a song, whose parts are balanced with each other, by 1. */
export function gainsIn({ matched, playable, outgoing }: PlayerState): ReadonlyMap<string, number> {
  const gains = new Map<string, number>()
  for (const each of [playable, outgoing]) {
    const isMatched = matched && each !== undefined && isStack(each)
    for (const { key, level } of each?.clips ?? []) gains.set(key, isMatched ? gainOf(level) : 1)
  }
  return gains
}
