import { Slug } from "@strudel-agent/contract/text"
import fc from "fast-check"
import { expect, it } from "vitest"
import { suggestedId } from "./clip-suggested-id.ts"

it("reads like the name", () => {
  expect(suggestedId("Café del Mar!")).toBe("cafe-del-mar")
  expect(suggestedId("  TR-909 // kick ")).toBe("tr-909-kick")
  expect(suggestedId("拍")).toBe("")
})

it("is an id or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
      const id = suggestedId(name)
      expect(id === "" || Slug.safeParse(id).success).toBe(true)
    }),
  )
})
