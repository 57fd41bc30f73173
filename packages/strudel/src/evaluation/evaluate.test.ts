import { beforeAll, describe, expect, it } from "vitest"
import type { StrudelEngine } from "../engine.ts"
import type { Played } from "../result.ts"
import { builtPackage, loadEngine } from "../testing/built-package.ts"
import type { EvaluateOptions } from "./evaluate-options.ts"

let engine: StrudelEngine

beforeAll(async () => {
  engine = await loadEngine(builtPackage())
})

async function play(code: string, options?: EvaluateOptions): Promise<Played> {
  const answer = await engine.evaluate(code, options)
  if (!answer.ok) throw new Error(`${answer.error.stage}: ${answer.error.message}`)
  return answer
}

describe("events", () => {
  it("carry their times as numbers and as exact fractions", async () => {
    const { haps } = await play('s("bd hh sd")', { cycles: 1 })
    expect(haps[1]).toMatchObject({ begin: 1 / 3, end: 2 / 3, whole: ["1/3", "2/3"], part: ["1/3", "2/3"] })
  })

  it("tell the part of a whole that reaches over the end of a cycle, once", async () => {
    const { haps } = await play('note("c").slow(2)', { cycles: 2 })
    expect(haps).toHaveLength(1)
    expect(haps[0]).toMatchObject({ begin: 0, end: 2, whole: ["0", "2"], part: ["0", "1"] })
  })

  it("tell where a clipped sound is let go", async () => {
    const { haps } = await play('note("c e").clip("<.5 2>")', { cycles: 1 })
    expect(haps.map(({ until }) => until)).toEqual([0.25, 0.75])
  })

  it("keep lists, nested values and numbers as they are", async () => {
    const { haps } = await play(
      `s("bd").duck("4:6").fmap(v => ({ ...v, f: Fraction(1, 3), deep: [[1, 'x']], no: 0/0 }))`,
    )
    expect(haps[0]?.value).toEqual({ s: "bd", duckorbit: [4, 6], f: 1, deep: [[1, "x"]], no: null })
  })

  it("keep what was a set as a list", async () => {
    const { haps } = await play('s("bd").lfo({ control: "lpf", rate: 2 })', { cycles: 1 })
    expect(haps[0]?.value).toMatchObject({ lfo: { __ids: [0] } })
  })

  it("point at the notation they come from", async () => {
    const code = '// 音\ns("bd hh")'
    const { haps } = await play(code, { cycles: 1 })
    expect(haps.map(({ locations: [first] }) => code.slice(...(first ?? [])))).toEqual(["bd", "hh"])
  })

  it.each([
    "s('bd hh')",
    "s(mini('bd hh'))",
    "const f = text => s(minify(text))\nf('bd')",
    "s(h('\"bd hh\"'))",
    "s('bd').euclid(3, 8)",
    "miniAllStrings()\ns('bd')",
  ])("point nowhere where notation is read while the code runs: %s", async (code) => {
    const { haps } = await play(`// a comment that is long enough\n${code}`, { cycles: 1 })
    expect(haps.length).toBeGreaterThan(0)
    expect(haps.flatMap(({ locations }) => locations)).toEqual([])
  })

  it("point at what is quoted for notation alone, beside texts that are not", async () => {
    const code = "// a comment that is long enough\nchord(\"<C^7 F^7>\").dict('lefthand').s('piano').voicing()"
    const { haps } = await play(code, { cycles: 2 })
    const told = haps.flatMap(({ locations }) => locations.map(([begin, end]) => code.slice(begin, end)))
    expect([...new Set(told)]).toEqual(["C^7", "F^7"])
  })

  it("begin at the cycle asked for", async () => {
    const { haps, from } = await play('s("<a b c d>")', { from: 2, cycles: 1 })
    expect(from).toBe(2)
    expect(haps).toMatchObject([{ begin: 2, value: { s: "c" } }])
  })

  it("are cut at the limit, and the answer says so", async () => {
    const answer = await play('s("hh*16")', { haps: 10, cycles: 1 })
    expect(answer.haps).toHaveLength(10)
    expect(answer.cut).toBe(true)
    expect(answer.warnings).toMatchObject([{ kind: "cut" }])
  })

  it("are the same again with the same seed, and others with another", async () => {
    const code = "n(seq(...Array.from({ length: 16 }, () => Math.floor(Math.random() * 100))))"
    const notes = async (seed: number) => (await play(code, { seed, cycles: 1 })).haps.map(({ value }) => value.n)
    expect(await notes(7)).toEqual(await notes(7))
    expect(await notes(7)).not.toEqual(await notes(8))
  })

  it("follow the tempo where they depend on it", async () => {
    const speed = async (code: string) => (await play(code)).haps[0]?.value.speed
    expect(await speed('setcps(1)\ns("bd").fit()')).toBe(1)
    expect(await speed('setcps(.25)\ns("bd").fit()')).toBe(0.25)
  })
})

