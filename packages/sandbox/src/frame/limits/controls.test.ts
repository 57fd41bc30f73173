import { describe, expect, it } from "vitest"
import { cleanControls, isByteBeat } from "./controls.ts"

describe("what reaches the synthesiser", () => {
  it("is plain values of bounded size", () => {
    const clean = cleanControls({
      s: "bd",
      gain: 0.5,
      nothing: Number.NaN,
      run: () => 1,
      map: new Map(),
      partials: [1, 0.5, "x"],
      lfo: { __ids: ["a"], a: { rate: 2, f: () => 1 } },
      long: "x".repeat(10_000),
    })
    expect(clean).toEqual({
      s: "bd",
      gain: 0.5,
      map: {},
      partials: [1, 0.5, "x"],
      lfo: { __ids: ["a"], a: { rate: 2, f: undefined } },
      long: "x".repeat(4_000),
    })
  })

  it("is never code", () => {
    const all = { source: "x", workletSrc: "while(true){}", analyze: 1, channels: [99], byteBeatExpression: "self" }
    expect(cleanControls(all)).toEqual({})
    const polluting: Record<string, unknown> = JSON.parse('{"__proto__":{"s":"x"},"FX":[{"workletSrc":"x","gain":1}]}')
    expect(cleanControls(polluting)).toEqual({ FX: [{ gain: 1 }] })
  })
})

describe("a byte beat", () => {
  it.each(["t*(t>>10^t)", "(sin(t*PI/128)*127+127)", "t%255 >= t/255%255 ? t : 3", "t & t >> 8"])(
    "may be %s",
    (text) => {
      expect(isByteBeat(text)).toBe(true)
    },
  )

  it.each([
    "globalThis",
    "t=1",
    "(()=>{while(1){}})()",
    "constructor",
    "t['x']",
    "`x`",
    "t;while(1){}",
    "t++",
    "Function",
    "t // x",
    "\\u0041",
    7,
  ])("may not be %s", (text) => {
    expect(isByteBeat(text)).toBe(false)
  })
})
