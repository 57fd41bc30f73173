import fc from "fast-check"
import { expect, it } from "vitest"
import { inkCode } from "./code-tokens.ts"

it("loses and adds nothing, whatever the code and however few its runs", () => {
  const code = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."$:s(\"`'{}/*\\\n .1") }))
  fc.assert(
    fc.property(code, fc.integer({ min: 1, max: 12 }), (text, most) => {
      const runs = inkCode(text, most)
      expect(runs.map((run) => run.text).join("")).toBe(text)
      expect(runs.length).toBeLessThanOrEqual(most)
    }),
    { numRuns: 1000 },
  )
})

it("tells strings, numbers, remarks, keywords and calls apart", () => {
  const runs = inkCode('const a = s("bd*4").in(.5) // four', 100).filter(({ ink }) => ink !== "plain")
  expect(runs).toEqual([
    { ink: "keyword", text: "const" },
    { ink: "call", text: "s" },
    { ink: "string", text: '"bd*4"' },
    { ink: "call", text: "in" },
    { ink: "number", text: ".5" },
    { ink: "comment", text: "// four" },
  ])
})
