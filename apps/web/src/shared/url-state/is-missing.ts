import type { Calls } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { isItemReason } from "@strudel-agent/contract/item-reason"
import type { Item } from "./item-link.ts"

/** Links of one text that are looked up; a text with more shows the rest as links. */
export const mostLookedUp = 50

function look({ clip, song, playlist }: Pick<Calls, Item["itemType"]>, { itemType, projectId, itemId }: Item) {
  const key = { projectId, id: itemId }
  if (itemType === "clip") return clip.byId.query(key)
  return itemType === "song" ? song.byId.query(key) : playlist.byId.query(key)
}

/** Resolves to whether an item is not there, or cannot be by its address; to undefined where nobody knows. */
export async function isMissing(client: Pick<Calls, Item["itemType"]>, item: Item): Promise<boolean | undefined> {
  try {
    await look(client, item)
    return false
  } catch (error) {
    const reason = reasonOf(error)
    return isItemReason("missing", reason) || reason === "BAD_INPUT" || undefined
  }
}
