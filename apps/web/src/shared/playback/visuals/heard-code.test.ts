import { expect, it } from "vitest"
import { visualCalls } from "#shared/editor/visual-calls.ts"
import { playableClip, playableOfClip } from "#shared/player/playable.ts"
import { heardCode } from "./heard-code.ts"

const id = "message:one:0:0"
const code = 's("bd*4")\r\n  ._pianoroll()\r\n  ._scope()'
const playable = playableOfClip(
  { ...playableClip({ projectId: "", id, name: "Kick", code, metadata: {} }), key: id, href: undefined },
  id,
)

it("has the places of what is drawn as they are in the code that plays, where lines end as on Windows", () => {
  const heard = heardCode({ phase: "playing", playable }, id)
  expect(heard).toBe(playable.clips[0]?.code)
  expect(visualCalls(heard ?? "").map(({ kind, from }) => [kind, from])).toEqual([
    ["pianoroll", 's("bd*4")\n  .'.length],
    ["scope", 's("bd*4")\n  ._pianoroll()\n  .'.length],
  ])
})

it("is nothing before it is heard, and where something else is", () => {
  expect(heardCode({ phase: "starting", playable }, id)).toBeUndefined()
  expect(heardCode({ phase: "silent", playable }, id)).toBeUndefined()
  expect(heardCode({ phase: "playing", playable }, "message:two:0:0")).toBeUndefined()
  expect(heardCode({ phase: "playing", playable: undefined }, id)).toBeUndefined()
})
