import { expect, it } from "vitest"
import { movedRange } from "./moved-range.ts"

/** The range between two bars, moved by a change to another text, as what stands in it then. */
function moved(marked: string, after: string): string {
  const [head = "", inside = "", tail = ""] = marked.split("|")
  const range = { from: head.length, to: head.length + inside.length }
  const { from, to } = movedRange(range, head + inside + tail, after)
  expect(from).toBeLessThanOrEqual(to)
  return `${after.slice(0, from)}|${after.slice(from, to)}|${after.slice(to)}`
}

it.each([
  ["before it", "with |[[| end", "Slowly, with [[ end", "Slowly, with |[[| end"],
  ["behind it", "with |[[| end", "with [[ end.", "with |[[| end."],
  ["right before it", "a |[[|", "a b[[", "a b|[[|"],
  ["right behind it", "|[[|", "[[ x", "|[[| x"],
  ["in it", "a |[[ki| b", "a [[kiki b", "a |[[ki|ki b"],
  ["inside its middle", "a |[[kck| b", "a [[kick b", "a |[[kick| b"],
  ["over its beginning", "one |[[| two", "on[ two", "on|[| two"],
  ["over its end", "one |[[ki| two", "one [[two", "one |[[|two"],
  ["over all of it", "one |[[| two", "one", "one||"],
  ["where nothing is in it", "one || two", "zero one  two", "zero one || two"],
])("a range keeps what it is about when the text is changed %s", (_, marked, after, expected) => {
  expect(moved(marked, after)).toBe(expected)
})
