import { ClipList } from "@strudel-agent/contract/clip"
import { expect, it } from "vitest"
import {
  activeFilters,
  cardsInput,
  groupFilter,
  readClipFilter,
  readClipSort,
  readLook,
  toClipParams,
} from "./clip-filter.ts"

const read = (found: Record<string, string | string[]>) => {
  const params = toClipParams(found)
  return ClipList.parse(cardsInput(readClipFilter(params), readClipSort(params)))
}

it("reads what the address says as the server takes it", () => {
  const address = { q: "bd", bpm_min: "120", bpm_max: "x", sort: "bpm", scale: "F minor", used: "no", color: "#fff" }
  expect(read(address)).toMatchObject({
    q: "bd",
    bpmMin: 120,
    sort: "bpm",
    scale: "F minor",
    used: false,
    color: "#fff",
  })
  expect(read({ bpm_max: "x", used: "perhaps", untagged: "no" })).toEqual({ sort: "updated", limit: 36 })
  expect(read({ sound: "loud", sort: "loudness" })).toMatchObject({ sound: ["loud"], sort: "loudness" })
  expect(read({ sound: "purple" })).toEqual({ sort: "updated", limit: 36 })
  expect(read({ tag: ["drums", " drums ", "", "loud"] }).tags).toEqual(["drums", "loud"])
  expect(
    read({ q: "x".repeat(500), tag: Array.from({ length: 80 }, (_, i) => `${i}${"y".repeat(300)}`) }).q,
  ).toHaveLength(200)
})

it("draws as the address says, else as it was last, else as cards without groups", () => {
  expect(readLook(toClipParams({ view: "rows" }), "cards.tag")).toEqual({ view: "rows", group: "tag" })
  expect(readLook(toClipParams({ group: "none" }), "rows.tag")).toEqual({ view: "rows", group: "none" })
  expect(readLook(toClipParams({}), "odd.__proto__")).toEqual({ view: "cards", group: "none" })
  expect(readLook(toClipParams({}), undefined)).toEqual({ view: "cards", group: "none" })
})

it("narrows a filter to a group", () => {
  expect(groupFilter({ q: "a" }, "project", "house")).toEqual({ q: "a", projectId: "house" })
  expect(groupFilter({ tags: ["a"] }, "tag", "b")).toEqual({ tags: ["a", "b"] })
  expect(groupFilter({ tags: ["a"] }, "tag", "a")).toEqual({ tags: ["a"] })
  expect(groupFilter({}, "tag", null)).toEqual({ untagged: true })
})

it("says what is set, one by one", () => {
  const filter = {
    q: "bd",
    projectId: "house",
    tags: ["a", "b"],
    bpmMin: 120,
    bpmMax: 124,
    used: false,
    sound: ["clips" as const],
  }
  expect(
    activeFilters(filter, (id) => id.toUpperCase()).map(({ label, tag, drop }) => [label, tag ?? Object.keys(drop)]),
  ).toEqual([
    ["“bd”", ["q"]],
    ["Project HOUSE", ["project"]],
    ["#a", "a"],
    ["#b", "b"],
    ["120 to 124 bpm", ["bpm_min", "bpm_max"]],
    ["Unused", ["used"]],
    ["Clips", ["sound"]],
  ])
  expect(activeFilters({}, String)).toEqual([])
})
