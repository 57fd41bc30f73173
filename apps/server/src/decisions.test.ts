import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"

const folder = new URL("../../../docs/decisions/", import.meta.url)
const names = readdirSync(folder).sort()

describe("the decision records", () => {
  it("are numbered without a hole", () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1))
  })

  it.each(names)("%s says what was given up, on a page", (name) => {
    const text = readFileSync(new URL(name, folder), "utf8")
    expect(text).toMatch(/given up/i)
    expect(text.split("\n").length).toBeLessThan(90)
  })
})
