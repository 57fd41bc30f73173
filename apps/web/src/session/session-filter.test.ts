import { SessionList } from "@strudel-agent/api/schema/session"
import { expect, it } from "vitest"
import { toParams } from "../ui/search-params.ts"
import { readSessionFilter } from "./session-filter.ts"

const read = (found: Record<string, string | string[]>) => {
  const { limit, ...filter } = readSessionFilter(toParams(found))
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

it("reads what the form sends, and passes over what is empty or unknown", () => {
  expect(read({ q: "  kick ", status: "idle", project: "house", type: "song", item: "sunset", tag: "" })).toEqual({
    q: "kick",
    status: "idle",
    projectId: "house",
    itemType: "song",
    itemId: "sunset",
  })
  expect(read({ status: "loud", type: "toString", q: ["a", "b"] })).toEqual({ q: "a" })
})

it("takes an item without its type for a clip, which the server would refuse otherwise", () => {
  expect(read({ item: "kick" })).toEqual({ itemId: "kick", itemType: "clip" })
  expect(SessionList.safeParse(readSessionFilter(toParams({ item: "kick" }))).success).toBe(true)
})
