import type { Sandbox } from "@strudel-agent/sandbox/host"
import type { SoundState } from "@strudel-agent/sandbox/protocol"
import { expect, it } from "vitest"
import { playableClip } from "./playable.ts"
import { readSounds } from "./sound-needs.ts"

const clip = (id: string, code: string) => playableClip({ projectId: "p", id, name: id, code, metadata: {} })
const stateOf = (name: string): SoundState => ({
  ...{ name, from: "synth", by: null, source: null, samples: 0, loading: false, why: null },
})

/** Each code is the name of its one sound; `forever` does not end, and takes the others along. */
const sandbox: Pick<Sandbox, "analyse" | "sounds"> = {
  async analyse({ sources, plan }) {
    const nowhere = { line: null, column: null }
    if (sources.some(({ code }) => code === "forever"))
      return { ok: false, error: { stage: "timeout", message: "It does not end", ...nowhere }, warnings: [] }
    const broken = sources.find(({ code }) => code === "broken")
    const blame = plan && broken ? { clip: broken.key } : {}
    if (broken)
      return { ok: false, error: { stage: "run", message: "It is broken", ...nowhere }, warnings: [], ...blame }
    return {
      ok: true,
      definitionsOnly: false,
      from: 0,
      cycles: 16,
      haps: [],
      cut: false,
      lanes: sources.map(({ key, code }) => ({ label: key, state: "playing", place: null, haps: 1, sounds: [code] })),
      sounds: sources.map(({ code }) => ({
        ...{ name: code, s: code, bank: null, kind: "synth", colour: 0, haps: 1, n: [], notes: [] },
      })),
      samples: [],
      tempo: { cps: 0.5, bpm: 120, beatsPerCycle: 4, set: false },
      warnings: [],
    }
  },
  sounds: async (names) => names.map(stateOf),
}

it("tells the sounds of clips beside one that does not end or play, and says what is wrong with that one", async () => {
  const clips = [clip("a", "sine"), clip("b", "forever"), clip("c", "broken"), clip("d", "saw")]
  const { needs, unknown } = await readSounds(sandbox, clips)
  expect(needs.map(({ state, clips: users }) => [state.name, users])).toEqual([
    ["saw", ["p/d"]],
    ["sine", ["p/a"]],
  ])
  expect([...unknown].map(([key, { message }]) => [key, message])).toEqual([
    ["p/b", "It does not end"],
    ["p/c", "It is broken"],
  ])
})

it("does not say of a lone clip without an end that it needs nothing", async () => {
  const { needs, unknown } = await readSounds(sandbox, [clip("b", "forever")])
  expect(needs).toEqual([])
  expect([...unknown.keys()]).toEqual(["p/b"])
})
