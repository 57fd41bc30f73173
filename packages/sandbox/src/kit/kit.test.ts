import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { kitAddresses, kitFile, kitNames } from "./kit.ts"

const samplesOf = (address: string) => new Int16Array(kitFile(address)?.slice(44) ?? new ArrayBuffer(0))

describe("the kit", () => {
  it("has the drums that code names most", () => {
    const needed = ["bd", "sd", "hh", "oh", "cp", "rim", "lt", "mt", "ht", "cr", "rd", "cb", "sh", "tb", "perc"]
    expect(kitNames).toEqual(expect.arrayContaining(needed))
  })

  it.each(kitNames.flatMap((name) => kitAddresses(name) ?? []))(
    "%s is loud, begins at once, ends in silence and is always the same",
    (address) => {
      const samples = samplesOf(address)
      const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 32_767
      expect(peak).toBeGreaterThan(0.4)
      expect(peak).toBeLessThanOrEqual(1)
      const first = samples.findIndex((value) => Math.abs(value) > 600)
      expect(first / 44_100).toBeLessThan(0.01)
      expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(40)
      const hashOf = () =>
        createHash("sha256")
          .update(Buffer.from(kitFile(address) ?? new ArrayBuffer(0)))
          .digest("hex")
      expect(hashOf()).toBe(hashOf())
    },
  )

  it("knows no other addresses", () => {
    expect(kitAddresses("toString")).toBeNull()
    for (const address of ["kit:bd/99", "kit:constructor/0", "kit:", "https://bd/0"])
      expect(kitFile(address)).toBeNull()
  })
})
