import { Slug } from "@strudel-agent/contract/text"
import fc from "fast-check"
import { expect, it } from "vitest"
import { slugOf } from "./slug.ts"

it("suggests ids that the contract takes", () => {
  expect(slugOf("  Größe, Café & 2 Kicks! ")).toBe("grosse-cafe-2-kicks")
  expect(slugOf("夜")).toBe("")
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 150 }), (name) => {
      const slug = slugOf(name)
      expect(slug === "" || Slug.safeParse(slug).success).toBe(true)
    }),
  )
})
