import { expect, it } from "vitest"
import { withEndingsOf, withLineFeeds } from "./line-endings.ts"

it.each([
  ["a\r\nb\r\n", "a\r\nb\r\n"],
  ["a\nb\n", "a\nb\n"],
  ["", ""],
])("gives back what an editor was given: %j", (original, expected) => {
  expect(withEndingsOf(original, withLineFeeds(original))).toBe(expected)
})

it("keeps line feeds where endings are mixed", () => {
  expect(withEndingsOf("a\r\nb\nc", withLineFeeds("a\r\nb\nc"))).toBe("a\nb\nc")
})
