import { beforeAll, describe, expect, it } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import type { Answer } from "../result.ts"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import { clipFixtures, sampleClips } from "../testing/fixtures.ts"
import { codeOfSong } from "./song-code.ts"

let engine: StrudelEngine

beforeAll(async () => {
  engine = await loadEngine(builtPackage())
})

const kick = { id: "kick", name: "The kick", code: 'setcpm(30)\ns("bd*4")' }
const lead = { id: "lead", name: "The lead", code: '$: note("c3 e3")\n  .s("saw") // up\n_$: s("cp")\n$: s("hh*2")\n' }
const tools = { id: "tools-2", name: "Tools", code: "const times = 2\nregister('twice', (pat) => pat.fast(times))" }

const heard = (answer: Answer) =>
  answer.ok
    ? answer.haps.map(({ begin, end, value }) => JSON.stringify([begin, end, value])).sort()
    : [`${answer.error.message}`]

describe("a song as one piece of code", () => {
  it("is written as one would write it", () => {
    const sections = [
      { name: "Door", cycles: 2, cps: 0.5, clips: ["kick"] },
      { name: "Floor", cycles: 8, cps: 0.75, clips: ["kick", "lead", "tools-2"] },
    ]
    expect(codeOfSong({ name: "Night\nshift", clips: [tools, kick, lead], sections })).toBe(`// Night shift
setcpm(30)

// Tools
const clipTools2 = await (async () => {
const times = 2
register('twice', (pat) => pat.fast(times))
return silence
})()

// The kick
const clipKick = s("bd*4")

// The lead
const clipLead = stack(
note("c3 e3")
  .s("saw"), // up
s("hh*2"),
)

arrange(
  [2, clipKick], // Door
  [16 / 3, stack(clipKick, clipLead, clipTools2).fast(1.5)], // Floor
)
`)
  })

  it("plays what the song plays, section after section", async () => {
    const sections = [
      { name: "One", cycles: 1, cps: 0.5, clips: ["kick"] },
      { name: "Two", cycles: 2, cps: 0.5, clips: ["kick", "lead"] },
    ]
    const clips = [kick, lead].map((clip) => ({ ...clip, follows: true }))
    const song = await engine.evaluateSong({ order: "stack", clips, sections, cps: 0.5 }, { cycles: 3 })
    const code = await engine.evaluate(codeOfSong({ name: "Song", clips: [kick, lead], sections }), { cycles: 3 })
    expect(heard(code)).toEqual(heard(song))
    expect(heard(code).length).toBeGreaterThan(15)
  })

  it("says which clip cannot be a part of it", () => {
    const write = (code: string) => () =>
      codeOfSong({ name: "", clips: [{ ...kick, code }], sections: [{ name: "", cycles: 1, cps: 1, clips: ["kick"] }] })
    expect(write('s("bd"')).toThrow(/^The kick: Unexpected token/)
    expect(write("if (true) { $: s('bd') }")).toThrow("The kick: It gives a label within other code")
  })
})

/** Its `cpm` counts from the tempo that is set when it runs, which is the song's. */
const apart = new Set(["tempo-setcpm"])

it.each([...clipFixtures(), ...sampleClips()].filter(({ name }) => !apart.has(name)))(
  "$name plays the same within a song's code",
  async ({ name, code }) => {
    const clip = { id: "clip", name, code }
    const sections = [{ name: "", cycles: 4, cps: 0.5, clips: ["clip"] }]
    const alone = await engine.evaluateSong({ order: "stack", clips: [{ ...clip, follows: true }], cps: 0.5 })
    const written = codeOfSong({ name, clips: [clip], sections })
    expect(heard(await engine.evaluate(written)), written).toEqual(heard(alone))
  },
)
