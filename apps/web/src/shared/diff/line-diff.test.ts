import { expect, it } from "vitest"
import { diffLines } from "./line-diff.ts"

const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join("")

it("shows what changed with a little around it, and numbers the lines", () => {
  const diff = diffLines("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n")
  expect(diff).toEqual({
    added: 1,
    removed: 1,
    hunks: [
      [
        { sign: " ", text: "b", before: 2, after: 2 },
        { sign: " ", text: "c", before: 3, after: 3 },
        { sign: "-", text: "d", before: 4 },
        { sign: "+", text: "D", after: 4 },
        { sign: " ", text: "e", before: 5, after: 5 },
        { sign: " ", text: "f", before: 6, after: 6 },
      ],
    ],
  })
})

it("shows a whole text that was not there, and none that did not change", () => {
  expect(diffLines("", "a\nb\n")).toMatchObject({ added: 2, removed: 0 })
  expect(diffLines("a\n", "a\n")).toEqual({ added: 0, removed: 0, hunks: [] })
})

it("says nothing of a missing newline at the end", () => {
  const diff = diffLines("a\nb", "a\nc")
  expect(diff?.hunks.flat().map(({ sign, text }) => sign + text)).toEqual([" a", "-b", "+c"])
})

it("gives up on texts that have next to nothing in common instead of stopping the page", () => {
  const start = performance.now()
  const reversed = lines(0, 40_000).split("\n").reverse().join("\n")
  expect(diffLines(lines(0, 40_000), reversed)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(5000)
})
