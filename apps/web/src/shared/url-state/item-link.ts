import { type Item, type ItemFolder, isItemKind, itemFolders, itemKinds } from "@strudel-agent/contract/item"
import { withoutEnding } from "@strudel-agent/project-folder/code-file"

export type { Item }

/** Where a text stands in its project's folder, since its links may be relative to that. */
export interface LinkBase {
  projectId: string
  folder: "" | `${ItemFolder}/`
}

const named = /^([a-z-]+):(.+)$/
const path = /^\/projects\/([^/]+)\/([a-z-]+)\/([^/]+)$/i

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The item that a link of a project's text names, as `clip:kick` or as `../clips/kick.js`; undefined for other links. */
export function itemOfLink(href: string, { projectId, folder }: LinkBase): Item | undefined {
  const [, type, name] = named.exec(href) ?? []
  if (isItemKind(type)) {
    const itemId = decoded(name ?? "")
    return itemId ? { itemType: type, projectId, itemId } : undefined
  }
  if (/^$|^[a-z][a-z0-9+.-]*:|^\/\/|^[?#]/i.test(href)) return undefined
  const { pathname } = new URL(href, `http://folder/projects/${encodeURIComponent(projectId)}/${folder}x`)
  const [, project, kind, file = ""] = (path.exec(pathname) ?? []).map((part) => decoded(part))
  const id = withoutEnding(file)
  const itemType = itemKinds.find((each) => itemFolders[each] === kind)
  return project && id && itemType ? { itemType, projectId: project, itemId: id } : undefined
}

/** The address of an item's page. */
export type ItemPath = `/projects/${string}/${ItemFolder}/${string}`

/** The page of an item. */
export const itemPath = ({ itemType, projectId, itemId }: Item): ItemPath =>
  `/projects/${encodeURIComponent(projectId)}/${itemFolders[itemType]}/${encodeURIComponent(itemId)}`

/** A text that is the same for the same item. */
export const itemKey = ({ itemType, projectId, itemId }: Item): string => `${itemType}:${projectId}/${itemId}`
