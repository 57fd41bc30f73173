import fc from "fast-check"
import { expect, it } from "vitest"
import { changeBetween } from "./replace-text.ts"

it("changes no more than what differs", () => {
  expect(changeBetween("s('bd')\n.fast(2)", "s('bd*2')\n.fast(2)")).toEqual({ from: 5, to: 5, insert: "*2" })
  expect(changeBetween("aaa", "aa")).toEqual({ from: 2, to: 3, insert: "" })
})

it("makes any text of any other", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "𝄞") })
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, insert } = changeBetween(before, after)
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after)
    }),
  )
})
