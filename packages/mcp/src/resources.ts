import {
  type McpServer,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server"
import type { Client } from "@strudel-agent/client/client"
import { type ItemKind, itemKinds } from "@strudel-agent/contract/item"
import { entries } from "@strudel-agent/reference/entries"
import { adviceOf } from "@strudel-agent/tools/advice"
import { readThing } from "@strudel-agent/tools/read-thing"
import type { ToolContext } from "@strudel-agent/tools/tool"
import { parseUri, type Thing, uriOf } from "@strudel-agent/tools/uri"
import { isCallersFault } from "./callers-fault.ts"
import { namesOfProjects, namesOfThings } from "./completions.ts"

/** Rows that a list of resources has of each kind, those that changed last: search and list find the rest. */
const listed = 30

const mediaTypes: Record<Thing["kind"], string> = {
  ...{ clip: "text/javascript", song: "text/markdown", playlist: "text/markdown" },
  ...{ project: "text/markdown", session: "text/plain", reference: "text/plain" },
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
    throw isCallersFault(error) ? new ResourceNotFoundError(href, advice) : new Error(advice, { cause: error })
  }
}

interface Named {
  thing: Thing
  name: string
}

/** The resources of what a list has. */
const listing = (read: () => Promise<Named[]>) => async () => ({
  resources: (await read()).map(({ thing, name }) => ({ uri: uriOf(thing), name, mimeType: mediaTypes[thing.kind] })),
})

interface ListedItem {
  projectId: string
  id: string
  name: string
}

/** What is said of the items of a kind, and how those are listed that changed last. */
const items: Record<
  ItemKind,
  { title: string; description: string; list: (client: Client) => Promise<{ items: ListedItem[] }> }
> = {
  clip: {
    title: "Clip",
    description: "The Strudel code of a clip",
    list: (client) => client.clip.cards.query({ limit: listed }),
  },
  song: {
    title: "Song",
    description: "A song's text and clips in order",
    list: (client) => client.song.list.query({ limit: listed }),
  },
  playlist: {
    title: "Playlist",
    description: "A playlist's text and songs in order",
    list: (client) => client.playlist.list.query({ limit: listed }),
  },
}

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

  for (const kind of itemKinds) {
    const { title, description, list } = items[kind]
    server.registerResource(
      kind,
      new ResourceTemplate(`strudel://${kind}/{project}/{id}`, {
        list: listing(async () =>
          (await list(client)).items.map(({ projectId, id, name }) => ({ thing: { kind, projectId, id }, name })),
        ),
        complete: completeOf(kind),
      }),
      { title, description, mimeType: mediaTypes[kind] },
      read,
    )
  }
  server.registerResource(
    "clip-version",
    new ResourceTemplate("strudel://clip/{project}/{id}/{version}", { list: undefined, complete: completeOf("clip") }),
    { title: "Version of a clip", description: "The code that a clip had", mimeType: mediaTypes.clip },
    read,
  )
  server.registerResource(
    "project",
    new ResourceTemplate("strudel://project/{project}", {
      list: listing(async () => {
        const { items: projects } = await client.project.list.query({ limit: listed })
        return projects.map(({ id, name }) => ({ thing: { kind: "project", id }, name }))
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
        const { items: sessions } = await client.session.list.query({ limit: listed, preview: false })
        return sessions.map(({ id, displayName }) => ({ thing: { kind: "session", id }, name: displayName }))
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
