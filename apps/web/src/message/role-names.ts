import type { MessageRole } from "@strudel-agent/api/schema/message"

/** Who speaks, in words. */
export const roleNames: Record<MessageRole, string> = {
  user: "User",
  assistant: "Agent",
  system: "System",
  note: "Note",
}
