import { expect, it } from "vitest"
import { readLine, readShownVersions, toggleVersion, withShownVersions } from "./shown-versions.ts"

it.each([
  ["version=3", [3]],
  ["version=7&with=3", [3, 7]],
  ["version=3&with=3", [3]],
  ["version=0&with=x", []],
  ["version=1e9999", []],
  ["line=4", []],
])("reads %s", (search, shown) => {
  expect(readShownVersions(new URLSearchParams(search))).toEqual(shown)
})

it("shows at most two, and takes off what is chosen again", () => {
  expect(toggleVersion([], 3)).toEqual([3])
  expect(toggleVersion([3], 5)).toEqual([3, 5])
  expect(toggleVersion([3, 5], 1)).toEqual([5, 1])
  expect(toggleVersion([3, 5], 3)).toEqual([5])
})

it("writes the address, and leaves alone what else is in it", () => {
  expect(withShownVersions("?line=4&version=2&with=1", [3])).toBe("?line=4&version=3")
  expect(withShownVersions("?version=2", [])).toBe("")
  expect(readLine(new URLSearchParams("line=12"))).toBe(12)
  expect(readLine(new URLSearchParams("line=-1"))).toBeUndefined()
})
