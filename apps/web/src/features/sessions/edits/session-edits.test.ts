import { expect, it } from "vitest"
import { edited, type ListedSession } from "./session-edits.ts"

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
  ...{ answeredBy: "external" as const, changeMode: "direct" as const, askedCount: 0, takenCount: 0 },
  seenCount: 1,
  answeredBy: "external",
  changeMode: "direct",
  askedCount: 0,
  takenCount: 0,
  metadata: { tags: ["dub", "live"], bpm: 90 },
  lastActivity: "2026-05-01T00:00:00.000Z",
  createdAt: "2026-05-01T00:00:00.000Z",
  preview: null,
  isAnswering: false,
  waitingCount: 0,
})

it("is as an edit will make it, one edit upon another", () => {
  const one = session("1")
  const tagged = edited(one, { add: ["acid"], remove: ["dub"] })
  const shown = edited(tagged, { status: "terminated", names: new Map([["1", "Take 2"]]), seen: true })
  expect(shown).toEqual({
    ...one,
    status: "terminated",
    name: "Take 2",
    displayName: "Take 2",
    seenCount: 3,
    metadata: { tags: ["live", "acid"], bpm: 90 },
  })
})
