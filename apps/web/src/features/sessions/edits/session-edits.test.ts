import { expect, it } from "vitest"
import { type ListedSession, withEdits } from "./session-edits.ts"

const session = (id: string): ListedSession => ({
  id,
  agentName: "strudel",
  modelName: null,
  provider: null,
  status: "idle",
  projectId: null,
  itemType: null,
  itemId: null,
  name: null,
  displayName: "strudel · 2026-05-01",
  messageCount: 3,
  seenCount: 1,
  metadata: { tags: ["dub", "live"], bpm: 90 },
  lastActivity: "2026-05-01T00:00:00.000Z",
  createdAt: "2026-05-01T00:00:00.000Z",
  preview: null,
})

it("shows what will be, one edit upon another, and leaves other sessions the same objects", () => {
  const [one, other] = [session("1"), session("2")]
  const ids = new Set(["1"])
  const shown = withEdits(
    [one, other],
    [
      { ids, add: ["acid"], remove: ["dub"] },
      { ids, status: "terminated", names: new Map([["1", "Take 2"]]), seen: true },
    ],
  )
  expect(shown[0]).toEqual({
    ...one,
    status: "terminated",
    name: "Take 2",
    displayName: "Take 2",
    seenCount: 3,
    metadata: { tags: ["live", "acid"], bpm: 90 },
  })
  expect(shown[1]).toBe(other)
})
