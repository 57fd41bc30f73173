import type { McpClientId } from "./mcp-client-ids.ts"
import { repositoryFolder } from "./repository.ts"

export interface McpServer {
  /** The server's address, without a path. */
  url: string
  token: string | undefined
}

interface McpClient {
  name: string
  /** Where its settings are, or how they are given. */
  where: string
  /** The settings as they are written there. */
  settings: (server: McpServer) => string
}

const addressOf = ({ url }: McpServer): string => `${url}/mcp`
const headersOf = ({ token }: McpServer) => (token ? { headers: { Authorization: `Bearer ${token}` } } : {})
const json = (value: object): string => JSON.stringify(value, null, 2)

/** For an assistant that starts a program and opens no address. */
const program = ({ url, token }: McpServer) => ({
  command: "npm",
  args: ["--prefix", repositoryFolder() ?? "/path/to/strudel-agent", "run", "-s", "mcp"],
  env: { STRUDEL_URL: url, ...(token ? { STRUDEL_TOKEN: token } : {}) },
})

/** The clients whose settings are known, by the word that chooses them. */
export const mcpClients: Record<McpClientId, McpClient> = {
  "claude-code": {
    name: "Claude Code",
    where: "a command to run once",
    settings: (server) =>
      `claude mcp add --transport http strudel ${addressOf(server)}${server.token ? ` --header "Authorization: Bearer ${server.token}"` : ""}`,
  },
  "claude-desktop": {
    name: "Claude Desktop",
    where: "claude_desktop_config.json (Settings > Developer > Edit Config)",
    settings: (server) => json({ mcpServers: { strudel: program(server) } }),
  },
  vscode: {
    name: "VS Code",
    where: ".vscode/mcp.json",
    settings: (server) =>
      json({ servers: { strudel: { type: "http", url: addressOf(server), ...headersOf(server) } } }),
  },
  cursor: {
    name: "Cursor",
    where: ".cursor/mcp.json or ~/.cursor/mcp.json",
    settings: (server) => json({ mcpServers: { strudel: { url: addressOf(server), ...headersOf(server) } } }),
  },
  zed: {
    name: "Zed",
    where: "settings.json (zed: open settings)",
    settings: (server) => json({ context_servers: { strudel: { url: addressOf(server), ...headersOf(server) } } }),
  },
  windsurf: {
    name: "Windsurf",
    where: "~/.codeium/windsurf/mcp_config.json",
    settings: (server) => json({ mcpServers: { strudel: { serverUrl: addressOf(server), ...headersOf(server) } } }),
  },
  "gemini-cli": {
    name: "Gemini CLI",
    where: "~/.gemini/settings.json",
    settings: (server) => json({ mcpServers: { strudel: { httpUrl: addressOf(server), ...headersOf(server) } } }),
  },
}
