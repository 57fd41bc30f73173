import { linksOf } from "@strudel-agent/project-folder/markdown/find-links"
import { type Item, itemOfLink, type LinkBase } from "#shared/url-state/item-link.ts"

/** The items that a text links to, in its order, repeated ones as often as they stand there. */
export const itemsOfText = (text: string, base: LinkBase): Item[] =>
  linksOf(text).flatMap((url) => itemOfLink(url, base) ?? [])
