import { describe, expect, it } from "vitest"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { nearestStep, type ReadChanged, stepOf } from "./replay-steps.ts"

const change = (id: string, after: string | null) => ({ item_type: "clip", item_id: id, project_id: "house", after })
const message = (messageIndex: number, codeChanges: TranscriptMessage["codeChanges"]): TranscriptMessage => ({
  sessionId: "0198c0de-0000-7000-8000-000000000000",
  messageIndex,
  clientId: null,
  role: "assistant",
  content: "",
  timestamp: "2026-01-01T00:00:00.000Z",
  codeChanges,
})

describe("a step of a replay", () => {
  it("has each clip that its message changed, as the message left it", () => {
    const step = stepOf(message(4, [change("kick", "one"), change("bass", "two"), change("kick", "three")]))
    expect(step).toMatchObject({
      messageIndex: 4,
      clips: [
        { id: "kick", code: "three" },
        { id: "bass", code: "two" },
      ],
    })
  })

  it("is none where a message only removed code, or changed no clip", () => {
    expect(stepOf(message(4, [change("kick", null)]))).toBeUndefined()
    expect(stepOf(message(4, { after: "x" }))).toBeUndefined()
    expect(stepOf(message(4, undefined))).toBeUndefined()
  })
})

describe("the nearest step", () => {
  const messages = [message(2, change("kick", "a")), message(5, change("kick", null)), message(9, change("kick", "b"))]
  /** Two messages at a time, as the procedure answers: in their order, the nearest of that side. */
  const read: ReadChanged = async (range) => {
    if ("after" in range) {
      expect(range.after).toBeGreaterThanOrEqual(0)
      const all = messages.filter(({ messageIndex }) => messageIndex > range.after)
      return { messages: all.slice(0, 2), hasMore: all.length > 2 }
    }
    const all = messages.filter(({ messageIndex }) => messageIndex < range.before)
    return { messages: all.slice(-2), hasMore: all.length > 2 }
  }

  it.each([
    ["after", -1, 2],
    ["after", 2, 9],
    ["before", 9, 2],
    ["before", 100, 9],
  ] as const)("%s message %i is message %i", async (side, from, expected) => {
    expect((await nearestStep(read, side, from))?.messageIndex).toBe(expected)
  })

  it("is the first message where that changed code", async () => {
    const first = message(0, change("kick", "z"))
    const step = await nearestStep(
      async (range) => ({ messages: "before" in range ? [first] : [], hasMore: false }),
      "after",
      -1,
    )
    expect(step?.messageIndex).toBe(0)
  })

  it("is none beyond the ends", async () => {
    expect(await nearestStep(read, "after", 9)).toBeUndefined()
    expect(await nearestStep(read, "before", 2)).toBeUndefined()
  })
})
