import { expect, it } from "vitest"
import { similarShown } from "./similar-shown.ts"

type Sound = NonNullable<Parameters<typeof similarShown>[0]["sound"]>

const soundOf = (state: Sound["state"], audio: Sound["audio"] = null): Sound => ({ state, audio })
const items = [{ id: "twin" }]
const unmeasured = { measured: false, items: [] }

it("clips that sound like one stay, busy, while what was saved waits to be measured", () => {
  const busy = { kind: "items", items, busy: true }
  expect(similarShown({ found: { measured: true, items }, sound: soundOf("waiting"), former: items })).toEqual({
    ...busy,
    busy: false,
  })
  expect(similarShown({ found: unmeasured, sound: soundOf("waiting"), former: items })).toEqual(busy)
  expect(similarShown({ found: unmeasured, sound: undefined, former: items })).toEqual(busy)
  // The sound is read again before or after what is like it.
  expect(similarShown({ found: unmeasured, sound: soundOf("measured", { loudness: -12 }), former: items })).toEqual(
    busy,
  )
})

it("clips that sound like one are promised only where its sound waits to be measured", () => {
  const shown = (sound: Sound | null | undefined, former?: typeof items) =>
    similarShown({ found: unmeasured, sound, former }).kind
  expect(shown(soundOf("waiting"))).toBe("waiting")
  expect(shown(undefined)).toBe("loading")
  for (const state of ["off", "none", "failed"] as const) {
    expect([state, shown(soundOf(state))]).toEqual([state, "nothing"])
    expect([state, shown(soundOf(state), items)]).toEqual([state, "nothing"])
  }
  expect(shown(soundOf("measured", { loudness: null }), items)).toBe("nothing")
  expect(shown(null)).toBe("nothing")
})
