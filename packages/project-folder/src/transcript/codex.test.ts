import { describe, expect, it } from "vitest"
import { counts, lines, readConversation, readConversations, shown } from "../testing/read-conversation.ts"

let second = 0
const time = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second++)).toISOString()
const head = (id: string, rest: object = {}) => ({ timestamp: time(), type: "session_meta", payload: { id, ...rest } })
const item = (role: string, ...texts: string[]) => ({
  timestamp: time(),
  type: "response_item",
  payload: { type: "message", role, content: texts.map((text) => ({ type: "input_text", text })) },
})
const event = (type: string, rest: object) => ({ timestamp: time(), type: "event_msg", payload: { type, ...rest } })
const asked = (message: string) => event("user_message", { message })
const answered = (message: string) => event("agent_message", { message })
const completed = (type: string, text: string) =>
  event("item_completed", { item: { type, content: [{ type: "Text", text }] } })

describe("a message that Codex records more than once", () => {
  it("is told once, whichever record comes first and whatever else there is", () => {
    const conversation = readConversation(
      lines(
        ...[head("c"), asked("one"), item("user", "one"), completed("UserMessage", "one")],
        ...[completed("AgentMessage", "two"), item("assistant", "two"), answered("two")],
        ...[asked("only told as an event"), item("assistant", "three")],
      ),
    )
    expect(shown(conversation)).toEqual([
      "user: one",
      "assistant: two",
      "user: only told as an event",
      "assistant: three",
    ])
  })

  it("is told as often as it was said", () => {
    const conversation = readConversation(
      lines(
        ...[head("c"), item("user", "again"), asked("again"), item("user", "again"), asked("again")],
        ...[answered("ok"), asked("again"), answered("ok"), item("assistant", "ok")],
      ),
    )
    expect(shown(conversation)).toEqual(["user: again", "user: again", "assistant: ok", "user: again", "assistant: ok"])
  })

  it("is told once where one record has the picture in its text", () => {
    const conversation = readConversation(
      lines(
        head("c"),
        {
          ...{ timestamp: time(), type: "response_item" },
          payload: {
            ...{ type: "message", role: "user" },
            content: [
              { type: "input_text", text: '<image name="[Image #1]">' },
              { type: "input_image", image_url: "data:" },
              { type: "input_text", text: "</image>" },
              { type: "input_text", text: "[Image #1] like this" },
            ],
          },
        },
        asked("[Image #1] like this"),
      ),
    )
    expect(shown(conversation)).toEqual(["user: [Image #1] like this"])
  })
})

describe("what Codex writes in the user's name", () => {
  it("is left out and counted, and the person's words stay", () => {
    const ide = "# Context from my IDE setup:\n\n## Active file: a.js\n\n## My request for Codex:\nslower"
    const agents = "# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nbe nice\n</INSTRUCTIONS>"
    const conversation = readConversation(
      lines(
        ...[head("c"), item("user", `${agents}\n\nand a bell`), item("user", ide), asked(ide)],
        item("user", "<turn_aborted>\nstopped\n</turn_aborted>"),
        item("user", "<user_shell_command><command>ls</command></user_shell_command>"),
        item("user", "<subagent_notification>{}</subagent_notification>"),
        item("user", "<skill>\n<name>x</name>\n</skill>"),
        item("system", "be brief"),
      ),
    )
    expect(shown(conversation)).toEqual(["user: and a bell", "user: slower"])
    expect(counts(conversation)).toEqual({
      ...{ meta: 1, instructions: 3, attachment: 1, interruption: 1 },
      ...{ "shell-command": 1, notification: 1 },
    })
  })

  it("is what they wrote where they only speak of it", () => {
    const words = "My AGENTS.md instructions:\n# AGENTS.md instructions are short"
    expect(shown(readConversation(lines(head("c"), item("user", words))))).toEqual([`user: ${words}`])
  })
})

describe("a conversation that Codex took back to an earlier prompt", () => {
  it("goes on from there, and what was taken back is a branch", () => {
    const conversation = readConversation(
      lines(
        ...[head("c"), asked("one"), answered("two"), asked("wrong"), answered("very wrong")],
        ...[event("thread_rolled_back", { num_turns: 1 }), asked("right"), answered("good")],
        event("thread_name_updated", { thread_name: "Bells" }),
      ),
    )
    expect(shown(conversation)).toEqual(["user: one", "assistant: two", "user: right", "assistant: good"])
    expect(conversation.branches).toMatchObject([{ leavesAfter: 2, firstWords: "wrong" }])
    expect(conversation.title).toBe("Bells")
  })

  it("ends there, where nothing was said behind", () => {
    const conversation = readConversation(
      lines(head("c"), asked("one"), answered("two"), event("thread_rolled_back", { num_turns: 9 })),
    )
    expect(shown(conversation)).toEqual([])
    expect(conversation.branches.map(shown)).toEqual([["user: one", "assistant: two"]])
  })
})

describe("whose conversation a rollout of Codex is", () => {
  it("is what its first head says, and a fork tells its original", () => {
    const told = readConversation(lines(head("fork", { forked_from_id: "original" }), head("original"), asked("one")))
    expect(told).toMatchObject({ identity: "fork", forkedFrom: "original" })
    const untold = readConversation(lines(head("fork"), head("original"), asked("one")))
    expect(untold).toMatchObject({ identity: "fork", forkedFrom: "original" })
  })

  it("is told apart where a file holds several", () => {
    const conversations = readConversations(lines(head("a"), asked("one"), head("b"), asked("two"), answered("three")))
    expect(conversations.map((conversation) => [conversation.identity, ...shown(conversation)])).toEqual([
      ["a", "user: one"],
      ["b", "user: two", "assistant: three"],
    ])
  })

  it("is told by the oldest form and by the stream of codex exec too", () => {
    const oldest = {
      session: { id: "o", timestamp: "2025-05-01T00:00:00Z", instructions: "" },
      items: [
        { type: "message", role: "user", content: [{ type: "input_text", text: "one" }] },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "two" }] },
      ],
    }
    const conversation = readConversation(JSON.stringify(oldest, null, 2))
    expect(shown(conversation)).toEqual(["user: one", "assistant: two"])
    expect(conversation).toMatchObject({ format: "codex", identity: "o", startedAt: "2025-05-01T00:00:00.000Z" })
    const streamed = readConversation(
      lines(
        { type: "thread.started", thread_id: "t" },
        { type: "turn.started" },
        { type: "item.completed", item: { id: "1", type: "reasoning", text: "hm" } },
        { type: "item.completed", item: { id: "2", type: "agent_message", text: "done" } },
        { type: "turn.completed", usage: {} },
      ),
    )
    expect(shown(streamed)).toEqual(["assistant: done"])
    expect(streamed.identity).toBe("t")
  })
})
