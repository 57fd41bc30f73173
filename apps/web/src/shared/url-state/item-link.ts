import { withoutEnding } from "@strudel-agent/project-folder/code-file"

export interface Item {
  itemType: "clip" | "song" | "playlist"
  projectId: string
  itemId: string
}

/** Where a text stands in its project's folder, since its links may be relative to that. */
export interface LinkBase {
  projectId: string
  folder: "" | "clips/" | "songs/" | "playlists/"
}

const folders = { clips: "clip", songs: "song", playlists: "playlist" } as const
const named = /^(clip|song|playlist):(.+)$/
const path = /^\/projects\/([^/]+)\/(clips|songs|playlists)\/([^/]+)$/i

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const isType = (text: string | undefined): text is Item["itemType"] =>
  text === "clip" || text === "song" || text === "playlist"
const isFolder = (text: string | undefined): text is keyof typeof folders =>
  text !== undefined && Object.hasOwn(folders, text)

/** The item that a link of a project's text names, as `clip:kick` or as `../clips/kick.js`; undefined for other links. */
export function itemOfLink(href: string, { projectId, folder }: LinkBase): Item | undefined {
  const [, type, name] = named.exec(href) ?? []
  if (isType(type)) {
    const itemId = decoded(name ?? "")
    return itemId ? { itemType: type, projectId, itemId } : undefined
  }
  if (/^$|^[a-z][a-z0-9+.-]*:|^\/\/|^[?#]/i.test(href)) return undefined
  const { pathname } = new URL(href, `http://folder/projects/${encodeURIComponent(projectId)}/${folder}x`)
  const [, project, kind, file = ""] = (path.exec(pathname) ?? []).map((part) => decoded(part))
  const id = withoutEnding(file)
  return project && id && isFolder(kind) ? { itemType: folders[kind], projectId: project, itemId: id } : undefined
}

/** The address of an item's page. */
export type ItemPath = `/projects/${string}/${"clips" | "songs" | "playlists"}/${string}`

/** The page of an item. */
export function itemPath({ itemType, projectId, itemId }: Item): ItemPath {
  const project = encodeURIComponent(projectId)
  const id = encodeURIComponent(itemId)
  if (itemType === "clip") return `/projects/${project}/clips/${id}`
  if (itemType === "song") return `/projects/${project}/songs/${id}`
  return `/projects/${project}/playlists/${id}`
}

/** A text that is the same for the same item. */
export const itemKey = ({ itemType, projectId, itemId }: Item): string => `${itemType}:${projectId}/${itemId}`
