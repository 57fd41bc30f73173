import { expect, it } from "vitest"
import { changedWords } from "./changed-words.ts"

const marked = (text: string, other: string) =>
  changedWords(text, other)
    ?.map((run) => (run.changed ? `[${run.text}]` : run.text))
    .join("")

// Words are compared for some milliseconds at most, which a busy machine may spend elsewhere.
it.each([
  ["two slow minutes", "four slow minutes", "[two] slow minutes"],
  ["slow minutes", "four slow minutes", "slow minutes"],
  ["## Intro (32 bars)", "## Intro (8 bars)", "## Intro ([32] bars)"],
])("marks the words that the other line has not: %s", async (text, other, words) => {
  await expect.poll(() => marked(text, other)).toBe(words)
})

it("marks nothing where two lines have little in common, or are too long to be compared", () => {
  expect(changedWords("a night without end", "drums")).toBeUndefined()
  expect(changedWords("word ".repeat(1000), "words ".repeat(1000))).toBeUndefined()
})
