import { ClipList } from "@strudel-agent/api/schema/clip"
import { expect, it } from "vitest"
import { toParams } from "../ui/search-params.ts"
import { readClipFilter } from "./clip-filter.ts"

it("reads what the form sends as the server takes it", () => {
  const filter = readClipFilter(toParams({ q: "bd", bpm_min: "120", bpm_max: "x", sort: "name", scale: "F minor" }))
  expect(ClipList.parse(filter)).toMatchObject({ q: "bd", bpmMin: 120, sort: "name", scale: "F minor" })
  expect(filter.bpmMax).toBeUndefined()
  expect(ClipList.safeParse(readClipFilter(toParams({ q: "x".repeat(500), sort: "" }))).success).toBe(true)
})
