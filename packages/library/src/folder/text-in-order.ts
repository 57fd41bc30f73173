import { limits } from "@strudel-agent/contract/limits"
import { longText } from "@strudel-agent/contract/text"
import type { Db } from "@strudel-agent/database/client"
import type { SequenceKind } from "@strudel-agent/database/item-kinds"
import type { LinkText } from "@strudel-agent/project-folder/links/link-list"
import type { Resolve } from "@strudel-agent/project-folder/links/link-site"
import { printingPlaylist, readingPlaylist } from "@strudel-agent/project-folder/playlist-file"
import { printingSong, readingSong } from "@strudel-agent/project-folder/song/song-file"
import type { Steps } from "@strudel-agent/project-folder/steps"
import { FolderIndex } from "./folder-index.ts"
import { inSlices } from "./in-slices.ts"

export interface Reordered {
  projectId: string
  type: SequenceKind
  body: string
  /** The parts that it had, and those that it has, in order. */
  former: string[]
  next: string[]
  /** What a link that is added shows. */
  nameOf: (id: string) => string
}

const stored = longText(limits.bodyBytes)
const heading = "Text"
const file = { fileName: "text.md", name: heading }

/**
 * The text of a song or playlist after its parts were put in another order, where the text lists the parts: links are put
 * in, taken out and moved as an export would. Undefined where the text lists something else, or nothing. Takes time by
 * the length of the text: to be called outside of transactions.
 */
export async function textInOrder(db: Db, reordered: Reordered): Promise<string | undefined> {
  const { projectId, type, body, former, next } = reordered
  if (former.length === 0 || !body.includes("](") || former.join("/") === next.join("/")) return undefined
  const resolve = (await FolderIndex.read(db, projectId)).resolver(type)
  return inSlices(putInOrder(reordered, resolve))
}

function* putInOrder({ type, body, former, next, nameOf }: Reordered, resolve: Resolve): Steps<string | undefined> {
  function* reading(text: string) {
    const source = { fileName: file.fileName, text }
    if (type === "song") return (yield* readingSong(source))(resolve)
    const { songIds: clipIds, ...rest } = (yield* readingPlaylist(source))(resolve)
    return { ...rest, clipIds }
  }
  const original = `# ${heading}\n\n${body}\n`
  const before = yield* reading(original)
  if (before.clipIds.join("/") !== former.join("/")) return undefined
  const linkOf = (id: string): LinkText => ({ text: nameOf(id) })
  const edit = { ...file, original, body: before.body, resolve, linkOf }
  const printed = yield* type === "song"
    ? printingSong({ ...edit, clipIds: next })
    : printingPlaylist({ ...edit, songIds: next })
  const text = stored.safeParse((yield* reading(printed)).body)
  return text.success ? text.data : undefined
}
