import { expect, it } from "vitest"
import { isNewLibrary } from "./welcome-inputs.ts"

const of = (...answeredBy: string[]) => answeredBy.map((each) => ({ answeredBy: each }))
const projects = (count: number) => Array.from({ length: count }, () => ({}))

it("takes a library for new that is empty, or has samples alone", () => {
  expect(isNewLibrary([], [])).toBe(true)
  expect(isNewLibrary(of("none", "none", "none", "none"), projects(4))).toBe(true)
})

it("takes none for new in which somebody began a session, or that was filled", () => {
  expect(isNewLibrary(of("none", "strudel"), projects(4))).toBe(false)
  expect(isNewLibrary(of("external"), [])).toBe(false)
  expect(isNewLibrary(of(...Array.from({ length: 7 }, () => "none")), projects(4))).toBe(false)
  expect(isNewLibrary([], projects(7))).toBe(false)
})
