import { expect, it } from "vitest"
import { canonical, withChanges } from "./address.ts"

it("writes the same filters in the same way", () => {
  expect(canonical("?tag=&status=idle&q=a+b")).toBe("q=a+b&status=idle")
  expect(canonical("status=idle&q=a%20b")).toBe("q=a+b&status=idle")
  expect(canonical("")).toBe("")
})

it("changes some values and takes out what is empty", () => {
  expect(withChanges("sort=messages&q=a", { sort: null, unseen: "1" })).toBe("q=a&unseen=1")
})