describe("lanes", () => {
  it("have the state and the place of their labels", async () => {
    const { lanes, haps } = await play('$: s("bd*2")\n_$: s("cp")\n  drums: s("hh sd").gain(.5)\nx_: s("rim")', {
      cycles: 1,
    })
    expect(lanes).toEqual([
      { label: "$0", state: "playing", place: { line: 1, column: 1 }, haps: 2, sounds: ["bd"] },
      { label: "_$", state: "muted", place: { line: 2, column: 1 }, haps: 0, sounds: [] },
      { label: "drums", state: "playing", place: { line: 3, column: 3 }, haps: 2, sounds: ["hh", "sd"] },
      { label: "x_", state: "muted", place: { line: 4, column: 1 }, haps: 0, sounds: [] },
    ])
    expect(haps.map(({ lane }) => lane)).toEqual(["$0", "drums", "$0", "drums"])
  })

  it("are silenced by a solo lane", async () => {
    const { lanes, haps } = await play('$: s("bd")\nS$: s("hh")', { cycles: 1 })
    expect(lanes.map(({ label, state }) => [label, state])).toEqual([
      ["$0", "overruled"],
      ["S$1", "solo"],
    ])
    expect(haps.map(({ sound }) => sound)).toEqual(["hh"])
  })

  it("take part in what is done to all of them and to each", async () => {
    const { haps } = await play('$: s("bd")\n$: s("hh*2")\neach(x => x.fast(2))\nall(x => x.gain(.5))', { cycles: 1 })
    expect(haps).toHaveLength(6)
    expect(new Set(haps.map(({ lane, value }) => `${lane} ${value.gain}`))).toEqual(new Set(["$0 0.5", "$1 0.5"]))
  })
})

describe("sounds", () => {
  it("are listed with bank, numbers, pitches and origin", async () => {
    const code =
      "samples({ clay: ['a.wav'] })\nstack(s('bd:3 bd').bank('RolandTR909'), note('c3 60 <e4>').s('saw'), s('clay'))"
    const { sounds } = await play(code, { cycles: 1 })
    expect(sounds).toMatchObject([
      { name: "RolandTR909_bd", s: "bd", bank: "RolandTR909", kind: "sample", haps: 2, n: [3], notes: [] },
      { name: "saw", bank: null, kind: "synth", haps: 3, notes: [48, 60, 64] },
      { name: "clay", kind: "clip", haps: 1 },
    ])
  })

  it("fall back to the triangle, and have one colour everywhere", async () => {
    const first = await play('freq("440 220")')
    const second = await play('s("bd, triangle")')
    expect(first.sounds).toMatchObject([{ name: "triangle", notes: [57, 69] }])
    expect(second.sounds.find(({ name }) => name === "triangle")?.colour).toBe(first.sounds[0]?.colour)
  })

  it("come with the samples that are asked for, none of which is loaded", async () => {
    const { samples } = await play(`samples('github:tidalcycles/dirt-samples')
await samples('https://example.org/strudel.json', 'https://example.org/files/')
samples({ _base: 'https://example.org/', clay: ['a.wav'], bell: { c3: 'b.wav' } })
s("clay")`)
    expect(samples).toEqual([
      { source: "github:tidalcycles/dirt-samples", base: null, names: [] },
      { source: "https://example.org/strudel.json", base: "https://example.org/files/", names: [] },
      { source: null, base: "https://example.org/", names: ["clay", "bell"] },
    ])
  })
})

