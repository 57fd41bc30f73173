import { expect, it } from "vitest"
import { allTools } from "./all-tools.ts"
import { tasks } from "./testing/tasks.ts"

/** Words that say nothing of what is asked for. */
const idle = new Set(
  "a about all an and are as at be by do does for how i in is it its my me of on or some that the then there these this to we what when which with you your".split(
    " ",
  ),
)
const stem = (word: string): string => word.replace(/(?:ing|ed|es|s|e)$/, "")
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z]+/g) ?? []).filter((word) => !idle.has(word)).map(stem)

const told = allTools.map(({ name, title, description }) => ({
  name,
  called: new Set([...wordsOf(name.replaceAll("_", " ")), ...wordsOf(title)]),
  words: new Set(wordsOf(description)),
}))

/** How rare a word is among the tools: one that each of them says tells nothing. */
const weightOf = (word: string): number => {
  const count = told.filter(({ called, words }) => called.has(word) || words.has(word)).length
  return count === 0 ? 0 : Math.log(1 + told.length / count)
}

/** The tools by how well their words fit what is asked for, the best first. */
function fitting(asked: string): string[] {
  const words = [...new Set(wordsOf(asked))]
  const scores = told.map(({ name, called, words: own }) => ({
    name,
    score: words.reduce((sum, word) => sum + weightOf(word) * (called.has(word) ? 2 : own.has(word) ? 1 : 0), 0),
  }))
  return scores.sort((one, other) => other.score - one.score).map(({ name }) => name)
}

const fits = ([asked, tool, others = ""]: (typeof tasks)[number], places: number): boolean =>
  fitting(asked)
    .slice(0, places)
    .some((name) => name === tool || others.split(" ").includes(name))

it("are over a hundred tasks, of every tool", () => {
  expect(tasks.length).toBeGreaterThan(100)
  expect(new Set(tasks.map(([, tool]) => tool))).toEqual(new Set(allTools.map(({ name }) => name)))
  expect(new Set(tasks.map(([asked]) => asked)).size).toBe(tasks.length)
})

it("find their tool among the first by the words of its name, title and description, and nine of ten at once", () => {
  const missed = tasks
    .filter((task) => !fits(task, 3))
    .map(([asked, tool]) => `${asked}: ${tool}, not ${fitting(asked)[0]}`)
  expect(missed).toEqual([])
  const atOnce = tasks.filter((task) => fits(task, 1)).length
  expect(atOnce / tasks.length).toBeGreaterThan(0.9)
})
