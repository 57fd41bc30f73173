import { expect, it } from "vitest"
import { mergeTags } from "./merge-tags.ts"

it("puts on and takes off what was meant, where nobody else changed anything", () => {
  expect(mergeTags({ seen: ["a", "b"], meant: ["b", "c"], stored: ["a", "b"] })).toEqual(["b", "c"])
})

it("keeps a tag that somebody else put on meanwhile, and leaves off one that they took off", () => {
  expect(mergeTags({ seen: ["x", "y"], meant: ["x", "y", "dawn"], stored: ["x", "dew"] })).toEqual(["x", "dew", "dawn"])
})

it("puts no tag on twice", () => {
  expect(mergeTags({ seen: [], meant: ["dawn"], stored: ["dawn"] })).toEqual(["dawn"])
})
