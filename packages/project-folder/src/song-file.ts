import { type FoundLink, type LinkText, parseLinkList, printLinkList } from "./link-list.ts"
import type { Resolve } from "./link-site.ts"
import { clipLinks } from "./link-target.ts"
import type { Warning } from "./warning.ts"

export type ParsedSong = {
  name: string
  body: string
  clipIds: string[]
  links: (FoundLink & { id: string })[]
  brokenLinks: FoundLink[]
  warnings: Warning[]
}

/**
 * Reads a song file; never fails. The body is what stands below the title, without the blank lines around it and with
 * LF line endings; its links to clips are part of it. `text` must keep its byte order mark (see decodeFile).
 */
export function parseSong({
  fileName,
  text,
  resolve,
}: {
  fileName: string
  text: string
  resolve: Resolve
}): ParsedSong {
  const { ids, ...rest } = parseLinkList({ fileName, text, kind: clipLinks, resolve })
  return { ...rest, clipIds: ids }
}

type SongEdit = Pick<ParsedSong, "name" | "body"> & {
  fileName: string
  original: string | undefined
  clipIds: readonly string[]
  /** Must answer as it did when the file was read, for clips that are gone too. */
  resolve: Resolve
  linkOf: (id: string) => LinkText
}

/**
 * Prints a song file. What equals the parsed `original` (undefined for a song made in the app) keeps its bytes; links
 * are put in, taken out and moved until they lead to `clipIds`. A body without links gets a list of them at its end,
 * and reads again with that list in it.
 */
export const printSong = ({ clipIds, ...edit }: SongEdit): string =>
  printLinkList({ ...edit, ids: clipIds, kind: clipLinks })
