import type { Client } from "@strudel-agent/client/client"
import type { ItemKind } from "@strudel-agent/contract/item"
import { listPages } from "../library/list-pages.ts"

interface Item {
  id: string
  version: number
  createdAt: string
}

type ReadPage = Parameters<typeof listPages<Item>>[0]

/** A line for each item of a kind. */
async function linesOf(kind: ItemKind, read: ReadPage): Promise<string[]> {
  const { items } = await listPages(async (asked) => {
    const page = await read(asked)
    // The code is not kept: a project may hold more of it than fits into memory.
    return { ...page, items: page.items.map(({ id, version, createdAt }) => `${kind} ${id} ${version} ${createdAt}`) }
  }, Number.POSITIVE_INFINITY)
  return items
}

/**
 * The versions of all clips, songs and playlists of a project, as a text that is another one after any of them was saved,
 * made or deleted. Files that are no item have no version, and are not in it.
 */
export async function versionsInProject(client: Client, projectId: string): Promise<string> {
  const asked = { projectId, sort: "name" } as const
  const lines = await Promise.all([
    linesOf("clip", (page) => client.clip.list.query({ ...asked, ...page })),
    linesOf("song", (page) => client.song.list.query({ ...asked, ...page })),
    linesOf("playlist", (page) => client.playlist.list.query({ ...asked, ...page })),
  ])
  return lines.flat().sort().join("\n")
}
