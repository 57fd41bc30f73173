import { expect, it } from "vitest"
import { diffLines } from "./line-diff.ts"
import { splitLines } from "./split-lines.ts"

const pairsOf = (before: string, after: string) =>
  diffLines(before, after)?.hunks.flatMap((hunk) =>
    splitLines(hunk).map(({ left, right }) => [left?.text, right?.text]),
  )

it("puts what was removed beside what took its place", () => {
  expect(pairsOf("a\nb\nc\n", "a\nB\nB2\nc\n")).toEqual([
    ["a", "a"],
    ["b", "B"],
    [undefined, "B2"],
    ["c", "c"],
  ])
  expect(pairsOf("a\nb\nc\n", "a\n")).toEqual([
    ["a", "a"],
    ["b", undefined],
    ["c", undefined],
  ])
})

it("loses no line of either side, in order", () => {
  const before = "1\n2\n3\n4\n5\n"
  const after = "1\nx\n3\ny\nz\n5\n6\n"
  const pairs = pairsOf(before, after) ?? []
  const side = (place: 0 | 1) => pairs.flatMap((pair) => pair[place] ?? []).join("\n")
  expect([`${side(0)}\n`, `${side(1)}\n`]).toEqual([before, after])
})
