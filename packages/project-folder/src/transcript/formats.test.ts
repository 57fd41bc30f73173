import { describe, expect, it } from "vitest"
import {
  counts,
  readConversation,
  readConversations,
  readFixture,
  refusalOf,
  shown,
} from "../testing/read-conversation.ts"

const fixture = (fileName: string) => readConversation(readFixture(fileName))

describe("what programs record and export", () => {
  it("Claude Code: the live branch is the conversation, and the other one is told by its first words", () => {
    const conversation = fixture("claude-rewind.jsonl")
    expect(shown(conversation)).toEqual([
      "user: A slow kick, 90 bpm",
      'assistant: s("bd*2") at 90.',
      "user: Put a rim on three",
      'assistant: s("~ ~ rim ~")',
    ])
    expect(conversation.branches).toHaveLength(1)
    expect(conversation.branches[0]).toMatchObject({ leavesAfter: 2, firstWords: "Turn it into a polka" })
    expect(conversation.branches.map(shown)).toEqual([
      ["user: Turn it into a polka", 'assistant: Oom-pah: s("bd hh sd hh")'],
    ])
    expect(conversation).toMatchObject({
      format: "claude-code",
      identity: "5d0c8a52-9a0e-4b5e-8f2a-6f1f3b0c1a01",
      model: "claude-x",
      firstWords: "A slow kick, 90 bpm",
      startedAt: "2026-03-01T19:00:00.000Z",
      lastActiveAt: "2026-03-01T19:03:08.000Z",
      leftOut: [],
      warnings: [],
    })
  })

  it("Claude Code: a prompt that was typed while the agent worked is told once, at its place", () => {
    const conversation = fixture("claude-queued.jsonl")
    expect(shown(conversation)).toEqual([
      "user: Start a garage beat",
      "user: shuffle the hats a little",
      "assistant: Shuffled: .swingBy(1/5, 8)",
    ])
    expect(counts(conversation)).toEqual({ "tool-call": 1, "tool-result": 1 })
  })

  it("Claude Code: what the program wrote in the user's name is counted, and no terminal code is left", () => {
    const conversation = fixture("claude-local-command.jsonl")
    expect(shown(conversation)).toEqual(["user: Brighter claps", 'assistant: s("cp").hpf(900) docs'])
    expect(counts(conversation)).toEqual({
      meta: 1,
      command: 1,
      "command-output": 1,
      reminder: 1,
      "terminal-code": 2,
      interruption: 1,
    })
    expect(conversation.firstWords).toBe("Brighter claps")
  })

  it("Claude Code: a compaction neither doubles nor cuts off the talk", () => {
    const conversation = fixture("claude-compaction.jsonl")
    expect(shown(conversation)).toEqual([
      "user: Chords in F dorian",
      'assistant: chord("<Fm7 Bb7>").voicing()',
      "system: Conversation compacted",
      "user: And a lead over them",
      'assistant: n("0 4 7").scale("f:dorian")',
    ])
    expect(counts(conversation)).toEqual({ compaction: 1, repeated: 2 })
    expect(conversation.branches).toEqual([])
  })

  it("Claude Code: tools that run in parallel make one talk", () => {
    const conversation = fixture("claude-parallel.jsonl")
    expect(shown(conversation)).toEqual([
      "user: Look at both clips",
      "assistant: Looking at both.",
      "user: the second one is the newer",
      "assistant: Right.",
      "assistant: Right.",
      "user: [Image #1] as on this screen",
    ])
    expect(conversation).toMatchObject({ title: "Two clips compared", branches: [] })
    expect(counts(conversation)).toEqual({
      ...{ "tool-call": 2, "tool-result": 2, "program-error": 1, summary: 1, image: 1 },
      ...{ "shell-command": 1, notification: 1 },
    })
  })

  it("Claude Code: the last title of the person goes before any of the program", () => {
    expect(fixture("claude-titled.jsonl")).toMatchObject({ title: "Night bus", leftOut: [] })
  })

  it("Claude Code: a fork has its own identity, and the keys of what it shares", () => {
    const [original, fork] = [fixture("claude-original.jsonl"), fixture("claude-fork.jsonl")]
    expect(original.identity).not.toBe(fork.identity)
    const keys = ({ messages }: typeof fork) => messages.map(({ key }) => key)
    expect([keys(original), keys(fork)]).toEqual([
      ["f1", "f2", "f3", "f4"],
      ["f1", "f2", "g3", "g4"],
    ])
    expect(original.messages.slice(0, 2)).toEqual(fork.messages.slice(0, 2))
  })

  it("Codex: each message once, without what the program told the agent", () => {
    const conversation = fixture("codex.jsonl")
    expect(shown(conversation)).toEqual(["user: A rolling bass, please", 'assistant: note("g1*16").s("saw")'])
    expect(conversation).toMatchObject({
      format: "codex",
      identity: "0199a6f2-3c1e-7b22-9d7e-000000000001",
      model: "gpt-x",
      startedAt: "2026-03-09T19:00:00.000Z",
      lastActiveAt: "2026-03-09T19:00:04.001Z",
    })
    expect(counts(conversation)).toEqual({
      ...{ meta: 2, instructions: 3, thinking: 1 },
      ...{ "tool-call": 1, "tool-result": 1, compaction: 1 },
    })
  })

  it("Codex: the older form, and that of events alone", () => {
    const old = fixture("codex-old.jsonl")
    expect(shown(old)).toEqual(["user: Make the intro longer", "assistant: Sixteen bars now."])
    expect(old).toMatchObject({ format: "codex", identity: "0198aa10-0000-7000-8000-000000000002" })
    expect(old.startedAt).toBe("2026-03-10T19:00:00.000Z")
    const events = fixture("codex-events.jsonl")
    expect(shown(events)).toEqual(["user: Only drums", "assistant: Muted the rest."])
    expect(events.messages[1]?.timestamp).toBe("2026-03-11T19:00:03.000Z")
  })

  it("Gemini CLI: one object", () => {
    const conversation = fixture("gemini.json")
    expect(shown(conversation)).toEqual(["user: A drone in C", 'assistant: note("c2").s("triangle").slow(16)'])
    expect(conversation).toMatchObject({ format: "gemini-cli", identity: "6f0a1c8e-0001", model: "gemini-x" })
    expect(counts(conversation)).toEqual({ "tool-call": 1, thinking: 1, notice: 1 })
  })

  it("Gemini CLI: lines, with messages written again and taken back", () => {
    const conversation = fixture("gemini.jsonl")
    expect(shown(conversation)).toEqual([
      "user: A pad under it @pad.js",
      'assistant: s("saw").lpf(300)',
      "user: Let it breathe",
      "assistant: .attack(2)",
    ])
    expect(conversation.branches.map(shown)).toEqual([["user: Make it a choir", "assistant: There is no choir."]])
    expect(conversation.branches).toMatchObject([{ leavesAfter: 2, firstWords: "Make it a choir" }])
    expect(conversation).toMatchObject({
      identity: "6f0a1c8e-0002",
      title: "A breathing pad",
      lastActiveAt: "2026-03-13T19:02:05.000Z",
    })
    expect(counts(conversation)).toEqual({ attachment: 1 })
  })

  it("ChatGPT: the way to the current node, and the answer that was replaced", () => {
    const conversation = fixture("chatgpt.json")
    expect(shown(conversation)).toEqual(["user: What do I call my set?", "assistant: High water"])
    expect(conversation.branches.map(shown)).toEqual([["assistant: Low tide"]])
    expect(conversation).toMatchObject({
      format: "chatgpt",
      identity: "c0ffee00-0000-4000-8000-000000000001",
      title: "Names for a set",
      model: "gpt-x",
      lastActiveAt: "2026-02-25T06:13:29.000Z",
    })
    expect(counts(conversation)).toEqual({ meta: 1, instructions: 1, "tool-call": 1, "tool-result": 1 })
  })

  it("the AI SDK: parts, and the time in the metadata", () => {
    const conversation = fixture("ai-sdk.json")
    expect(shown(conversation)).toEqual(["user: One stab, please", 'assistant: s("saw").decay(.1)'])
    expect(conversation).toMatchObject({ format: "ai-sdk", startedAt: "2026-02-25T06:13:20.000Z" })
    expect(counts(conversation)).toEqual({ thinking: 1, "tool-call": 1 })
  })

  it("OpenAI's Responses: input and output", () => {
    const conversation = fixture("responses.json")
    expect(shown(conversation)).toEqual(["user: Hello?", "assistant: Good evening."])
    expect(conversation).toMatchObject({ format: "openai-responses", identity: "resp_1", model: "gpt-x" })
    expect(counts(conversation)).toEqual({ instructions: 1, thinking: 1 })
  })

  it("OpenAI's Assistants: the oldest first", () => {
    const conversation = fixture("assistants.json")
    expect(shown(conversation)).toEqual(["user: Where does the bass start?", "assistant: On the one."])
    expect(conversation).toMatchObject({ format: "openai-assistants", identity: "thread_1", warnings: [] })
  })

  it("ShareGPT: a conversation a line", () => {
    const conversations = readConversations(readFixture("sharegpt.jsonl"))
    expect(conversations.map(shown)).toEqual([
      ["system: You play bass.", "user: Walk in G", 'assistant: note("g1 b1 d2 e2")'],
      ["user: Walk in A", 'assistant: note("a1 c2 e2")'],
    ])
    expect(conversations.map(({ format, identity }) => [format, identity])).toEqual([
      ["sharegpt", "sg_1"],
      ["sharegpt", "sg_2"],
    ])
  })

  it("talks that begin alike and do not say whose they are have no identity", () => {
    for (const name of ["same-start-1.json", "same-start-2.json"]) expect(fixture(name).identity).toBeUndefined()
  })

  it("a file with a byte order mark, Windows' line ends and a last line that is cut off", () => {
    const conversation = fixture("torn.jsonl")
    expect(shown(conversation)).toEqual(["user: first of three", "assistant: second"])
    expect(conversation.leftOut).toEqual([{ reason: "malformed-line", count: 1, lines: [3] }])
  })

  it("an empty file is refused as that", () => {
    expect(refusalOf(readFixture("empty.jsonl"))).toBe("it is empty")
  })
})
