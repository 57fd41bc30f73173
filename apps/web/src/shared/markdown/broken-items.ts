import "server-only"
import type { Calls } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { linksOf } from "@strudel-agent/project-folder/markdown/find-links"
import { type Item, itemKey, itemOfLink, type LinkBase } from "#shared/url-state/item-link.ts"

/** Links of one text that are looked up; a text with more shows the rest as links. */
const most = 50

function look(client: Calls, { itemType, projectId, itemId }: Item): Promise<unknown> {
  const key = { projectId, id: itemId }
  if (itemType === "clip") return client.clip.byId.query(key)
  if (itemType === "song") return client.song.byId.query(key)
  return client.playlist.byId.query(key)
}

const missing = new Set<unknown>(["CLIP_NOT_FOUND", "SONG_NOT_FOUND", "PLAYLIST_NOT_FOUND", "BAD_INPUT"])

/** Keys of the items that a text links to and that are not there; those known to be there are not looked up. */
export async function findBrokenItems(client: Calls, text: string, base: LinkBase, known: Item[]): Promise<string[]> {
  const there = new Set(known.map(itemKey))
  const linked = new Map<string, Item>()
  for (const url of linksOf(text)) {
    const item = itemOfLink(url, base)
    if (item && !there.has(itemKey(item))) linked.set(itemKey(item), item)
  }
  const looked = [...linked].slice(0, most).map(async ([key, item]) => {
    const reason = await look(client, item).then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    )
    return missing.has(reason) ? [key] : []
  })
  return (await Promise.all(looked)).flat()
}
