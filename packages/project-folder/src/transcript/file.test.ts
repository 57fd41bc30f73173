import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readConversation, readConversations, refusalOf } from "../testing/read-conversation.ts"
import { readTranscripts } from "./file.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"

const readFixture = (fileName: string) =>
  readFileSync(new URL(`../../fixtures/transcripts/${fileName}`, import.meta.url))
const parseFixture = (fileName: string) => readConversation(readFixture(fileName))
const parse = (...entries: unknown[]) => readConversation(entries.map((entry) => JSON.stringify(entry)).join("\n"))
const shown = ({ messages }: ParsedTranscript) => messages.map(({ role, content }) => `${role}: ${content}`)
const counts = ({ leftOut }: ParsedTranscript) =>
  Object.fromEntries(leftOut.map(({ reason, count }) => [reason, count]))
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe("a transcript of messages", () => {
  const plain = parseFixture("plain.jsonl")

  it("reads JSON Lines with all that a message has", () => {
    expect(plain).toMatchObject({ leftOut: [], warnings: [], startedAt: "2025-12-26T20:15:00.000Z" })
    expect(plain.messages).toMatchObject([
      { role: "user", content: "Make me a kick", timestamp: "2025-12-26T20:15:00.000Z" },
      {
        role: "assistant",
        timestamp: "2025-12-26T19:15:04.250Z",
        context: { item_type: "clip", item_id: "kick", project_id: "night-drive", code: 's("bd")' },
        code_changes: { item_type: "clip", item_id: "kick", before: 's("bd")', after: 's("bd*4")' },
      },
      { role: "note", content: "Saved as kick", timestamp: "2025-12-26T20:15:05.000Z" },
      { role: "user", content: "Größer, bitte 🚗", timestamp: "2025-12-26T20:16:00.123Z" },
    ])
  })

  it("gives every message the same client_id each time", () => {
    const ids = plain.messages.map(({ client_id }) => client_id)
    expect(new Set(ids).size).toBe(4)
    for (const id of ids) expect(id).toMatch(uuid)
    expect(parseFixture("plain.jsonl").messages.map(({ client_id }) => client_id)).toEqual(ids)
  })

  it.each(["windows.jsonl", "array.json"])("reads the same out of %s", (fileName) => {
    expect(parseFixture(fileName)).toEqual(plain)
  })

  it("reads the same out of an object, with its title and beginning", () => {
    expect(parseFixture("object.json")).toEqual({
      ...plain,
      title: "Kick session",
      startedAt: "2025-12-26T20:14:00.000Z",
    })
  })

  it("gives the messages before what was added later the same client_id", () => {
    const text = readFixture("plain.jsonl")
    const { messages } = readConversation(`${text}\n{"role":"user","content":"more"}\n`)
    expect(messages.slice(0, 4)).toEqual(plain.messages)
  })

  it("tells messages apart that say the same", () => {
    const [first, second] = parse({ role: "user", content: "yes" }, { role: "user", content: "yes" }).messages
    expect(first?.client_id).not.toBe(second?.client_id)
  })

  it("keeps a client_id that a message brings, once", () => {
    const id = "0A000000-0000-4000-8000-000000000001"
    const { messages, warnings } = parse(
      { role: "user", content: "a", client_id: id },
      { role: "user", content: "b", client_id: id },
      { role: "user", content: "c", client_id: "no" },
    )
    expect(messages[0]?.client_id).toBe(id.toLowerCase())
    expect(messages[1]?.client_id).toMatch(uuid)
    expect(messages[2]?.client_id).toMatch(uuid)
    expect(warnings.map(({ code }) => code)).toEqual(["client-id-replaced", "client-id-replaced"])
  })

  it("leaves out context and code changes that the library could not keep", () => {
    const deep = "[".repeat(10_000) + "]".repeat(10_000)
    const { messages, warnings } = readConversation(
      [
        '{"role": "user", "content": "a", "context": "kick", "code_changes": {"before": 5}}',
        `{"role": "user", "content": "b", "context": ${deep}, "code_changes": [{"before": null, "after": "x\\u0000"}]}`,
      ].join("\n"),
    )
    expect(messages).toEqual([
      { role: "user", content: "a", client_id: expect.any(String) },
      { role: "user", content: "b", code_changes: [{ before: null, after: "x\ufffd" }], client_id: expect.any(String) },
    ])
    expect(warnings.map(({ code }) => code)).toEqual(["field-dropped", "field-dropped", "field-dropped"])
  })
})

