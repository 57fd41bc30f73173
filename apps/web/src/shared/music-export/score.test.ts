import type { Analysed } from "@strudel-agent/sandbox/host"
import type { Hap } from "@strudel-agent/strudel/result"
import { expect, it } from "vitest"
import { type Playable, playableClip, playableOfClip } from "#shared/player/playable.ts"
import type { Player } from "#shared/player/player.ts"
import { scoreOf } from "./score.ts"
import { songCodeOf } from "./song-code.ts"

/** The most haps of an answer here, and the haps of a cycle. */
const most = 20
const each = 8

function hapsBetween(from: number, until: number): Hap[] {
  const begins = Array.from({ length: (until - from) * each }, (_, index) => from + index / each)
  return begins.map((begin) => ({
    ...{ begin, end: begin + 1 / each, until: begin + 1 / each, whole: ["0", "1"], part: ["0", "1"], value: {} },
    ...{ lane: null, sound: "sine", note: 60, locations: [] },
  }))
}

const asked: { from: number; cycles: number }[] = []

/** Answers no more than it may, as the engine does. */
const analyse: Player["analyse"] = async ({ plan, from = 0, cycles = 4 }): Promise<Analysed> => {
  asked.push({ from, cycles })
  const haps = hapsBetween(from, from + cycles)
  return {
    ...{ ok: true, definitionsOnly: false, from, cycles, haps: haps.slice(0, most), cut: haps.length > most },
    ...{ lanes: [], sounds: [], samples: [], warnings: [] },
    tempo: { cps: plan?.sections[0]?.cps ?? 0.75, bpm: 180, beatsPerCycle: 4, set: true },
  }
}

const clip = (id: string) => playableClip({ projectId: "p", id, name: id, code: `s("${id}")`, metadata: {} })
const song: Playable = {
  ...playableOfClip(clip("a"), "song:p/s"),
  plan: {
    sections: [
      { id: "s#0", cycles: 6.5, cps: 0.5, clips: [{ key: "p/a", tempo: "match" }] },
      { id: "s#1", cycles: 2, cps: null, clips: [{ key: "p/a", tempo: "match" }] },
    ],
    loop: false,
    align: "section",
  },
  sectionNames: ["Long", "Short"],
}

it("loses nothing of a section that plays more than one answer holds", async () => {
  const { haps, tempos, cycles } = await scoreOf(song, 8, analyse)
  expect(asked.slice(0, 3)).toEqual([
    { from: 0, cycles: 7 },
    { from: 0, cycles: 4 },
    { from: 0, cycles: 2 },
  ])
  expect(cycles).toBe(8)
  expect(haps.map(({ begin }) => begin)).toEqual(Array.from({ length: 8 * each }, (_, index) => index / each))
  expect(tempos).toEqual([
    { cycle: 0, cps: 0.5 },
    { cycle: 6.5, cps: 0.75 },
  ])
})

it("writes a song as code at the tempos that its sections have", async () => {
  expect(await songCodeOf(song, analyse)).toBe(`// a
setcpm(30)

// a
const clipA = s("a")

arrange(
  [6.5, clipA], // Long
  [4 / 3, clipA.fast(1.5)], // Short
)
`)
})
