import type { Message } from "@strudel-agent/contract/message"
import { expect, it } from "vitest"
import { type Conversation, conversationOf, shortened } from "./conversation.ts"

const message = (messageIndex: number, role: Message["role"], content: string): Message => ({
  ...{ sessionId: "7b0c7a5e-54a1-4c7e-8f1c-0d6b8f0a9d11", messageIndex, role, content, clientId: null },
  timestamp: "2026-01-01T00:00:00.000Z",
})
const told = (messages: Message[], askedIndex: number, former: Conversation["former"] = []) =>
  conversationOf({ messages, hasMore: false, run: { number: 9, askedIndex, continues: false }, former }).map(
    ({ text }) => text,
  )

it("keeps the order of what others answered, in a session that no run is known of", () => {
  const messages = [
    message(0, "user", "One?"),
    message(1, "assistant", "One."),
    message(2, "user", "Two?"),
    message(3, "assistant", "Two."),
    message(4, "user", "Three?"),
    message(5, "user", "Quick!"),
  ]
  expect(told(messages, 5)).toEqual(["One?", "One.", "Two?", "Two.", "Three?\n\nQuick!"])
})

it("tells what is asked last, although an earlier question was answered behind it", () => {
  const messages = [message(0, "user", "One?"), message(1, "user", "Two?"), message(2, "assistant", "One.")]
  const former = [{ number: 8, askedIndex: 0, continues: false, messageIndex: 2 }]
  expect(told(messages, 1, former)).toEqual(["One?", "One.", "Two?"])
})

it("begins with a person's turn, also where an agent spoke first", () => {
  const messages = [message(0, "assistant", "Hello."), message(1, "user", "One?")]
  expect(told(messages, 1)).toEqual(["[system] The agent begins.", "Hello.", "One?"])
})

it("shortens to nothing where there is no room", () => {
  expect(shortened("x".repeat(500), 0)).toBe("\n… (500 characters left out) …\n")
})
