import { ClipFacts } from "@strudel-agent/contract/clip"
import fc from "fast-check"
import { expect, it } from "vitest"
import { readClipFacts } from "./clip-facts.ts"

const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(fc.string(), fc.integer())),
  fc.constantFrom("#fff", "#12345678", "#12", "#ggg", "red;background:url(x)", 120, -1, 0, ["drums"], { bpm: 1 }),
)
const keys = ["bpm", "scale", "tags", "color", "description", "author"]
const metadata = fc.dictionary(fc.constantFrom(...keys), value)

it("reads a clip's metadata as the contract does", () => {
  fc.assert(
    fc.property(metadata, (found) => {
      expect(readClipFacts(found)).toEqual(ClipFacts.parse(found))
    }),
    { numRuns: 500 },
  )
})

it("takes nothing for a colour that is more than one", () => {
  expect(readClipFacts({ color: "#fff;background:url(//x)" }).color).toBeUndefined()
  expect(readClipFacts({ color: "#ff8800" }).color).toBe("#ff8800")
})
