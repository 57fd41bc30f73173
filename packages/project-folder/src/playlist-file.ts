import { type FoundLink, type LinkText, printingLinkList, readingLinkList, type Unlinked } from "./links/link-list.ts"
import type { Resolve } from "./links/link-site.ts"
import { songLinks } from "./links/link-target.ts"
import { finish, type Steps } from "./steps.ts"
import type { Warning } from "./warning.ts"

export type ParsedPlaylist = {
  name: string
  body: string
  songIds: string[]
  links: (FoundLink & { id: string })[]
  brokenLinks: FoundLink[]
  warnings: Warning[]
}

type PlaylistFile = { fileName: string; text: string }
type PlaylistSource = PlaylistFile & { resolve: Resolve }

/**
 * Reads a playlist file; never fails. The body is what stands below the title, without the blank lines around it and with
 * LF line endings; its links to songs are part of it. `text` must keep its byte order mark (see decodeFile).
 */
export function* readingPlaylist(file: PlaylistFile): Steps<Unlinked<ParsedPlaylist>> {
  const said = yield* readingLinkList({ ...file, kind: songLinks })
  return (resolve) => {
    const { ids, ...rest } = said(resolve)
    return { ...rest, songIds: ids }
  }
}

/** As readingPlaylist, in one go. */
export const parsePlaylist = ({ resolve, ...file }: PlaylistSource): ParsedPlaylist =>
  finish(readingPlaylist(file))(resolve)

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
export const printingPlaylist = ({ songIds, ...edit }: PlaylistEdit): Steps<string> =>
  printingLinkList({ ...edit, ids: songIds, kind: songLinks })

/** As printingPlaylist, in one go. */
export const printPlaylist = (edit: PlaylistEdit): string => finish(printingPlaylist(edit))
