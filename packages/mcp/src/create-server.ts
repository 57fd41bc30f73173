import { McpServer, type ServerOptions } from "@modelcontextprotocol/server"
import type { AnyTool, ToolContext } from "@strudel-agent/tools/tool"
import { addChatView } from "./chat-view.ts"
import { addPrompts } from "./prompts.ts"
import { addResources } from "./resources.ts"
import { addTools } from "./tools.ts"

/** What else a server has, beside the tools, resources and prompts of the library. */
export interface Extension {
  /** How the states are checked that clients give back to calls in several rounds. */
  requestState?: ServerOptions["requestState"]
  extend(server: McpServer): void
}

export interface ServerSettings {
  context: ToolContext
  tools: readonly AnyTool[]
  version: string
  /** Whether what serves it tells of changes to those who subscribe. */
  subscribe: boolean
  /** Reads the page in which chats show clips and songs; without it tools answer in words alone. */
  loadView?: (() => Promise<string>) | undefined
  extension?: Extension | undefined
  /** Hears of errors that are nobody's to mend; a model is only told that something went wrong. */
  onError?: ((error: unknown) => void) | undefined
}

const instructions = `A library of live-coded music in Strudel. Clips are pieces of code, songs are clips in sections, playlists are songs in order; each belongs to a project. Everything has a uri such as strudel://clip/house/kick.
To make music: look functions and sounds up with reference, check code with check_code, save it with save_clip, arrange with arrange_song. Read before you change, and pass the version you read. Never invent a function: reference says what exists.`

/** Seconds for which lists of tools and prompts may be kept, as milliseconds. */
const keep = { ttlMs: 300_000, cacheScope: "private" } as const

/** A server of the Model Context Protocol with the tools that are chosen, and what can be read and asked for. */
export function createServer(settings: ServerSettings): McpServer {
  const { subscribe, extension } = settings
  const server = new McpServer(
    { name: "strudel-agent", title: "Strudel Agent", version: settings.version },
    {
      instructions,
      capabilities: {
        // These are the same for as long as a program runs.
        tools: { listChanged: false },
        prompts: { listChanged: false },
        completions: {},
        resources: { subscribe, listChanged: subscribe },
      },
      cacheHints: {
        "tools/list": keep,
        "prompts/list": keep,
        "resources/templates/list": keep,
        "server/discover": keep,
      },
      ...(extension?.requestState ? { requestState: extension.requestState } : {}),
    },
  )
  addTools(server, settings)
  addResources(server, settings.context)
  addPrompts(server, settings.context)
  if (settings.loadView) addChatView(server, settings.loadView)
  extension?.extend(server)
  return server
}
