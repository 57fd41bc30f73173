import type { Client } from "@strudel-agent/client/client"
import type { ItemKind } from "@strudel-agent/contract/item"
import { withAdvice } from "./callers-fault.ts"

/** Names that a completion offers at most. */
const offered = 100

/** Ids of projects that begin so. */
export async function namesOfProjects(client: Client, begins: string): Promise<string[]> {
  const asked = { filter: "in", begins: begins.slice(0, offered) } as const
  const { items } = await withAdvice(() => client.search.values.query(asked))
  return items.map(({ value }) => value)
}

/** Ids of clips, songs or playlists that begin so, of one project where it is known. */
export async function namesOfThings(
  client: Client,
  { kind, begins, projectId }: { kind: ItemKind; begins: string; projectId: string | undefined },
): Promise<string[]> {
  const asked = { projectId: projectId || undefined, limit: 200 }
  const lists = {
    clip: () => client.clip.cards.query(asked),
    song: () => client.song.list.query(asked),
    playlist: () => client.playlist.list.query(asked),
  }
  const { items } = await withAdvice<{ items: { id: string }[] }>(lists[kind])
  const fitting = items.map(({ id }) => id).filter((id) => id.startsWith(begins))
  return [...new Set(fitting)].slice(0, offered)
}
