import { expect, it } from "vitest"
import { begunFilter, completeFilter, withValue } from "./complete-filter.ts"

it.each([
  ["ta", "tag:"],
  ["kick T", "kick tag:"],
  ["kind:", "kind:project "],
  ["kick kind:cl", "kick kind:clip "],
  ["status:i", "status:idle "],
  ["kind:clip", undefined],
  ["tag:ac", undefined],
  ["kick", undefined],
  ["kick ", undefined],
  ["", undefined],
])("%j becomes %j", (text, expected) => {
  expect(completeFilter(text)).toBe(expected)
})

it.each([
  ["tag:ac", "tag", "ac", "tag:acid "],
  ["kick tag:", "tag", "", "kick tag:acid "],
  ["TAG:Ac", "tag", "Ac", "tag:acid "],
  ['tag:a in:"Deep ho', "in", "Deep ho", "tag:a in:acid "],
  ["agent:x", "agent", "x", "agent:acid "],
])("%j ends with %s of %j, and becomes %j", (text, filter, begins, completed) => {
  const begun = begunFilter(text)
  expect(begun).toMatchObject({ filter, begins })
  expect(begun && withValue(begun, "acid")).toBe(completed)
})

it.each(["tag:ac ", "tag", "kind:cl", 'tag:"deep house"', "xtag:ac", ""])(
  "%j ends with no value that is offered",
  (text) => {
    expect(begunFilter(text)).toBeUndefined()
  },
)

it("puts a value of several words between quotation marks", () => {
  const begun = begunFilter("kick tag:de")
  expect(begun && withValue(begun, "deep house")).toBe('kick tag:"deep house" ')
})
