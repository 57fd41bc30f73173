import type { Resolve } from "@strudel-agent/project-folder/links/link-site"
import { itemOfLink, type LinkBase } from "#shared/url-state/item-link.ts"

/** Finds the clips of a project that a song's text links to, among those that are known. */
export function clipFinder(projectId: string, isKnown: (clipId: string) => boolean): Resolve {
  const base: LinkBase = { projectId, folder: "songs/" }
  return (target) => {
    const item = itemOfLink(target.kind === "id" ? `clip:${encodeURIComponent(target.id)}` : `../${target.path}`, base)
    return item?.itemType === "clip" && item.projectId === projectId && isKnown(item.itemId) ? item.itemId : undefined
  }
}
