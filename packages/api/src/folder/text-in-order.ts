import type { Db } from "@strudel-agent/database/client"
import type { LinkText } from "@strudel-agent/project-folder/link-list"
import { parsePlaylist, printPlaylist } from "@strudel-agent/project-folder/playlist-file"
import { parseSong, printSong } from "@strudel-agent/project-folder/song-file"
import { limits } from "../schema/limits.ts"
import { markdownText } from "../schema/text.ts"
import { FolderIndex } from "./folder-index.ts"

interface Reordered {
  projectId: string
  type: "song" | "playlist"
  body: string
  /** The parts that it had, and those that it has, in order. */
  former: string[]
  next: string[]
  /** What a link that is added shows. */
  nameOf: (id: string) => string
}

const stored = markdownText(limits.bodyBytes)
const heading = "Text"
const file = { fileName: "text.md", name: heading }

/**
 * The text of a song or playlist after its parts were put in another order, where the text lists the parts: links are put
 * in, taken out and moved as an export would. Undefined where the text lists something else, or nothing.
 */
export async function textInOrder(db: Db, { projectId, type, body, former, next, nameOf }: Reordered) {
  if (former.length === 0 || !body.includes("](") || former.join("/") === next.join("/")) return undefined
  const resolve = (await FolderIndex.read(db, projectId)).resolver(type)
  const read = (text: string) => {
    const source = { fileName: file.fileName, text, resolve }
    if (type === "song") return parseSong(source)
    const { songIds: clipIds, ...rest } = parsePlaylist(source)
    return { ...rest, clipIds }
  }
  const original = `# ${heading}\n\n${body}\n`
  if (read(original).clipIds.join("/") !== former.join("/")) return undefined
  const edit = {
    ...file,
    original,
    body: read(original).body,
    resolve,
    linkOf: (id: string): LinkText => ({ text: nameOf(id) }),
  }
  const printed = type === "song" ? printSong({ ...edit, clipIds: next }) : printPlaylist({ ...edit, songIds: next })
  const text = stored.safeParse(read(printed).body)
  return text.success ? text.data : undefined
}
