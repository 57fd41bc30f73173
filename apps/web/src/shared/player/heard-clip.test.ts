import { expect, it } from "vitest"
import { visualCalls } from "#shared/editor/visual-calls.ts"
import { playableClip, playableOfClip, withClip } from "./playable.ts"
import { heardClip } from "./player-state.ts"

const id = "message:one:0:0"
const code = 's("bd*4")\r\n  ._pianoroll()\r\n  ._scope()'
const playable = playableOfClip(
  { ...playableClip({ projectId: "", id, name: "Kick", code, metadata: {} }), key: id, href: undefined },
  id,
)

it("has the places of what is drawn as they are in the code that plays, where lines end as on Windows", () => {
  const heard = heardClip({ phase: "playing", playable }, id)?.code
  expect(heard).toBe(playable.clips[0]?.code)
  expect(visualCalls(heard ?? "").map(({ kind, from }) => [kind, from])).toEqual([
    ["pianoroll", 's("bd*4")\n  .'.length],
    ["scope", 's("bd*4")\n  ._pianoroll()\n  .'.length],
  ])
})

it("is still told when another clip has joined it", () => {
  const other = playableClip({ projectId: "house", id: "hats", name: "Hats", code: 's("hh*8")', metadata: {} })
  expect(heardClip({ phase: "playing", playable: withClip(playable, other) }, id)).toBe(playable.clips[0])
})

it("is nothing before it is heard, and where something else is", () => {
  expect(heardClip({ phase: "starting", playable }, id)).toBeUndefined()
  expect(heardClip({ phase: "silent", playable }, id)).toBeUndefined()
  expect(heardClip({ phase: "playing", playable }, "message:two:0:0")).toBeUndefined()
  expect(heardClip({ phase: "playing", playable: undefined }, id)).toBeUndefined()
})
