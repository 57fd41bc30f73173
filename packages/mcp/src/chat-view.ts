import type { McpServer } from "@modelcontextprotocol/server"
import type { AnyTool } from "@strudel-agent/tools/tool"

/** The page in which chats show a clip or a song, as MCP Apps names it. */
const uri = "ui://strudel-agent/item.html"
const mimeType = "text/html;profile=mcp-app"

/** Tools that answer with a clip or a song that is worth to be seen and heard. */
const showing = new Set(["read", "save_clip", "compare_versions", "restore_version", "arrange_song"])

/** What a tool says of the page that shows its answer; the second name is the one that older chats know. */
export const viewOf = ({ name }: AnyTool): { _meta?: Record<string, unknown> } =>
  showing.has(name) ? { _meta: { ui: { resourceUri: uri }, "ui/resourceUri": uri } } : {}

/** Registers the page; `load` reads it when a chat first asks for it. */
export function addChatView(server: McpServer, load: () => Promise<string>): void {
  const ui = { prefersBorder: true }
  server.registerResource(
    "item-view",
    uri,
    {
      title: "Clip or song",
      description: "Shows, plays, compares and changes the clip or song that a tool answered with",
      mimeType,
      _meta: { ui },
    },
    async () => ({ contents: [{ uri, mimeType, text: await load(), _meta: { ui } }] }),
  )
}