describe("a damaged transcript", () => {
  it("reports bad lines by number and reads the rest", () => {
    const parsed = parseFixture("malformed-lines.jsonl")
    expect(shown(parsed)).toEqual([
      "user: one",
      "assistant: two",
      "note: too loud",
      "user: late",
      "user: nul \ufffd and half \ufffd",
    ])
    expect(parsed.leftOut).toEqual([
      { reason: "malformed-line", count: 2, lines: [2, 4] },
      { reason: "unknown-entry", count: 2, lines: [6, 7] },
      { reason: "empty", count: 1, lines: [9] },
    ])
    expect(parsed.warnings.map(({ code }) => code)).toEqual([
      "line-malformed",
      "line-repaired",
      "line-malformed",
      "role-unknown",
      "timestamp-invalid",
      "value-replaced",
    ])
    expect(parsed.warnings[0]?.message).toContain("Line 2")
  })

  it("reads an array with a trailing comma", () => {
    const parsed = parseFixture("array-trailing-comma.json")
    expect(shown(parsed)).toEqual(["user: one", "assistant: two"])
    expect(parsed.leftOut).toEqual([])
    expect(parsed.warnings.map(({ code }) => code)).toEqual(["line-repaired"])
  })

  it("reads an array that was cut off, and says where", () => {
    const parsed = parseFixture("array-cut-off.json")
    expect(shown(parsed)).toEqual(['user: one "{ not a brace'])
    expect(parsed.leftOut).toEqual([{ reason: "malformed-line", count: 1, lines: [6] }])
  })

  it("reads an array of one message a line that was cut off", () => {
    const text = '[\n{"role":"user","content":"a"},\n{"role":"user","content":"b"},\n{"role":"us'
    const parsed = readConversation(text)
    expect(shown(parsed)).toEqual(["user: a", "user: b"])
    expect(parsed.leftOut).toEqual([{ reason: "malformed-line", count: 1, lines: [4] }])
  })

  it("reads objects written one after the other over several lines", () => {
    const text = ["one", "two"].map((content) => JSON.stringify({ role: "user", content }, null, 2)).join("\n")
    expect(shown(readConversation(text))).toEqual(["user: one", "user: two"])
  })

  it.each(["", "\n\n", "hello", "{}", "[]", "null", "{".repeat(5000), "[".repeat(5000)])(
    "finds no messages in %.20j",
    (text) => {
      expect(refusalOf(text)).toBeDefined()
    },
  )

  it("warns of each kind only so often", () => {
    const { leftOut, warnings } = readConversation(`${"x\n".repeat(1000)}{"role":"user","content":"at last"}`)
    expect(leftOut).toEqual([{ reason: "malformed-line", count: 1000, lines: expect.any(Array) }])
    expect(leftOut[0]?.lines).toHaveLength(100)
    expect(warnings).toHaveLength(21)
    expect(warnings.at(-1)).toEqual({ code: "line-malformed", message: "980 more of the same kind" })
  })
})

describe("a transcript of an agent", () => {
  it("reduces Claude Code's records to what was said", () => {
    const parsed = parseFixture("claude-code.jsonl")
    expect(shown(parsed)).toEqual([
      "user: Make the kick heavier",
      "assistant: I add some shape.\n\nSaved.",
      "user: Like in this picture",
      "assistant: Done, it is heavier.",
      "system: Conversation compacted",
    ])
    expect(parsed.messages[1]?.timestamp).toBe("2025-12-26T20:20:04.500Z")
    expect(parsed.title).toBe("A kick for the night drive")
    expect(parsed.leftOut).toEqual([
      { reason: "summary", count: 1, lines: [1] },
      { reason: "meta", count: 2, lines: [2, 3] },
      { reason: "thinking", count: 1, lines: [5] },
      { reason: "tool-call", count: 1, lines: [7] },
      { reason: "tool-result", count: 1, lines: [8] },
      { reason: "sidechain", count: 1, lines: [10] },
      { reason: "image", count: 1, lines: [11] },
      { reason: "repeated", count: 1, lines: [12] },
    ])
    expect(parsed.warnings).toEqual([])
  })

  it.each(["openai.jsonl", "openai-array.json"])("reduces OpenAI's forms to what was said: %s", (fileName) => {
    const parsed = parseFixture(fileName)
    expect(shown(parsed)).toEqual([
      "system: You write Strudel code.",
      "user: A hat please",
      'assistant: s("hh*8")\n\nSwing it with .late().',
      "assistant: I can't play that loud.",
    ])
    expect(counts(parsed)).toEqual({ image: 1, "tool-call": 3, "tool-result": 2, thinking: 1 })
    expect(parsed.messages[3]?.timestamp).toBe("2025-12-26T20:16:40.500Z")
  })

  it("reads a conversation a line as a conversation each", () => {
    expect(readConversations(readFixture("fine-tuning.jsonl")).map(shown)).toEqual([
      ["system: Short answers.", "user: bpm?", "assistant: 124"],
      ["user: scale?", "assistant: A minor"],
    ])
  })

  it("reads messages in envelopes", () => {
    const parsed = parse(
      { timestamp: "2025-12-26T20:00:00Z", type: "session_meta", payload: { id: "x" } },
      {
        timestamp: "2025-12-26T20:00:01Z",
        type: "response_item",
        payload: { type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] },
      },
      { timestamp: "2025-12-26T20:00:02Z", type: "response_item", payload: { type: "reasoning", summary: [] } },
    )
    expect(parsed.messages).toMatchObject([{ role: "user", content: "hi", timestamp: "2025-12-26T20:00:01.000Z" }])
    expect(counts(parsed)).toEqual({ meta: 1, thinking: 1 })
  })
})

describe("any text", () => {
  it("is read without failing, with content that can be stored", () => {
    const part = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc
        .record({ role: fc.string(), content: fc.jsonValue(), timestamp: fc.jsonValue() })
        .map((entry) => JSON.stringify(entry)),
      fc
        .record({ type: fc.constantFrom("user", "assistant", "system", "summary"), message: fc.jsonValue() })
        .map((entry) => JSON.stringify(entry)),
    )
    fc.assert(
      fc.property(fc.array(part), fc.constantFrom("\n", "\r\n", ",\n", ""), (parts, end) => {
        const read = readTranscripts({ bytes: new TextEncoder().encode(parts.join(end)) })
        if ("refusal" in read) expect(read.refusal).toMatch(/^it /)
        for (const { messages } of "conversations" in read ? read.conversations : []) {
          for (const { content } of messages) {
            expect(content.trim()).not.toBe("")
            expect(content).not.toMatch(/[\0\p{Surrogate}]/u)
            expect(content).not.toContain("\u001b")
          }
          expect(new Set(messages.map(({ client_id }) => client_id)).size).toBe(messages.length)
        }
      }),
      { numRuns: 500 },
    )
  })
})
