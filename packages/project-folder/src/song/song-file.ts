import { type FoundLink, type LinkText, printingLinkList, readingLinkList, type Unlinked } from "../links/link-list.ts"
import type { Resolve } from "../links/link-site.ts"
import { clipLinks } from "../links/link-target.ts"
import { finish, type Steps } from "../steps.ts"
import type { Warning } from "../warning.ts"

export type ParsedSong = {
  name: string
  body: string
  clipIds: string[]
  links: (FoundLink & { id: string })[]
  brokenLinks: FoundLink[]
  warnings: Warning[]
}

type SongFile = { fileName: string; text: string }
type SongSource = SongFile & { resolve: Resolve }

/**
 * Reads a song file; never fails. The body is what stands below the title, without the blank lines around it and with
 * LF line endings; its links to clips are part of it. `text` must keep its byte order mark (see decodeFile).
 */
export function* readingSong(file: SongFile): Steps<Unlinked<ParsedSong>> {
  const said = yield* readingLinkList({ ...file, kind: clipLinks })
  return (resolve) => {
    const { ids, ...rest } = said(resolve)
    return { ...rest, clipIds: ids }
  }
}

/** As readingSong, in one go. */
export const parseSong = ({ resolve, ...file }: SongSource): ParsedSong => finish(readingSong(file))(resolve)

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
export const printingSong = ({ clipIds, ...edit }: SongEdit): Steps<string> =>
  printingLinkList({ ...edit, ids: clipIds, kind: clipLinks })

/** As printingSong, in one go. */
export const printSong = (edit: SongEdit): string => finish(printingSong(edit))
