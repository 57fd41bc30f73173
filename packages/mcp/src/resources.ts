import {
  type McpServer,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server"
import { reasonOf } from "@strudel-agent/client/reason"
import type { ItemKind } from "@strudel-agent/contract/item"
import { reasons } from "@strudel-agent/contract/reason"
import { entries } from "@strudel-agent/reference/entries"
import { adviceOf, ToolProblem } from "@strudel-agent/tools/advice"
import { readThing } from "@strudel-agent/tools/read-thing"
import type { ToolContext } from "@strudel-agent/tools/tool"
import { parseUri, type Thing, uriOf } from "@strudel-agent/tools/uri"
import { namesOfProjects, namesOfThings } from "./completions.ts"

/** Rows that a list of resources tells of each kind: it is an appetiser, and search and list find the rest. */
const listed = 30

const mediaTypes: Record<Thing["kind"], string> = {
  ...{ clip: "text/javascript", song: "text/markdown", playlist: "text/markdown" },
  ...{ project: "text/markdown", session: "text/plain", reference: "text/plain" },
}

/** Whether an error says that an address names nothing that there is, or can be. */
function isNotFound(error: unknown): boolean {
  if (error instanceof ToolProblem) return true
  const reason = reasonOf(error)
  if (reason === undefined || reason === "UNREACHABLE") return false
  const { code } = reasons[reason]
  return code === "NOT_FOUND" || code === "BAD_REQUEST"
}

/** Reads what an address names; a clip is its code alone. */
async function readResource(href: string, context: ToolContext): Promise<ReadResourceResult> {
  const thing = parseUri(href)
  if (!thing) throw new ResourceNotFoundError(href)
  try {
    const { text, code } = await readThing(thing, { detail: true }, context)
    return { contents: [{ uri: href, mimeType: mediaTypes[thing.kind], text: code ?? text }] }
  } catch (error) {
    const advice = adviceOf(error)
    if (advice === undefined) throw error
    throw isNotFound(error) ? new ResourceNotFoundError(href, advice) : new Error(advice, { cause: error })
  }
}

interface Named {
  uri: string
  name: string
  mimeType: string
}

const listing = (read: () => Promise<Named[]>) => async () => ({ resources: await read() })

/** Registers everything that can be read: templates, lists of what changed last, and completion. */
export function addResources(server: McpServer, context: ToolContext): void {
  const { client } = context
  const read = (uri: URL) => readResource(uri.href, context)
  const complete = { project: (begins: string) => namesOfProjects(client, begins) }
  const completeOf = (kind: ItemKind) => ({
    ...complete,
    id: (begins: string, asked?: { arguments?: Record<string, string> }) =>
      namesOfThings(client, { kind, begins, projectId: asked?.arguments?.project }),
  })

  server.registerResource(
    "clip",
    new ResourceTemplate("strudel://clip/{project}/{id}", {
      list: listing(async () => {
        const { items } = await client.clip.cards.query({ limit: listed })
        return items.map(({ projectId, id, name }) => ({
          uri: uriOf({ kind: "clip", projectId, id }),
          name,
          mimeType: mediaTypes.clip,
        }))
      }),
      complete: completeOf("clip"),
    }),
    { title: "Clip", description: "The Strudel code of a clip", mimeType: mediaTypes.clip },
    read,
  )
  server.registerResource(
    "clip-version",
    new ResourceTemplate("strudel://clip/{project}/{id}/{version}", { list: undefined, complete: completeOf("clip") }),
    { title: "Version of a clip", description: "The code that a clip had", mimeType: mediaTypes.clip },
    read,
  )
  server.registerResource(
    "song",
    new ResourceTemplate("strudel://song/{project}/{id}", {
      list: listing(async () => {
        const { items } = await client.song.list.query({ limit: listed })
        return items.map(({ projectId, id, name }) => ({
          uri: uriOf({ kind: "song", projectId, id }),
          name,
          mimeType: mediaTypes.song,
        }))
      }),
      complete: completeOf("song"),
    }),
    { title: "Song", description: "A song's text and clips in order", mimeType: mediaTypes.song },
    read,
  )
  server.registerResource(
    "playlist",
    new ResourceTemplate("strudel://playlist/{project}/{id}", {
      list: listing(async () => {
        const { items } = await client.playlist.list.query({ limit: listed })
        return items.map(({ projectId, id, name }) => ({
          uri: uriOf({ kind: "playlist", projectId, id }),
          name,
          mimeType: mediaTypes.playlist,
        }))
      }),
      complete: completeOf("playlist"),
    }),
    { title: "Playlist", description: "A playlist's text and songs in order", mimeType: mediaTypes.playlist },
    read,
  )
  server.registerResource(
    "project",
    new ResourceTemplate("strudel://project/{project}", {
      list: listing(async () => {
        const { items } = await client.project.list.query({ limit: listed })
        return items.map(({ id, name }) => ({
          uri: uriOf({ kind: "project", id }),
          name,
          mimeType: mediaTypes.project,
        }))
      }),
      complete,
    }),
    { title: "Project index", description: "What a project is and what is in it", mimeType: mediaTypes.project },
    read,
  )
  server.registerResource(
    "session",
    new ResourceTemplate("strudel://session/{id}", {
      list: listing(async () => {
        const { items } = await client.session.list.query({ limit: listed, preview: false })
        return items.map(({ id, displayName }) => ({
          uri: uriOf({ kind: "session", id }),
          name: displayName,
          mimeType: mediaTypes.session,
        }))
      }),
    }),
    { title: "Session", description: "The last messages of a session", mimeType: mediaTypes.session },
    read,
  )
  server.registerResource(
    "reference",
    uriOf({ kind: "reference", name: null }),
    {
      title: "Reference",
      description: "All functions, sounds, scales and chords of this build, a line each",
      mimeType: mediaTypes.reference,
    },
    read,
  )
  server.registerResource(
    "reference-entry",
    new ResourceTemplate("strudel://reference/{name}", {
      list: undefined,
      complete: {
        name: (begins) => entries.flatMap(({ name }) => (name.startsWith(begins) ? [name] : [])).slice(0, 100),
      },
    }),
    { title: "Reference entry", description: "One function, sound, scale or chord", mimeType: mediaTypes.reference },
    read,
  )
}
