import { expect, it } from "vitest"
import { createStatementNames, plannedForValues } from "./statement-names.ts"

it("names what is used again, and leaves what depends on its values to be planned each time", () => {
  const nameOf = createStatementNames()
  const names = (sql: string) => [1, 2, 3].map(() => nameOf({ sql }))
  const [first, second, third] = names("SELECT 1")
  expect(first).toBe("")
  expect(second).toHaveLength(22)
  expect(third).toBe(second)
  expect(names(`SELECT 1 WHERE ${plannedForValues} TRUE`)).toEqual(["", "", ""])
})
