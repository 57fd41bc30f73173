import type { Sound, Warning } from "@strudel-agent/strudel/result"
import { expect, it } from "vitest"
import { withNearestName } from "./unknown-name.ts"
import { warningsWithSounds } from "./unknown-sounds.ts"

const messageOf = (message: string) => withNearestName({ message }).message

it.each([
  ["lpff is not a function", "`lpff` is not a function here: did you mean `lpf`?"],
  ["lowpass is not a function", "`lowpass` is not a function here: did you mean `lpf`?"],
  ['s("bd").fastt is not a function', "`fastt` is not a function here: did you mean `fast`?"],
  ["stak is not defined", "`stak` is not defined here: did you mean `stack`?"],
  ["qqzzx is not a function", "`qqzzx` is not a function here"],
  ["Unexpected token", "Unexpected token"],
])("says what was probably meant by: %s", (message, words) => {
  expect(messageOf(message)).toBe(words)
  expect(messageOf(words)).toBe(words)
})

const sound = (s: string, rest: Partial<Sound> = {}): Sound => ({
  ...{ name: s, s, bank: null, kind: "sample", colour: 0, haps: 4, n: [], notes: [] },
  ...rest,
})
const warned = (sounds: Sound[], code: string, rest: { warnings?: Warning[]; samples?: [] } = {}) =>
  warningsWithSounds({ sounds, samples: [], warnings: [], ...rest }, code)

it("warns of a sound that is nearly called as one that is built in, where it stands", () => {
  const code = '// s("bdd")\nstack(\n  s("hh bdd*2"))'
  const place = { line: 3, column: 9 }
  const message = "`bdd` is not a built-in sound: did you mean `bd`?"
  expect(warned([sound("hh"), sound("bdd")], code)).toEqual([{ kind: "unknownSound", name: "bdd", message, place }])
})

it.each([
  ["kick", "bd"],
  ["snare", "sd"],
  ["hat", "hh"],
  ["clap", "cp"],
  ["marimba", "gm_marimba"],
  ["sawtoth", "sawtooth"],
])("knows what is meant by the sound %s", (name, meant) => {
  expect(warned([sound(name)], "")[0]?.message).toContain(`did you mean \`${meant}\``)
})

it("says nothing of a sound that a list on the network may have, that the code brings, or that a bank has", () => {
  for (const name of ["casio", "jazz", "superpiano", "tabla", "sax", "east"])
    expect(warned([sound(name)], "")).toEqual([])
  expect(warned([sound("bdd", { kind: "clip" }), sound("bdd", { bank: "mine" })], "")).toEqual([])
})

it("takes the place of what the engine warned of the same sound", () => {
  const engine: Warning = { kind: "unknownSound", message: "Is it another?", name: "sawtoth", place: null }
  const other: Warning = { kind: "cut", message: "Cut", name: null, place: null }
  expect(warned([sound("sawtoth")], "", { warnings: [engine, other] }).map(({ kind }) => kind)).toEqual([
    "cut",
    "unknownSound",
  ])
})

it("looks at each sign of the code once, whatever comments and quotes it opens", () => {
  const code = `/[${"/* ".repeat(80_000)}]/, "`
  expect(warned([sound("bdd")], code)).toHaveLength(1)
})
