import { expect, it } from "vitest"
import { summaryOf, withoutTitle } from "./summary.ts"

it.each([
  ["# Sunset\n\nFrom *bare* drums to the [roof](clip:roof).\nAnd back.", "From bare drums to the roof. And back."],
  ["# Sunset\nStraight after the title.", "Straight after the title."],
  ["- [Kick](clip:kick)\n\n1. one\n\n```js\ncode\n```\n\nAt last.", "At last."],
  ["![the roof](roof.png) and [a page](https://example.org/a_(b))!", "the roof and a page!"],
  ["", ""],
  ["# Only a title", ""],
])("sums up %j", (text, summary) => {
  expect(summaryOf(text)).toBe(summary)
})

it("cuts a long paragraph", () => {
  expect(summaryOf("word ".repeat(100))).toMatch(/^(word )+word…$/)
})

it("leaves out a first heading only where it is the name", () => {
  expect(withoutTitle("# Sunset\n\ntext", "Sunset")).toBe("\ntext")
  expect(withoutTitle("# Intro\n\ntext", "Sunset")).toBe("# Intro\n\ntext")
})
