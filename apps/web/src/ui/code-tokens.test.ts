import fc from "fast-check"
import { expect, it } from "vitest"
import { inkCode } from "./code-tokens.ts"

it("loses and adds nothing, whatever the code", () => {
  const code = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."$:s(\"`'{}/*\\\n .1") }))
  fc.assert(
    fc.property(code, (text) => {
      expect(
        inkCode(text)
          .map((run) => run.text)
          .join(""),
      ).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

it("tells strings, numbers, remarks, keywords and calls apart", () => {
  const runs = inkCode('const a = s("bd*4").in(.5) // four').filter(({ ink }) => ink !== "plain")
  expect(runs).toEqual([
    { ink: "keyword", text: "const" },
    { ink: "call", text: "s" },
    { ink: "string", text: '"bd*4"' },
    { ink: "call", text: "in" },
    { ink: "number", text: ".5" },
    { ink: "comment", text: "// four" },
  ])
})
