import { expect, it } from "vitest"
import { z } from "zod"
import { inputProblem } from "./advice.ts"

/** What is said of an input that a tool with one field, `query`, is given. */
function saidOf(input: Record<string, unknown>): string {
  const parsed = z.strictObject({ query: z.string().optional() }).safeParse(input)
  if (parsed.success) throw new Error("it was taken")
  return inputProblem("search", parsed.error, ["query"]).message
}

it("tells of the first five things that are wrong, and how many more there are", () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => [`querry${index}`, 1])
  const said = saidOf(Object.fromEntries(keys))
  expect(said).toContain('no "querry4"')
  expect(said).not.toContain('no "querry5"')
  expect(said).toContain("; and 19995 more. It takes query.")
  expect(saidOf({ querry: 1 })).toBe(
    'search does not take this: there is no "querry": did you mean "query"?. It takes query.',
  )
})

it("repeats no more than 80 characters of a name that it was given", () => {
  expect(saidOf({ ["k".repeat(1_000_000)]: 1 }).length).toBeLessThan(200)
})
