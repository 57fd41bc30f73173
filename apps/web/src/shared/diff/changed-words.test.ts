import { expect, it } from "vitest"
import { changedWords } from "./changed-words.ts"

const marked = (text: string, other: string) =>
  changedWords(text, other)
    ?.map((run) => (run.changed ? `[${run.text}]` : run.text))
    .join("")

it("marks the words that the other line has not", () => {
  expect(marked("two slow minutes", "four slow minutes")).toBe("[two] slow minutes")
  expect(marked("slow minutes", "four slow minutes")).toBe("slow minutes")
  expect(marked("## Intro (32 bars)", "## Intro (8 bars)")).toBe("## Intro ([32] bars)")
})

it("marks nothing where two lines have little in common, or are too long to be compared", () => {
  expect(changedWords("a night without end", "drums")).toBeUndefined()
  expect(changedWords("word ".repeat(1000), "words ".repeat(1000))).toBeUndefined()
})
