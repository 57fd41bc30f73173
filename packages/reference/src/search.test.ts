import { describe, expect, it } from "vitest"
import { distance, nearestNames } from "./nearest.ts"
import { entryNamed, searchReference } from "./search.ts"
import { functionsInsteadOf, isKnownSound, scalesInsteadOf, soundsInsteadOf, unknownNameOf } from "./unknown-name.ts"

const first = (query: string, limit = 5) => searchReference({ query, limit }).items.map(({ name }) => name)

describe("a search of the reference", () => {
  it.each([
    ["lpf", "lpf"],
    ["cutoff", "lpf"],
    [".jux(", "jux"],
    ["RolandTR909", "RolandTR909"],
    ["bd", "bd"],
    ["dorian", "dorian"],
    ["gm_marimba", "gm_marimba"],
  ])("finds %s by its name", (query, name) => {
    expect(first(query, 1)).toEqual([name])
    expect(searchReference({ query }).exact).toBe(true)
  })

  it.each([
    ["stutter", ["ply", "echo", "stut", "echoWith", "chop", "linger"]],
    ["sidechain", ["duckorbit"]],
    ["reverb", ["room"]],
    ["euclidean rhythm", ["euclid"]],
    ["make it darker", ["lpf"]],
    ["bitcrusher", ["crush"]],
    ["tempo", ["setcpm", "setcps", "cpm"]],
    ["song structure", ["arrange"]],
    ["swung groove", ["swing", "swingBy"]],
    ["chance of playing", ["degradeBy"]],
    ["choke open hihat", ["cut"]],
    ["voice leading", ["voicing"]],
    ["fm bell", ["fm"]],
    ["kick", ["bd", "sbd"]],
  ])("finds what %s asks for", (query, wanted) => {
    expect(wanted).toContain(first(query)[0])
  })

  it("names what is near where nothing is called so", () => {
    expect(searchReference({ query: "lfp" }).nearest).toContain("lpf")
    expect(searchReference({ query: "reverbb" })).toMatchObject({ exact: false })
    expect(searchReference({ query: "" }).nearest).toEqual([])
  })

  it("holds itself to a kind", () => {
    expect(searchReference({ query: "jazz", kind: "scale" }).items.every(({ kind }) => kind === "scale")).toBe(true)
    expect(searchReference({ query: "saw", kind: "sound" }).items[0]?.name).toBe("sawtooth")
  })

  it("looks at the first 200 characters and twelve words of a query alone", () => {
    const words = Array.from({ length: 12 }, (_, index) => `zzqx${index}`).join(" ")
    expect(first(`${words} sidechain`)).toEqual([])
    expect(first(`sidechain ${"zzqx".repeat(1_000_000)}`)).toContain("duckorbit")
    expect(first(`${" ".repeat(1000)}lpf`, 1)).toEqual(["lpf"])
  })

  it("does not take a name of Object for an entry", () => {
    expect(entryNamed("toString")).toBeUndefined()
    expect(entryNamed("__proto__")).toBeUndefined()
  })
})

describe("a nearest name", () => {
  it("counts signs that are put in, left out, changed and swapped", () => {
    expect([distance("lpf", "lpf"), distance("lfp", "lpf"), distance("fastt", "fast"), distance("", "abc")]).toEqual([
      0, 0.75, 1, 3,
    ])
  })

  it("answers nothing for what is near to nothing, however long it is", () => {
    expect(nearestNames("qqqqqqqq", ["lpf", "room"])).toEqual([])
    expect(nearestNames("x".repeat(1_000_000), ["lpf"])).toEqual([])
  })

  it.each([
    ["fastt", "fast"],
    ["lowpass", "lpf"],
    ["lowpas", "lpf"],
    ["LowPass", "lpf"],
    ["bitcrush", "crush"],
    ["lfp", "lpf"],
    ["sidechain", "duckorbit"],
    ["reverb", "room"],
    ["stutter", "ply"],
    ["everyy", "every"],
  ])("is found for the invented function %s", (name, meant) => {
    expect(functionsInsteadOf(name)).toContain(meant)
  })

  it("is found for sounds and scales", () => {
    expect(soundsInsteadOf("sawtoth")).toContain("sawtooth")
    expect(scalesInsteadOf("minr")).toContain("minor")
    expect([isKnownSound("BD"), isKnownSound("blorp")]).toEqual([true, false])
  })
})

it.each([
  ["wobble is not a function", "wobble"],
  ['s("bd").wobble is not a function', "wobble"],
  ["wobble is not defined", "wobble"],
  ["Unexpected token", null],
  ["not a function", null],
])("reads the unknown name of: %s", (message, name) => {
  expect(unknownNameOf(message)).toBe(name)
})
