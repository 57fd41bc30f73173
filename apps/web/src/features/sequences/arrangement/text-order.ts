import { sameIds } from "#shared/song/order.ts"
import type { PartKind } from "#shared/song/part.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"

interface TextChange {
  kind: PartKind
  base: LinkBase
  /** What is stored: a text, and the parts in order. */
  former: { text: string; ids: string[] }
  text: string
  /** Whether the project has a part of this id. */
  isThere: (id: string) => Promise<boolean>
}

/**
 * The order that a changed text asks for: where it listed the parts in their order, the order follows the text, as it does
 * when a project's folder is imported. Undefined where the text says nothing about it.
 */
export async function orderOfText({ kind, base, former, text, isThere }: TextChange): Promise<string[] | undefined> {
  if (former.ids.length === 0 || text === former.text) return undefined
  const { itemsOfText } = await import("#shared/markdown/text-items.ts")
  const linked = (source: string) =>
    itemsOfText(source, base)
      .filter(({ itemType, projectId }) => itemType === kind && projectId === base.projectId)
      .map(({ itemId }) => itemId)
  const after = linked(text)
  if (!sameIds(linked(former.text), former.ids) || sameIds(after, former.ids)) return undefined
  const known = new Set(former.ids)
  const others = [...new Set(after)].filter((id) => !known.has(id))
  const there = await Promise.all(others.map(isThere))
  for (const [index, id] of others.entries()) if (there[index]) known.add(id)
  return after.filter((id) => known.has(id))
}
