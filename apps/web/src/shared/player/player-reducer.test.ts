import type { Silence } from "@strudel-agent/sandbox/protocol"
import fc from "fast-check"
import { expect, it } from "vitest"
import type { Playable } from "./playable.ts"
import { type PlayerEvent, presentKeys, reduce } from "./player-reducer.ts"
import { initialState, type PlayerState } from "./player-state.ts"
import { clip, fault, single, song } from "./player-test-bench.ts"

const after = (...events: PlayerEvent[]): PlayerState => events.reduce(reduce, initialState)
const play = (change: number, playable: Playable, at: "now" | "cycle" = "now", from = 0): PlayerEvent => ({
  ...{ type: "play", change, playable, at, from },
})
const arrived = (change: number): PlayerEvent => ({ type: "arrived", change })
const section = (index: number, cps = 0.5): PlayerEvent => ({ type: "section", index, cps })
const silent = (change: number | null, because: Silence): PlayerEvent => ({ type: "silent", change, because })

it("takes no section for its own that belongs to what is replaced", () => {
  const heard = after(play(1, song, "now", 2), arrived(1), section(2))
  const pending = [play(2, single("kick"), "cycle"), section(1)].reduce(reduce, heard)
  expect(pending).toMatchObject({ section: 0, pending: { kind: "replace" } })
  expect([arrived(2), section(0, 0.7)].reduce(reduce, pending)).toMatchObject({
    section: 0,
    cps: 0.7,
    pending: undefined,
  })
})

it("takes an arrival for that of all changes before it, and of none after", () => {
  const code = (change: number): PlayerEvent => ({
    ...{ type: "evaluated", change, clip: clip("kick", `${change}`) },
    loaded: [{ key: "p/kick", cps: 0.5, cpsSet: false, problem: null, plays: true }],
  })
  const heard = after(play(1, single("kick")), arrived(1), code(2), code(3))
  expect(heard.pending?.change).toBe(3)
  expect(reduce(heard, arrived(2)).pending?.change).toBe(3)
  expect(reduce(heard, arrived(4)).pending).toBeUndefined()
  // It is heard before it is known to have been evaluated.
  expect([arrived(4), code(4)].reduce(reduce, heard).pending).toBeUndefined()
})

it("lets no stop silence what was asked for since", () => {
  const again = after(
    play(1, single("kick")),
    arrived(1),
    { type: "stop", change: 2, at: "now" },
    play(3, single("kick")),
  )
  expect(reduce(again, silent(2, "stopped")).phase).toBe("starting")
  expect(reduce(again, silent(3, "diagnostic"))).toMatchObject({ phase: "silent", silence: { because: "diagnostic" } })
  expect(reduce(again, silent(null, "frozen"))).toMatchObject({ phase: "silent", silence: { because: "frozen" } })
})

const change = fc.integer({ min: 1, max: 8 })
const at = fc.constantFrom("now" as const, "cycle" as const)
const both: Playable = { ...song, id: "stack", clips: [clip("a"), clip("c")] }
const playable = fc.constantFrom(song, both, single("a"), single("b"))
const key = fc.constantFrom("p/a", "p/b", "p/c", "p/d")
const loaded = fc.record({
  ...{ key, cps: fc.constant(0.5), cpsSet: fc.boolean(), plays: fc.boolean() },
  problem: fc.constantFrom(null, fault),
})
const because = fc.constantFrom<Silence>("stopped", "ended", "diagnostic", "frozen", "crashed", "refused", "blocked")
const anyEvent: fc.Arbitrary<PlayerEvent> = fc.oneof(
  fc.record({ type: fc.constant("play"), change, playable, at, from: fc.nat({ max: 5 }) }),
  fc.record({ type: fc.constant("rearrange"), change, playable }),
  fc.record({ type: fc.constant("stop"), change, at }),
  fc.record({
    ...{ type: fc.constant("evaluated"), change, loaded: fc.array(loaded, { maxLength: 3 }) },
    clip: fc.constantFrom(undefined, clip("a", "other"), clip("d")),
  }),
  fc.record({ type: fc.constant("edit"), playable }),
  fc.record({ type: fc.constant("arrived"), change }),
  fc.record({ type: fc.constant("section"), index: fc.nat({ max: 5 }), cps: fc.constantFrom(0.5, 1) }),
  fc.record({ type: fc.constant("silent"), change: fc.option(change), because }),
  fc.record({ type: fc.constant("diagnostic"), key, problem: fc.constant(fault) }),
  fc.record({ type: fc.constantFrom("mute", "solo"), key }),
  fc.record({ type: fc.constant("factor"), factor: fc.double({ min: 0, max: 99, noNaN: true }) }),
  fc.record({ type: fc.constant("volume"), volume: fc.double({ min: -1, max: 2, noNaN: true }) }),
)

/** What holds of every state, whatever happened. */
function check(state: PlayerState) {
  const { phase, playable, pending, section, stopped, problems, muted, soloed, silence, factor, volume } = state
  const keys = playable?.clips.map((each) => each.key) ?? []
  const sections = Math.max(1, playable?.plan.sections.length ?? 0)
  if (phase === "silent") expect([pending, section]).toEqual([undefined, 0])
  else expect([playable === undefined, silence]).toEqual([false, undefined])
  if (phase === "starting") expect(pending).toBeUndefined()
  expect(section).toBeLessThan(sections)
  expect(pending?.section ?? 0).toBeLessThan(sections)
  for (const each of pending?.arriving ?? []) {
    expect(keys).toContain(each)
    expect(pending?.leaving.has(each)).toBe(false)
  }
  if (pending?.kind !== "stop") for (const each of pending?.leaving ?? []) expect(keys).not.toContain(each)
  for (const each of [...muted, ...soloed]) expect(presentKeys(state)).toContain(each)
  for (const each of stopped) expect(problems.has(each)).toBe(true)
  expect(factor >= 0.25 && factor <= 4 && volume >= 0 && volume <= 1).toBe(true)
}

it("leaves a consistent state, whatever comes in whatever order", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let state = initialState
      for (const event of events) {
        const next = reduce(state, event)
        check(next)
        expect(next.arrived).toBeGreaterThanOrEqual(state.arrived)
        state = next
      }
      // A frame that is lost ends everything.
      expect(reduce(state, silent(null, "crashed")).phase).toBe("silent")
    }),
    { numRuns: 2000 },
  )
})
