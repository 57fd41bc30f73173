import { expect, it } from "vitest"
import { heardOf } from "./hear.ts"

const nothing = { cycles: 4, events: 0, sounds: [], lanes: [], samples: [], warnings: [], definitionsOnly: false }

/** What is said of code that stops with a message. */
function errorOf(message: string) {
  const error = { stage: "run", message, line: 3, column: 1 } as const
  const [found] = heardOf({ ...nothing, ok: false, cps: null, error }).errors
  return found
}

it("says what exists instead of an invented function", () => {
  expect(errorOf("fastt is not a function")).toMatchObject({
    problem: "`fastt` is not a function here: did you mean `fast`?",
    line: 3,
    instead: expect.arrayContaining(["fast"]),
  })
})

it("tells at most 500 characters of a message, and looks for nothing near to a name over 64", () => {
  const long = errorOf(`${"x".repeat(100_000)} is not a function`)
  expect(long?.problem.length).toBeLessThanOrEqual(501)
  expect(errorOf(`${"x".repeat(65)} is not a function`)).not.toHaveProperty("instead")
})
