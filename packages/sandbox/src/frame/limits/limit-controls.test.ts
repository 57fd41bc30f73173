import { describe, expect, it } from "vitest"
import { type Limited, limitControls, limitSound } from "./limit-controls.ts"

/** What was said, shortly: `control asked > used`. */
const told = ({ clamped }: Limited) => clamped.map(({ control, asked, used }) => `${control} ${asked} > ${used}`)

/** A control with what is asked of it, and what superdough gets. */
const bounded: [control: string, asked: unknown, used: unknown][] = [
  ...([
    ["roomsize", 3600, 10],
    ["roomsize", 0, 0.01],
    ["roomsize", -1, 0.01],
    ["roomfade", 1e9, 10],
    ["roomlp", 1e9, 24_000],
    ["delaytime", 3600, 1],
    ["delayfeedback", 1, 0.98],
    ["delayfeedback", 1e9, 0.98],
    ["attack", 1e9, 60],
    ["release", 1e9, 60],
    ["lpattack", 1e9, 60],
    ["fmdecay3", 1e9, 60],
    ["sustain", -5, 0],
    ["unison", 10_000, 16],
    ["gain", 1e9, 10],
    ["gain", -1e9, -10],
    ["velocity", 1e9, 10],
    ["crush", 1e9, 32],
    ["shape", -1, 0],
    ["distort", 1e9, 20],
    ["resonance", 1e9, 50],
    ["stretch", 1e9, 16],
    ["note", 1e308, 150],
    ["freq", 1e308, 24_000],
    ["octave", 400, 10],
    ["penv", 1e9, 120],
    ["detune", 1e9, 120],
    ["cutoff", 1e300, 24_000],
    ["lpenv", 1e9, 20],
    ["fmi", 1e9, 1_000],
    ["fmi8", 1e9, 1_000],
    ["fmi21", 1e9, 1_000],
    ["fmh2", 1e9, 1_000],
    ["tremolo", 1e9, 1_000],
    ["phaserrate", 1e9, 1_000],
    ["speed", 1e9, 64],
    ["speed", -1e-9, -1 / 64],
    ["begin", -3, 0],
    ["end", 1e9, 1],
    ["nudge", 1e9, 1],
    ["duckattack", 1e9, 4],
    ["zdelay", 3600, 0.5],
    ["partials", 1e9, 256],
    ["pan", 1e308, 1e9],
  ] as [string, unknown, unknown][]),
]

describe("a control", () => {
  it.each(bounded)("%s of %s is played as %s, and that is said", (control, asked, used) => {
    const limited = limitControls({ [control]: asked })
    expect(limited.controls).toEqual({ [control]: used })
    expect(limited.clamped.at(-1)).toMatchObject({ control, used: String(used).slice(0, 24) })
  })

  it("within what it may be stays as it is, and nothing is said", () => {
    const usual = {
      ...{ s: "bd", n: 3, note: "c3", gain: 0.8, room: 2, roomsize: 8, delay: 0.5, delaytime: 0.25, cutoff: 800 },
      ...{ lpenv: 4, speed: -1, begin: 0.25, unison: 7, fmi: 4, fmh: 2, release: 4, vowel: "a", loop: true, pan: 0.5 },
      ...{ distort: "3:0.5", duckorbit: "2", lfo: { __ids: ["0"], 0: { control: "cutoff", rate: 2 } } },
    }
    const { distort: _, ...plain } = usual
    expect(limitControls(plain)).toEqual({ controls: plain, clamped: [] })
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, null, undefined, "loud", "", [1, 2], { a: 1 }, () => 1])(
    "that has to be a number is left as usual where it is %s",
    (asked) => {
      const limited = limitControls({ gain: asked, s: "bd" })
      expect(limited.controls).toEqual({ s: "bd" })
      expect(limited.clamped).toMatchObject([{ control: "gain", used: "as usual" }])
    },
  )

  it("may be a number that is written as a text", () => {
    expect(limitControls({ gain: "0.5", note: "60", roomsize: "1e9" }).controls).toEqual({
      ...{ gain: 0.5, note: 60, roomsize: 10 },
    })
  })
})

