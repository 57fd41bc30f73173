import type { ItemFolder } from "@strudel-agent/contract/item"
import { codeEnding } from "../code-file.ts"

/** What a link names: a file by its path within the project, or an item by its id. */
export type LinkTarget = { kind: "path"; path: string } | { kind: "id"; id: string }

/** The links that count in one kind of file. */
export type LinkKind = {
  scheme: "clip" | "song"
  fromFolder: ItemFolder
  toFolder: ItemFolder
  ending: RegExp
}

export const clipLinks: LinkKind = { scheme: "clip", fromFolder: "songs", toFolder: "clips", ending: codeEnding }
export const songLinks: LinkKind = { scheme: "song", fromFolder: "playlists", toFolder: "songs", ending: /\.md$/i }

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A path without `.` and `..`; undefined where it leaves the project. */
function withinProject(path: string): string | undefined {
  const segments: string[] = []
  for (const segment of path.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined
    } else if (segment !== "." && segment !== "") segments.push(segment)
  }
  return segments.join("/")
}

/**
 * What the address of a link may mean, the likeliest first: decoded or as written, from the file or from the project
 * folder, its accents composed or not. Undefined where it can't be a link to an item of this kind.
 */
export function targetsOf(url: string, kind: LinkKind): LinkTarget[] | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(url)
  if (scheme) {
    if (scheme[1]?.toLowerCase() !== kind.scheme) return undefined
    const id = url.slice(scheme[0].length)
    return [...new Set([decoded(id), id])].map((each) => ({ kind: "id", id: each }))
  }
  if (url.startsWith("//") || url.startsWith("#")) return undefined
  const address = url.replaceAll("\\", "/")
  const path = address.replace(/[?#].*$/s, "")
  const written = [decoded(path), decoded(address), address]
  if (!written.some((each) => kind.ending.test(each))) return undefined
  const paths = written.flatMap((each) => [withinProject(`${kind.fromFolder}/${each}`), withinProject(each)])
  if (paths[0] === "index.md") return undefined
  const forms = paths.flatMap((each) => (each ? [each, each.normalize("NFC"), each.normalize("NFD")] : []))
  return [...new Set(forms)].map((each) => ({ kind: "path", path: each }))
}
