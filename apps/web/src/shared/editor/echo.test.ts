import { expect, it } from "vitest"
import { createEcho } from "./echo.ts"

it("knows what comes back late, once, and takes anything else for somebody else's", () => {
  const echo = createEcho()
  for (const text of ["a", "ab", "abc"]) echo.sent(text)
  expect(echo.isEcho("ab")).toBe(true)
  expect(echo.isEcho("abc")).toBe(true)
  expect(echo.isEcho("abc")).toBe(false)
  echo.sent("abcd")
  expect(echo.isEcho("restored")).toBe(false)
  expect(echo.isEcho("abcd")).toBe(false)
})
