import { describe, expect, it } from "vitest"
import { beatsOfSong, beatsPerCycle, bpmOfCode, cpsOfTempo, readTempo, setsTempo } from "./tempo-metadata.ts"

const bpmOf = (metadata: Record<string, unknown>, cps: number) =>
  Number((cps * 60 * beatsPerCycle([readTempo(metadata)], cps)).toFixed(3))

describe("the beats of a cycle", () => {
  it.each([
    // setcps(138/60), setcpm(138/4), setcpm(138/2), setcps(0.57)
    [{ bpm: 138 }, 138 / 60, 138],
    [{ bpm: 138 }, 138 / 240, 138],
    [{ bpm: 138 }, 138 / 120, 138],
    [{ bpm: 180 }, 1, 180],
    [{ bpm: 90 }, 90 / 180, 90],
    [{ bpm: 60 }, 2, 60],
    [{ bpm: 92 }, 23 / 60, 92],
    [{ bpm: 137 }, 0.57, 136.8],
    // A bpm that was not changed with the code: what is heard counts.
    [{ bpm: 138 }, 0.5, 120],
    [{ bpm: 138, beats_per_cycle: 3 }, 0.5, 90],
    [{ beats_per_cycle: 1 }, 0.5, 30],
    [{ beats_per_cycle: "3" }, 0.5, 120],
    [{ beats_per_cycle: 0 }, 0.5, 120],
    [{ beats_per_cycle: 1e9 }, 0.5, 120],
    // Nothing tells it: never 552.
    [{}, 138 / 60, 138],
    [{}, 174 / 120, 174],
    [{}, 0.5, 120],
    [{}, 0.05, 12],
  ])("with %j at %f cycles a second make %f bpm", (metadata, cps, bpm) => {
    expect(bpmOf(metadata, cps)).toBe(bpm)
  })

  it("are those of the first that tells them", () => {
    expect(beatsPerCycle([{}, { bpm: 100 }, { bpm: 138 }], 138 / 60)).toBe(1)
    expect(beatsPerCycle([{ bpm: 90 }, { bpm: 120 }], 0.5)).toBe(3)
  })
})

it.each([
  // A song at half the tempo of its clips, at that of clips that tell no bpm, and at another than theirs.
  [{ bpm: 60 }, [{ bpm: 120 }], 0.5, 4],
  [{ bpm: 60 }, [{}], 0.5, 4],
  [{ bpm: 138 }, [{}], 138 / 60, 1],
  [{ bpm: 90 }, [{}], 1.5, 1],
  [{ bpm: 120 }, [{ bpm: 138 }], 138 / 60, 1],
  [{ bpm: 120, beats: 3 }, [{ bpm: 120 }], 0.5, 3],
  [{ bpm: 120 }, [{ beats: 3 }], null, 3],
  [{ bpm: 120 }, [], null, 4],
])("a song of %j with clips of %j at %d cycles a second has %d beats in a cycle", (song, clips, cps, beats) => {
  expect(beatsOfSong(song, clips, cps)).toBe(beats)
})

it("a told tempo is played with the beats of a cycle that are set by hand", () => {
  expect(cpsOfTempo({ bpm: 120 })).toBe(0.5)
  expect(cpsOfTempo({ bpm: 120, beats: 1 })).toBe(2)
  expect(cpsOfTempo({ beats: 1 })).toBeNull()
  // The fastest that the form takes is played.
  expect(cpsOfTempo({ bpm: 10_000, beats: 0.25 })).toBeCloseTo(667, 0)
  expect(cpsOfTempo({ bpm: 1e9 })).toBeNull()
})

it.each([
  ["setcps(138/60)", true],
  ["setCpm(30)", true],
  ['s("bd").cpm(30)', true],
  ["/* tempo: */ setcps(1)", true],
  ['samples("https://a.example/b"); setcps(1)', true],
  ["// setcps(1)\ns('bd')", false],
  ["/*\nsetcpm(30)\n*/ s('bd')", false],
  ["resetcpm(1)", false],
])("%j sets a tempo: %s", (code, sets) => {
  expect(setsTempo(code)).toBe(sets)
})

it("a clip whose code sets its tempo plays at that", () => {
  const code = "setcps(138/60)\ns('bd')"
  expect(bpmOfCode({ code, metadata: { bpm: 138 }, cps: 138 / 60 })).toBe(138)
  expect(bpmOfCode({ code, metadata: {}, cps: 138 / 60 })).toBe(138)
  expect(bpmOfCode({ code, metadata: {}, cps: null })).toBeUndefined()
  expect(bpmOfCode({ code: "s('bd')", metadata: { bpm: 138 }, cps: 0.5 })).toBeUndefined()
})
