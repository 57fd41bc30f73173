import { expect, it } from "vitest"
import { playableClip, playableOfClip } from "#shared/player/playable.ts"
import { initialState, type PendingChange } from "#shared/player/player-state.ts"
import { padStateOf } from "./pad-state.ts"

const clip = playableClip({ projectId: "p", id: "kick", name: "Kick", code: "", metadata: {} })
const problem = { stage: "run", message: "It is broken", line: null, column: null } as const
const rest = initialState
const playing = { ...rest, phase: "playing" as const, playable: playableOfClip(clip, "clip:p/kick") }
const one = new Set([clip.key])
const none = new Set<string>()
const pending: PendingChange = { change: 2, kind: "update", section: undefined, arriving: none, leaving: none }

it("tells what is heard, what waits for its cycle, and what does not play", () => {
  const stateOf = (part: Partial<typeof playing>) => padStateOf({ ...playing, ...part }, clip.key)
  expect(stateOf({})).toBe("playing")
  expect(stateOf({ pending: { ...pending, arriving: one } })).toBe("starting")
  expect(stateOf({ pending: { ...pending, leaving: one } })).toBe("stopping")
  expect(padStateOf(rest, clip.key)).toBe("silent")
  const problems = new Map([[clip.key, problem]])
  expect(stateOf({ problems, stopped: one })).toBe("failing")
  expect(padStateOf({ ...rest, problems }, clip.key)).toBe("failing")
  // What played before its code failed plays on.
  expect(stateOf({ problems })).toBe("playing")
})
