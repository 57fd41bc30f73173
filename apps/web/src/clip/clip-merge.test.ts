import { expect, it } from "vitest"
import { begin, type Editing } from "./clip-editing.ts"
import { findClashes, mergeCode, resolveContent } from "./clip-merge.ts"

const base = ["one", "two", "three", "four", "five", "six", "seven"].join("\n")

it("merges changes of different lines, and none of the same", () => {
  expect(mergeCode({ base, mine: base.replace("one", "ONE"), theirs: base.replace("seven", "SEVEN") })).toBe(
    base.replace("one", "ONE").replace("seven", "SEVEN"),
  )
  expect(mergeCode({ base, mine: base.replace("one", "mine"), theirs: base.replace("one", "theirs") })).toBeUndefined()
  expect(mergeCode({ base, mine: base, theirs: "theirs" })).toBe("theirs")
  expect(mergeCode({ base, mine: "mine", theirs: base })).toBe("mine")
})

const stored = { version: 1, name: "Kick", code: base, metadata: { bpm: 120, scale: "C", tags: ["a"], source: "tape" } }

function edited(): Editing {
  const editing = begin(stored)
  const draft = { ...editing.draft, name: "Mine", fields: { ...editing.draft.fields, bpm: "124", scale: "" } }
  const newest = {
    ...stored,
    version: 2,
    name: "Theirs",
    metadata: { bpm: 130, scale: "C", tags: ["b"], source: "cd" },
  }
  return { ...editing, newest, draft }
}

it("asks only for what both sides changed", () => {
  expect(findClashes(edited())).toEqual([
    { part: "name", mine: "Mine", theirs: "Theirs" },
    { part: "bpm", mine: 124, theirs: 130 },
  ])
})

it("keeps what either side changed alone, and what was chosen of the rest", () => {
  expect(resolveContent(edited(), { code: "c", chosen: { name: "theirs" } })).toEqual({
    name: "Theirs",
    code: "c",
    metadata: { bpm: 124, tags: ["b"], source: "cd" },
  })
})
