import { expect, it } from "vitest"
import { areWhole } from "./clip-sections.ts"

it("does not take groups for whole of which only the first clips were read", () => {
  const group = { id: "tag:drums", rows: [] }
  expect(areWhole([{ ...group, total: 0 }])).toBe(true)
  expect(areWhole([{ ...group, total: 40 }])).toBe(false)
  expect(areWhole([{ id: "tag:bass", rows: undefined, total: 1 }])).toBe(false)
  expect(areWhole([])).toBe(true)
})
