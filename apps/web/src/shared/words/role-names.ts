import type { MessageRole } from "@strudel-agent/contract/message"

/** Who speaks, in words. */
export const roleNames: Record<MessageRole, string> = {
  user: "User",
  assistant: "Assistant",
  system: "System",
  note: "Note",
}