describe("what makes nodes for each event", () => {
  it("is no chain of hundreds of effects", () => {
    const chain = Array.from({ length: 256 }, () => ({ cutoff: 500, gain: 1e9, FX: [{ room: 1 }] }))
    const limited = limitControls({ FX: chain })
    expect(limited.controls.FX).toEqual(Array.from({ length: 8 }, () => ({ cutoff: 500, gain: 10 })))
    expect(told(limited)).toContain("FX 256 effects > 8")
    expect(told(limited)).toContain("gain 1000000000 > 10")
  })

  it("has one small room in its chain", () => {
    const limited = limitControls({ FX: [{ room: 1, roomsize: 9 }, { delay: 1 }, { room: 0.5 }] })
    expect(limited.controls.FX).toEqual([{ room: 1, roomsize: 2 }, { delay: 1 }, {}])
    expect(told(limited)).toEqual(["FX room 2 > 1", "FX roomsize 9 > 2"])
  })

  it("has a few modulators, each of which there is", () => {
    const all = Object.fromEntries(Array.from({ length: 30 }, (_, id) => [String(id), { rate: 1e9, curve: -1 }]))
    const limited = limitControls({ lfo: { __ids: Array.from({ length: 40 }, (_, id) => id + 20), ...all } })
    expect(limited.controls.lfo).toEqual({
      __ids: ["20", "21", "22", "23", "24", "25", "26", "27"],
      ...Object.fromEntries([20, 21, 22, 23, 24, 25, 26, 27].map((id) => [id, { rate: 1_000, curve: 0 }])),
    })
    expect(told(limited)[0]).toBe("lfo 10 of them > 8")
    expect(limitControls({ env: { __ids: {}, a: { attack: 1 } } }).controls).toEqual({ env: { __ids: [] } })
  })

  it("has a few operators of FM", () => {
    const names = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((from) => [0, 1, 2, 3].map((to) => `fmi${from}${to}`))
    const limited = limitControls(Object.fromEntries(names.map((name) => [name, 1])))
    expect(Object.keys(limited.controls)).toHaveLength(16)
    expect(limited.clamped).toHaveLength(16)
  })

  it("ducks a few orbits, for a while", () => {
    const limited = limitControls({ duckorbit: Array.from({ length: 200 }, (_, n) => n), duckattack: [1e9, 0.2] })
    expect(limited.controls).toEqual({ duckorbit: [0, 1, 2, 3, 4, 5, 6, 7], duckattack: [4, 0.2] })
  })

  it("computes no byte beat that is as long as a program", () => {
    const long = `${"sin(t)+".repeat(100)}t`
    expect(limitControls({ byteBeatExpression: long, gain: 1 }).controls).toEqual({ gain: 1 })
    expect(limitControls({ byteBeatExpression: "t*(t>>10^t)" }).clamped).toEqual([])
  })

  it("is no list of lists of lists", () => {
    const deep = (depth: number): unknown => (depth === 0 ? 1 : Array.from({ length: 100 }, () => deep(depth - 1)))
    const { controls } = limitControls({ a: deep(3), gain: 1 })
    expect(JSON.stringify(controls).length).toBeLessThan(2_000_000)
  })
})

describe("a sound", () => {
  it("of an oscillator has no more partials than it takes", () => {
    expect(limitSound({ s: "sawtooth", n: 1e9 }, 1)).toMatchObject({ controls: { n: 256 }, seconds: 1 })
    expect(limitSound({ s: "sawtooth", n: -1 }, 1)).toMatchObject({ controls: { n: 0 } })
    expect(limitSound({ s: "kit/bd", n: 1e9 }, 1)).toMatchObject({ controls: { n: 1e9 }, clamped: [] })
  })

  it("of ZzFX is no longer than can be computed before it is heard", () => {
    const limited = limitSound({ s: "z_sine", attack: 60, release: 60 }, 3_600)
    expect(limited).toMatchObject({ controls: { attack: 0.5, release: 0.5 }, seconds: 3 })
    expect(told(limited)).toContain("length 3600 s > 3 s")
    expect(limitSound({ s: "sine", attack: 60 }, 3_600)).toMatchObject({ seconds: 3_600, clamped: [] })
    const { controls } = limitControls({
      s: "zzfx",
      zzfx: [1e9, 0, 1e9, 1e9, 1e9, 1e9, 99, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1e9],
    })
    expect(controls.zzfx).toEqual(
      [10, 0, 24_000, 0.5, 3, 0.5, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, null, null, null].map(
        (value) => value ?? undefined,
      ),
    )
  })
})
