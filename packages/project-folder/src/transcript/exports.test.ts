import { describe, expect, it } from "vitest"
import { counts, lines, readConversation, readConversations, shown } from "../testing/read-conversation.ts"

describe("Gemini CLI's records", () => {
  const head = { sessionId: "g", projectHash: "h", startTime: "2026-01-01T00:00:00Z" }
  const said = (id: string, type: string, content: unknown) => ({
    id,
    type,
    content,
    timestamp: "2026-01-01T00:00:01Z",
  })

  it("keep what was said when a checkpoint replaces the messages", () => {
    const checkpoint = [said("x", "user", "<state_snapshot>so far</state_snapshot>"), said("2", "gemini", "two")]
    const conversation = readConversation(
      lines(
        head,
        said("1", "user", "one"),
        said("2", "gemini", "two"),
        { $set: { messages: checkpoint } },
        said("3", "user", "three"),
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two", "user: three"])
    expect(counts(conversation)).toEqual({ compaction: 1 })
  })

  it("go back to the beginning where the message to go back to is not known", () => {
    const conversation = readConversation(
      lines(head, said("1", "user", "one"), { $rewindTo: "lost" }, said("2", "user", "two")),
    )
    expect(shown(conversation)).toEqual(["user: two"])
    expect(conversation.branches).toMatchObject([{ leavesAfter: 0, firstWords: "one" }])
  })

  it("show what was typed where more was sent", () => {
    const typed = { ...said("1", "user", [{ text: "look at this file: …" }]), displayContent: [{ text: "look @a.js" }] }
    const tool = said("2", "user", [{ functionResponse: { id: "t" } }])
    const conversation = readConversation(
      lines(head, typed, tool, said("3", "error", "no quota"), said("4", "warning", "slow")),
    )
    expect(shown(conversation)).toEqual(["user: look @a.js"])
    expect(counts(conversation)).toEqual({ "tool-result": 1, "program-error": 1, notice: 1 })
  })

  it("of several sessions are conversations of their own", () => {
    const other = { ...head, sessionId: "h2" }
    const inLines = readConversations(lines(head, said("1", "user", "one"), other, said("1", "user", "two")))
    const inList = readConversations(
      JSON.stringify([
        { ...head, messages: [said("1", "user", "one")] },
        { ...other, messages: [said("1", "user", "two")] },
      ]),
    )
    for (const conversations of [inLines, inList]) {
      expect(conversations.map((conversation) => [conversation.identity, ...shown(conversation)])).toEqual([
        ["g", "user: one"],
        ["h2", "user: two"],
      ])
    }
  })

  it("are read from a chat that was saved by hand", () => {
    const conversation = readConversation(
      JSON.stringify([
        { role: "user", parts: [{ text: "This is the Gemini CLI. We are setting up the context for our chat. …" }] },
        { role: "user", parts: [{ text: "one" }] },
        {
          role: "model",
          parts: [{ text: "thinking", thought: true }, { text: "two" }, { functionCall: { name: "x" } }],
        },
        { role: "user", parts: [{ functionResponse: { name: "x" } }] },
      ]),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
    expect(counts(conversation)).toEqual({ instructions: 1, thinking: 1, "tool-call": 1, "tool-result": 1 })
  })
})

describe("ChatGPT's export", () => {
  const node = (id: string, parent: string | null, role: string, content: object, rest: object = {}) => [
    id,
    { id, parent, children: [], message: { id, author: { role }, create_time: 1_772_000_000, content, ...rest } },
  ]
  const text = (...parts: unknown[]) => ({ content_type: "text", parts })
  const conversation = (nodes: unknown[][], rest: object = {}) => ({
    title: "T",
    mapping: Object.fromEntries(nodes),
    ...rest,
  })

  it("has what was said aloud, and counts pictures, files and thoughts", () => {
    const read = readConversation(
      JSON.stringify(
        conversation(
          [
            node(
              "1",
              null,
              "user",
              {
                content_type: "multimodal_text",
                parts: [{ content_type: "image_asset_pointer", asset_pointer: "x" }, "like this"],
              },
              { metadata: { attachments: [{ id: "a" }, { id: "b" }] } },
            ),
            node("2", "1", "assistant", { content_type: "thoughts", thoughts: [] }),
            node("3", "2", "assistant", text("Yes \ue200cite\ue202turn0\ue201indeed.")),
            node("4", "3", "user", {
              content_type: "multimodal_text",
              parts: [
                { content_type: "audio_transcription", text: "louder" },
                { content_type: "audio_asset_pointer", asset_pointer: "y" },
              ],
            }),
            node("5", "4", "assistant", { content_type: "code", text: 's("bd")' }),
            node("6", "5", "user", text("hidden"), { metadata: { is_visually_hidden_from_conversation: true } }),
          ],
          { id: "c" },
        ),
      ),
    )
    expect(shown(read)).toEqual([
      "user: like this",
      "assistant: Yes indeed.",
      "user: louder",
      'assistant: ```\ns("bd")\n```',
    ])
    expect(counts(read)).toEqual({ image: 1, attachment: 2, thinking: 1, meta: 1 })
    expect(read.identity).toBe("c")
  })

  it("of many conversations has a conversation for each, and none for empty ones", () => {
    const conversations = readConversations(
      JSON.stringify([
        conversation([node("1", null, "user", text("one"))], { id: "a" }),
        conversation([node("1", null, "system", text(""))], { id: "b" }),
        conversation([node("1", null, "user", text("two"))], { id: "c" }),
      ]),
    )
    expect(conversations.map((conversation) => [conversation.identity, ...shown(conversation)])).toEqual([
      ["a", "user: one"],
      ["c", "user: two"],
    ])
    expect(conversations[0]?.warnings).toEqual([
      { code: "talk-empty", message: "A conversation in which nothing was said was left out" },
    ])
  })

  it("goes by the newest message where the current one is not told, and knows odd ids", () => {
    const conversation = readConversation(
      JSON.stringify({
        mapping: JSON.parse(
          `{"__proto__": ${JSON.stringify(node("1", null, "user", text("one"))[1])}, "constructor": ${JSON.stringify(node("2", "__proto__", "assistant", text("two"))[1])}}`,
        ),
      }).replace('"parent":"__proto__"', '"parent":"__proto__"'),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
  })
})

describe("Claude's export", () => {
  const message = (uuid: string, parent: string, sender: string, text: string) => ({
    ...{ uuid, sender, text, parent_message_uuid: parent, created_at: "2026-01-01T00:00:00Z" },
    content: [{ type: "text", text }],
  })
  it("has a conversation for each conversation, with its branches", () => {
    const conversations = readConversations(
      JSON.stringify([
        {
          ...{ uuid: "c", name: "Dub", created_at: "2026-01-01T00:00:00Z" },
          chat_messages: [
            message("1", "0", "human", "one"),
            message("2", "1", "assistant", "old"),
            { ...message("3", "1", "assistant", "new"), attachments: [{ extracted_content: "x" }] },
          ],
        },
        { uuid: "e", name: "", chat_messages: [] },
      ]),
    )
    expect(conversations.map(shown)).toEqual([["user: one", "assistant: new"]])
    expect(conversations).toMatchObject([{ format: "claude-export", identity: "c", title: "Dub" }])
    expect(conversations[0]?.branches.map(shown)).toEqual([["assistant: old"]])
    expect(conversations[0]?.messages.map(({ key }) => key)).toEqual(["1", "3"])
  })
})

describe("OpenAI's Responses", () => {
  const response = (id: string, output: string, rest: object = {}) => ({
    ...{ object: "response", id, created_at: 1_772_000_000, previous_response_id: null },
    output: [{ type: "message", role: "assistant", content: [{ type: "output_text", text: output }] }],
    ...rest,
  })

  it("that follow on one another are one conversation, wherever they stand", () => {
    const conversation = readConversation(
      JSON.stringify([
        response("c", "six", { previous_response_id: "b", input: [{ role: "user", content: "five" }] }),
        response("a", "two", { input: "one" }),
        response("b", "four", { previous_response_id: "a", input: "three" }),
      ]),
    )
    expect(shown(conversation)).toEqual([
      ...["user: one", "assistant: two", "user: three", "assistant: four", "user: five", "assistant: six"],
    ])
    expect(conversation.identity).toBe("a")
  })

  it("that send the whole conversation along say nothing twice", () => {
    const first = [{ role: "user", content: "one" }]
    const second = [...first, { role: "assistant", content: "two" }, { role: "user", content: "three" }]
    const conversation = readConversation(
      lines(response("a", "two", { input: first }), response("b", "four", { input: second })),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two", "user: three", "assistant: four"])
    const again = readConversation(
      lines(response("a", "two", { input: first }), response("b", "more", { input: second.slice(0, 2) })),
    )
    expect(shown(again)).toEqual(["user: one", "assistant: two", "assistant: more"])
  })

  it("that have nothing to do with each other are conversations of their own", () => {
    const conversations = readConversations(
      lines(response("a", "two", { input: "one" }), response("b", "zwei", { input: "eins" })),
    )
    expect(conversations.map(shown)).toEqual([
      ["user: one", "assistant: two"],
      ["user: eins", "assistant: zwei"],
    ])
  })

  it("of one conversation are one conversation, and answers that fork it are its branches", () => {
    const conversation = { id: "conv" }
    const one = readConversation(lines(response("a", "two", { conversation }), response("b", "four", { conversation })))
    expect(one).toMatchObject({ identity: "conv" })
    expect(shown(one)).toEqual(["assistant: two", "assistant: four"])
    const forked = readConversation(
      lines(
        response("a", "root"),
        response("b", "old", { previous_response_id: "a" }),
        response("c", "new", { previous_response_id: "a" }),
      ),
    )
    expect(shown(forked)).toEqual(["assistant: root", "assistant: new"])
    expect(forked.branches.map(shown)).toEqual([["assistant: old"]])
  })

  it("are read from a log of what was sent and came back", () => {
    const output = [{ type: "message", role: "assistant", content: [{ type: "output_text", text: "two" }] }]
    expect(shown(readConversation(JSON.stringify({ input: "one", output })))).toEqual(["user: one", "assistant: two"])
  })

  it("of a chat completion are read too", () => {
    const completion = {
      ...{ object: "chat.completion", id: "cc", created: 1_772_000_000, model: "gpt-x" },
      choices: [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
    }
    const conversation = readConversation(JSON.stringify(completion))
    expect(conversation).toMatchObject({ identity: "cc", model: "gpt-x", startedAt: "2026-02-25T06:13:20.000Z" })
    expect(shown(conversation)).toEqual(["assistant: hello"])
  })
})

describe("lists of messages", () => {
  const message = (thread_id: string, role: string, value: string, created_at: number) => ({
    ...{ object: "thread.message", thread_id, role, created_at },
    content: [{ type: "text", text: { value, annotations: [] } }],
  })

  it("of several threads are conversations of their own", () => {
    const conversations = readConversations(
      JSON.stringify({
        object: "list",
        data: [message("b", "user", "three", 3), message("a", "assistant", "two", 2), message("a", "user", "one", 1)],
      }),
    )
    expect(conversations.map((conversation) => [conversation.identity, ...shown(conversation)])).toEqual([
      ["b", "user: three"],
      ["a", "user: one", "assistant: two"],
    ])
  })

  it("of a thread with its messages are put in order too", () => {
    const messages = [message("a", "assistant", "two", 2), message("a", "user", "one", 1)]
    expect(shown(readConversation(JSON.stringify({ id: "a", object: "thread", messages })))).toEqual([
      "user: one",
      "assistant: two",
    ])
  })

  it("said in the same second keep the order that the list turns round", () => {
    const data = [message("a", "assistant", "two", 1), message("a", "user", "one", 1)]
    expect(shown(readConversation(JSON.stringify({ object: "list", data })))).toEqual(["user: one", "assistant: two"])
    expect(shown(readConversation(JSON.stringify({ object: "list", data: data.toReversed() })))).toEqual([
      "user: one",
      "assistant: two",
    ])
  })

  it("without times are read from the end where they begin with an answer, which is told", () => {
    const item = (role: string, text: string) => ({ type: "message", role, content: [{ type: "input_text", text }] })
    const conversation = readConversation(
      JSON.stringify({ object: "list", data: [item("assistant", "two"), item("user", "one")] }),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
    expect(conversation.warnings.map(({ code }) => code)).toEqual(["order-reversed"])
  })
})
