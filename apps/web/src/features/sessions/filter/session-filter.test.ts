import { SessionList } from "@strudel-agent/contract/session"
import { expect, it } from "vitest"
import { toParams } from "#shared/url-state/search-params.ts"
import { readSessionFilter } from "./session-filter.ts"

const clock = { now: Date.parse("2026-10-17T23:30:00Z"), timeZone: "Europe/Berlin" }

const read = (found: Record<string, string | string[]>) => {
  const { limit, ...filter } = readSessionFilter(toParams(found), clock)
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
  expect(read({ status: "loud", type: "toString", q: ["a", "b"], sort: "loud", order: "up" })).toEqual({ q: "a" })
  expect(read({ agent: "drummer", unseen: "1", sort: "messages", order: "asc" })).toEqual({
    agentName: "drummer",
    unseen: true,
    sort: "messages",
    ascending: true,
  })
})

it("takes an item without its type for a clip, which the server would refuse otherwise", () => {
  expect(read({ item: "kick" })).toEqual({ itemId: "kick", itemType: "clip" })
  expect(SessionList.safeParse(readSessionFilter(toParams({ item: "kick" }), clock)).success).toBe(true)
})

it("takes days as the reader's own, whole ones, and a span up to the reader's today", () => {
  expect(read({ from: "2026-10-01", to: "2026-10-02" })).toEqual({
    activeFrom: "2026-09-30T22:00:00.000Z",
    activeTo: "2026-10-02T22:00:00.000Z",
  })
  expect(read({ active: "today" })).toEqual({ activeFrom: "2026-10-17T22:00:00.000Z" })
  expect(read({ active: "week" })).toEqual({ activeFrom: "2026-10-11T22:00:00.000Z" })
  expect(read({ active: "week", to: "2026-10-02" })).toEqual({ activeTo: "2026-10-02T22:00:00.000Z" })
  expect(read({ from: "soon", active: "ever" })).toEqual({})
})
