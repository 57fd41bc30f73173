import { expect, it } from "vitest"
import { checkJson } from "./json.ts"

const words = (text: string) => expect.stringContaining(text)

it("counts a number as long as PostgreSQL writes it, and a text that looks like one as long as it is", () => {
  expect(checkJson([1e300], 310)).toBeUndefined()
  expect(checkJson([1e300], 300)).toEqual(words("at most 300 bytes of JSON"))
  expect(checkJson([5e-324], 300)).toEqual(words("at most 300 bytes of JSON"))
  expect(checkJson(["1e+300"], 10)).toBeUndefined()
  expect(checkJson({ "1e+300": 1 }, 12)).toBeUndefined()
})

it("counts a text as JSON writes it, in bytes", () => {
  expect(checkJson("ü\n", 6)).toBeUndefined()
  expect(checkJson("ü\n", 5)).toEqual(words("not 6"))
})

it("says what cannot be stored, however deep it lies", () => {
  expect(checkJson({ a: [{ b: "\u0000" }] }, 1000)).toEqual(words("NUL"))
  expect(checkJson({ "\ud800": 1 }, 1000)).toEqual(words("surrogate"))
  expect(checkJson([Number.POSITIVE_INFINITY], 1000)).toEqual(words("must be JSON"))
  let deep: unknown = 1
  for (let level = 0; level < 100_000; level++) deep = [deep]
  expect(checkJson(deep, 1000)).toBe("at most 32 levels deep")
})
