import { describe, expect, it } from "vitest"
import { counts, lines, readConversation, readConversations, shown } from "../testing/read-conversation.ts"

const message = (role: string, content: unknown, rest: object = {}) => ({ role, content, ...rest })

describe("messages of several talks", () => {
  it("are told apart by the id that they bear", () => {
    const conversations = readConversations(
      lines(
        ...[message("user", "a1", { conversation_id: "a" }), message("user", "b1", { conversation_id: "b" })],
        ...[message("assistant", "a2", { conversation_id: "a" }), message("assistant", "b2", { conversation_id: "b" })],
      ),
    )
    expect(conversations.map((conversation) => [conversation.identity, ...shown(conversation)])).toEqual([
      ["a", "user: a1", "assistant: a2"],
      ["b", "user: b1", "assistant: b2"],
    ])
  })

  it("are told apart by the object or list that holds them", () => {
    const [one, two] = [[message("user", "one")], [message("user", "two")]]
    const files = [
      lines({ messages: one }, { messages: two }),
      lines(one, two),
      JSON.stringify([{ messages: one }, { messages: two }]),
      JSON.stringify([one, two]),
      JSON.stringify({ sessions: [{ messages: one }, { messages: two }] }),
      JSON.stringify({ conversations: [{ messages: one }, { messages: two }] }),
    ]
    for (const file of files) expect(readConversations(file).map(shown)).toEqual([["user: one"], ["user: two"]])
  })

  it("are one conversation where they stand in one list", () => {
    const said = [message("user", "one"), message("assistant", "two")]
    const files = [
      lines(...said),
      JSON.stringify(said),
      JSON.stringify({ messages: said }),
      JSON.stringify({ data: said }),
      JSON.stringify({ history: said, id: "h" }),
      `\u001e${JSON.stringify(said[0])}\n\u001e${JSON.stringify(said[1])}\n`,
    ]
    for (const file of files) expect(shown(readConversation(file))).toEqual(["user: one", "assistant: two"])
  })
})

describe("what a conversation is called and whose it is", () => {
  it("is what the object that holds it says", () => {
    const holder = {
      ...{ id: "chat_1", title: " Late \u001b[1mset\u001b[0m ", model: "m", createdAt: "2026-01-01T00:00:00Z" },
      messages: [message("user", "one", { createdAt: "2026-01-01T00:01:00Z" })],
    }
    expect(readConversation(JSON.stringify(holder))).toMatchObject({
      ...{ identity: "chat_1", title: "Late set", model: "m", firstWords: "one" },
      ...{ startedAt: "2026-01-01T00:00:00.000Z", lastActiveAt: "2026-01-01T00:01:00.000Z" },
    })
    expect(readConversation(JSON.stringify({ ...holder, session_id: "s" })).identity).toBe("s")
  })

  it("has no more than 200 characters of its first words, and no half of a pair", () => {
    const { firstWords = "" } = readConversation(JSON.stringify([message("user", `\n a\tb ${"🥁".repeat(300)}`)]))
    expect(firstWords).toMatch(/^a b 🥁+…$/u)
    expect(firstWords.length).toBeLessThanOrEqual(200)
  })
})

describe("messages as people and programs write them", () => {
  it("have their text in many places", () => {
    const conversation = readConversation(
      lines(
        { from: "human", value: "one" },
        { sender: "ai", text: "two" },
        { author: { role: "user" }, content: "three" },
        { type: "ai", data: { content: "four" } },
        { role: "assistant", content: [{ type: "text", text: { value: "five" } }] },
        { role: "model", parts: [{ text: "six" }] },
      ),
    )
    expect(shown(conversation)).toEqual([
      ...["user: one", "assistant: two", "user: three", "assistant: four", "assistant: five", "assistant: six"],
    ])
  })

  it("of the AI SDK's earlier versions have parts and content", () => {
    const conversation = readConversation(
      JSON.stringify({
        id: "c",
        messages: [
          {
            id: "1",
            role: "user",
            content: "one",
            parts: [{ type: "text", text: "one" }],
            createdAt: 1_772_000_000_000,
          },
          {
            ...{ id: "2", role: "assistant", content: "two", createdAt: "2026-02-25T06:13:21Z" },
            parts: [
              { type: "reasoning", reasoning: "hm", details: [] },
              { type: "tool-invocation", toolInvocation: { state: "result" } },
              { type: "text", text: "two" },
              { type: "file", mediaType: "audio/wav", url: "data:" },
              { type: "source-url", sourceId: "s", url: "https://strudel.cc" },
              { type: "data-weather", data: {} },
            ],
            toolInvocations: [{ state: "result" }],
          },
          { id: "3", role: "data", content: "x" },
        ],
      }),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
    expect(conversation).toMatchObject({ format: "ai-sdk", identity: "c", startedAt: "2026-02-25T06:13:20.000Z" })
    expect(counts(conversation)).toEqual({ thinking: 1, "tool-call": 1, attachment: 2, meta: 2 })
  })

  it("of Anthropic's interface have their instructions beside them", () => {
    const conversation = readConversation(
      JSON.stringify({
        ...{ model: "claude-x", system: [{ type: "text", text: "Play bass." }] },
        messages: [
          message("user", [
            { type: "text", text: "one" },
            { type: "tool_result", tool_use_id: "t", content: "x" },
          ]),
          message("assistant", [
            { type: "thinking", thinking: "hm" },
            { type: "text", text: "two" },
          ]),
        ],
      }),
    )
    expect(shown(conversation)).toEqual(["system: Play bass.", "user: one", "assistant: two"])
    expect(counts(conversation)).toEqual({ "tool-result": 1, thinking: 1 })
  })

  it("lose what an agent's program put into them, but not where they were stored before", () => {
    const reminder = "<system-reminder>x</system-reminder>"
    const clientId = "00000000-0000-4000-8000-000000000001"
    const said = [
      message("user", `louder ${reminder}`),
      message("user", `what is ${reminder}`, { client_id: clientId }),
    ]
    const conversation = readConversation(JSON.stringify([...said, message("assistant", reminder)]))
    expect(shown(conversation)).toEqual(["user: louder", `user: what is ${reminder}`, `assistant: ${reminder}`])
    expect(counts(conversation)).toEqual({ reminder: 1 })
  })
})
