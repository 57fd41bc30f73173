import { expect, it } from "vitest"
import { playableClip, playableOfClip } from "#shared/player/playable.ts"
import { initialState } from "#shared/player/player-state.ts"
import { padStateOf } from "./pad-state.ts"

const clip = playableClip({ projectId: "p", id: "kick", name: "Kick", code: "", metadata: {} })
const problem = { stage: "run", message: "It is broken", line: null, column: null } as const
const rest = initialState({ volume: 1, network: false })
const playing = { ...rest, phase: "playing" as const, playable: playableOfClip(clip, "clip:p/kick") }
const one = new Set([clip.key])

it("tells what is heard, what waits for its cycle, and what does not play", () => {
  const stateOf = (part: Partial<typeof playing>) => padStateOf({ ...playing, ...part }, clip.key)
  expect(stateOf({})).toBe("playing")
  expect(stateOf({ arriving: one })).toBe("starting")
  expect(stateOf({ leaving: one })).toBe("stopping")
  expect(padStateOf(rest, clip.key)).toBe("silent")
  const problems = new Map([[clip.key, problem]])
  expect(stateOf({ problems, stopped: one })).toBe("failing")
  expect(padStateOf({ ...rest, problems }, clip.key)).toBe("failing")
  // What played before its code failed plays on.
  expect(stateOf({ problems })).toBe("playing")
})
