import { type FoundLink, type LinkText, parseLinkList, printLinkList } from "./link-list.ts"
import type { Resolve } from "./link-site.ts"
import { songLinks } from "./link-target.ts"
import type { Warning } from "./warning.ts"

export type ParsedPlaylist = {
  name: string
  body: string
  songIds: string[]
  links: (FoundLink & { id: string })[]
  brokenLinks: FoundLink[]
  warnings: Warning[]
}

/**
 * Reads a playlist file; never fails. The body is what stands below the title, without the blank lines around it and with
 * LF line endings; its links to songs are part of it. `text` must keep its byte order mark (see decodeFile).
 */
export function parsePlaylist({
  fileName,
  text,
  resolve,
}: {
  fileName: string
  text: string
  resolve: Resolve
}): ParsedPlaylist {
  const { ids, ...rest } = parseLinkList({ fileName, text, kind: songLinks, resolve })
  return { ...rest, songIds: ids }
}

type PlaylistEdit = Pick<ParsedPlaylist, "name" | "body"> & {
  fileName: string
  original: string | undefined
  songIds: readonly string[]
  /** Must answer as it did when the file was read, for songs that are gone too. */
  resolve: Resolve
  linkOf: (id: string) => LinkText
}

/**
 * Prints a playlist file. What equals the parsed `original` (undefined for a playlist made in the app) keeps its bytes; links
 * are put in, taken out and moved until they lead to `songIds`. A body without links gets a list of them at its end,
 * and reads again with that list in it.
 */
export const printPlaylist = ({ songIds, ...edit }: PlaylistEdit): string =>
  printLinkList({ ...edit, ids: songIds, kind: songLinks })
