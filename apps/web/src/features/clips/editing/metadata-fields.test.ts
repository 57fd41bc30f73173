import { expect, it } from "vitest"
import { checkFields, oddValues, readFields, writeFields } from "./metadata-fields.ts"

const metadata = { bpm: 124, tags: ["drums"], scale: "C minor", mood: { dark: true }, source: "tape", color: "#fff" }

it("writes back what was not touched as it is, whatever kind it is of", () => {
  const odd = { ...metadata, bpm: "fast", tags: "not a list", color: "red", author: null }
  expect(writeFields(odd, readFields(odd))).toEqual(odd)
  expect(oddValues(odd)).toEqual({ bpm: '"fast"', tags: '"not a list"', author: "null" })
  expect(oddValues({ tags: [], scale: "" })).toEqual({})
})

it("changes, adds and takes out what was filled in, and keeps keys that it does not know", () => {
  const fields = { ...readFields(metadata), bpm: " 90.5 ", scale: "", author: "mira", tags: ["drums", "slow"] }
  expect(writeFields(metadata, fields)).toEqual({
    bpm: 90.5,
    tags: ["drums", "slow"],
    mood: { dark: true },
    source: "tape",
    color: "#fff",
    author: "mira",
  })
})

it.each([
  [{ bpm: "fast" }, ["bpm"]],
  [{ bpm: "0" }, ["bpm"]],
  [{ bpm: "10001" }, ["bpm"]],
  [{ bpm: "Infinity" }, ["bpm"]],
  [{ bpm: "128" }, []],
  [{ bpm: "" }, []],
  [{ color: "red" }, ["color"]],
  [{ color: "#12345" }, ["color"]],
  [{ color: "#ABCDEF" }, []],
  [{ tags: ["x".repeat(101)] }, ["tags"]],
  [{ scale: "x".repeat(201) }, ["scale"]],
])("checks %j", (change, wrong) => {
  const stored = readFields(metadata)
  expect(Object.keys(checkFields({ ...stored, ...change }, stored))).toEqual(wrong)
})

it("does not complain of what is stored already", () => {
  const stored = readFields({ color: "red", bpm: -1 })
  expect(checkFields({ ...stored, scale: "D dorian" }, stored)).toEqual({})
})
