import { expect, it } from "vitest"
import { listPartChanges, partName } from "./metadata-words.ts"

it("says what changed besides the code, in words", () => {
  const before = { name: "Kick", metadata: { bpm: 120, tags: ["a", "b"], mood: { x: 1 }, color: "#fff" } }
  const after = { name: "Boom", metadata: { bpm: 124, tags: ["a"], mood: { x: 1 }, scale: "C minor", deep: { y: 1 } } }
  expect(listPartChanges(before, after)).toEqual([
    { key: "name", before: "Kick", after: "Boom" },
    { key: "bpm", before: "120", after: "124" },
    { key: "tags", before: "a, b", after: "a" },
    { key: "color", before: "#fff", after: undefined },
    { key: "scale", before: undefined, after: "C minor" },
    { key: "deep", before: undefined, after: '{"y":1}' },
  ])
  expect(listPartChanges(before, before)).toEqual([])
})

it("calls a part by its word, and a key of somebody else's by its own", () => {
  expect([partName("bpm"), partName("color"), partName("constructor")]).toEqual(["tempo", "colour", "constructor"])
})
