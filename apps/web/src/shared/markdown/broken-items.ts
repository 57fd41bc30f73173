import "server-only"
import type { Calls } from "@strudel-agent/client/client"
import { linksOf } from "@strudel-agent/project-folder/markdown/find-links"
import { isMissing, mostLookedUp } from "#shared/url-state/is-missing.ts"
import { type Item, itemKey, itemOfLink, type LinkBase } from "#shared/url-state/item-link.ts"

/** Keys of the items that a text links to and that are not there; those known to be there are not looked up. */
export async function findBrokenItems(client: Calls, text: string, base: LinkBase, known: Item[]): Promise<string[]> {
  const there = new Set(known.map(itemKey))
  const linked = new Map<string, Item>()
  for (const url of linksOf(text)) {
    const item = itemOfLink(url, base)
    if (item && !there.has(itemKey(item))) linked.set(itemKey(item), item)
  }
  const looked = [...linked]
    .slice(0, mostLookedUp)
    .map(async ([key, item]) => ((await isMissing(client, item)) ? [key] : []))
  return (await Promise.all(looked)).flat()
}
