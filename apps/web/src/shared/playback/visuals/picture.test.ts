import { afterEach, expect, it, vi } from "vitest"
import { colorOf } from "./picture.ts"
import { hap } from "./visual-test-bench.ts"

afterEach(() => {
  vi.unstubAllGlobals()
})

it("asks the browser once for each colour of the code", () => {
  const supports = vi.fn((_: string, color: string) => color !== "loud")
  vi.stubGlobal("CSS", { supports })
  const inks = { colors: ["teal"], ink: "black" }
  for (let frame = 0; frame < 3; frame++) {
    expect(colorOf(hap({ color: "tomato" }), inks)).toBe("tomato")
    expect(colorOf(hap({ color: "loud" }), inks)).toBe("teal")
  }
  expect(supports).toHaveBeenCalledTimes(2)
})