describe("tempo", () => {
  it.each([
    ["setcpm(140/4)", 4, { cps: 140 / 240, bpm: 140, set: true }],
    ["setcps(.5)\nsetcps(.75)", 3, { cps: 0.75, bpm: 135, set: true }],
    ["setcpm(slider(45, 30, 60))", 4, { cps: 0.75, bpm: 180, set: true }],
    ["", 4, { cps: 0.5, bpm: 120, set: false }],
  ])("of %j with %i beats", async (code, beatsPerCycle, tempo) => {
    expect((await play(`${code}\ns("bd")`, { beatsPerCycle })).tempo).toEqual({ beatsPerCycle, ...tempo })
  })

  it("that is no number is left out with a warning", async () => {
    const { tempo, warnings } = await play('setcpm("<120 140>")\ns("bd")')
    expect(tempo).toMatchObject({ cps: 0.5, set: false })
    expect(warnings).toMatchObject([{ kind: "tempo" }])
  })
})

describe("warnings", () => {
  it("tell what is drawn or left out, and where", async () => {
    const { warnings } = await play('$: note("c")\n  ._pianoroll()\n  .midi()\n$: s("bd").shape(.2)')
    expect(warnings).toMatchObject([
      { kind: "visual", name: "_pianoroll", place: { line: 2, column: 4 } },
      { kind: "ignored", name: "midi", place: { line: 3, column: 4 } },
      { kind: "deprecated", name: "shape", place: { line: 4, column: 12 } },
    ])
  })

  it.each([
    ["", "empty"],
    ["// just a thought", "empty"],
    ["setcps(1)", "silent"],
    ['s("~")', "silent"],
    ['"c e g"', "bareValues"],
    ['s("0 1")', "noSound"],
    ['s("sawtoth")', "unknownSound"],
    ["console.log('hello')\ns(\"bd\")", "log"],
  ])("of %j: %s", async (code, kind) => {
    expect((await play(code)).warnings.map((warning) => warning.kind)).toEqual([kind])
  })

  it("are not given for sounds that may exist", async () => {
    expect((await play('s("sawtooth, z_sine, gm_piano, bd, tablex")')).warnings).toEqual([])
  })
})

describe("definitions", () => {
  it.each([
    "const twice = (x) => x.fast(2)",
    "function twice(x) {\n  return x.fast(2)\n}",
    "register('twice', (pat) => pat.fast(2))",
    "class Box {}",
    "const x = 3\nsetcps(1)",
  ])("are all that %j has", async (code) => {
    expect(await play(code)).toMatchObject({ definitionsOnly: true, haps: [], warnings: [] })
  })

  it("do not hide that something plays", async () => {
    expect(await play('const x = s("bd")\nx')).toMatchObject({ definitionsOnly: false })
  })
})

describe("one clip after the other", () => {
  it("is told what the one before was told within the same second", async () => {
    const code = 'n("0 1").add(.2).gain(0/0)'
    const [first, second] = [await play(code), await play(code)]
    expect(first.warnings.map(({ kind }) => kind)).toContain("log")
    expect(second.warnings).toEqual(first.warnings)
  })

  it("finds none of the methods, names and settings of the one before", async () => {
    await play(
      "register('wobble', (pat) => pat.fast(2))\nPattern.prototype.fast = null\nglobalThis.mine = 1\nsetcps(2)\ns('bd')",
    )
    expect(await engine.evaluate('s("bd").wobble()')).toMatchObject({ error: { message: "wobble is not a function" } })
    expect(await engine.evaluate("mine")).toMatchObject({ error: { message: "mine is not defined" } })
    expect(await play('s("bd").fast(2)', { cycles: 1 })).toMatchObject({ haps: [{}, {}], tempo: { set: false } })
  })

  it("leaves the realm as it was", async () => {
    const random = Math.random
    const { log } = console
    const names = Object.keys(globalThis).length
    await Promise.all(
      ["globalThis.mine = 1\ns('bd')", "s('bd').nope()", "s('bd')"].map((code) => engine.evaluate(code)),
    )
    expect(Math.random).toBe(random)
    expect(console.log).toBe(log)
    expect(Object.keys(globalThis).length).toBe(names)
  })

  it("waits for the one before, however many are asked for at once", async () => {
    const wait = "await new Promise((done) => setTimeout(done, 20))\n"
    const answers = await Promise.all([play(`${wait}setcps(2)\ns("bd")`), play('s("hh")'), play(`${wait}s("cp")`)])
    expect(answers.map(({ tempo, sounds }) => [tempo.cps, sounds[0]?.name])).toEqual([
      [2, "bd"],
      [0.5, "hh"],
      [0.5, "cp"],
    ])
  })
})
