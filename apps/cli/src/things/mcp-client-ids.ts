/** The words that choose an assistant whose settings are known. */
export const mcpClientIds = [
  "claude-code",
  "claude-desktop",
  "vscode",
  "cursor",
  "zed",
  "windsurf",
  "gemini-cli",
] as const
export type McpClientId = (typeof mcpClientIds)[number]
