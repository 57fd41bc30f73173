import fc from "fast-check"
import { expect, it } from "vitest"
import { readTranscripts } from "./file.ts"

const keys = [
  ...[
    "type",
    "role",
    "content",
    "text",
    "parts",
    "message",
    "messages",
    "uuid",
    "parentUuid",
    "logicalParentUuid",
    "id",
  ],
  ...["sessionId", "session_id", "timestamp", "payload", "item", "mapping", "current_node", "parent", "author", "from"],
  ...["value", "conversations", "chat_messages", "sender", "output", "input", "object", "data", "attachment", "prompt"],
  ...["operation", "isMeta", "isSidechain", "subtype", "origin", "context", "code_changes", "client_id", "summary"],
  ...["$set", "$rewindTo", "projectHash", "toolCalls", "thoughts", "previous_response_id", "thread_id", "created_at"],
  ...["metadata", "toolUseResult", "answers", "session", "items", "choices", "recipient", "content_type", "num_turns"],
  ...["__proto__", "constructor", "leafUuid", "customTitle", "aiTitle", "conversation", "instructions"],
]
const words = [
  ...["user", "assistant", "system", "tool", "attachment", "queued_command", "queue-operation", "enqueue", "dequeue"],
  ...["response_item", "event_msg", "session_meta", "user_message", "agent_message", "thread_rolled_back", "compacted"],
  ...["gemini", "info", "human", "gpt", "response", "list", "thread.message", "text", "tool_result", "tool_use"],
  ...["compact_boundary", "custom-title", "summary", "item_completed", "message", "reasoning", "a", "b", "c"],
  ...["<system-reminder>x</system-reminder>", "<command-name>/x</command-name>", "\u001b[1mbold", "popAll", ""],
]
const { value } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...words),
    fc.constantFrom(null, true, false, 0, 1, -1, 1e21, 1_772_000_000),
    tie("object"),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
  object: fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 7 }),
}))

it("reads or refuses whatever its records hold, with messages that can be stored", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), fc.boolean(), (values, isList) => {
      const text = isList ? JSON.stringify(values) : values.map((each) => JSON.stringify(each)).join("\n")
      const read = readTranscripts({ bytes: new TextEncoder().encode(text) })
      if ("refusal" in read) expect(read.refusal).toMatch(/^it /)
      for (const conversation of "conversations" in read ? read.conversations : []) {
        for (const { messages } of [conversation, ...conversation.branches]) {
          for (const { content, context, code_changes, client_id } of messages) {
            expect(content.trim() !== "" || context !== undefined || code_changes !== undefined).toBe(true)
            expect(content).not.toContain("\u001b")
            expect(client_id).toMatch(/^[0-9a-f-]{36}$/)
          }
        }
        for (const { count, lines } of conversation.leftOut) expect(count).toBeGreaterThanOrEqual(lines.length)
      }
    }),
    { numRuns: 500 },
  )
})
