import { partsOfSong, withClipsInParts } from "@strudel-agent/project-folder/song/song-places"
import { clipFinder } from "#shared/song/clip-links.ts"
import { type Places, sameIds } from "#shared/song/order.ts"
import type { KnownTexts } from "../arrangement/known-texts.ts"

export interface ListingSong {
  projectId: string
  body: string
  clipIds: string[]
}

/** An order, and what the sections are called that it names; null stands for one without a name. */
export interface NamedPlaces extends Places {
  names: (string | null)[]
}

const finderOf = ({ projectId, clipIds }: ListingSong) => {
  const known = new Set(clipIds)
  return clipFinder(projectId, (id) => known.has(id))
}

/** The clips of a song in order, with the sections they stand in where its text lists them below headings. */
export function placesOfSong(song: ListingSong): NamedPlaces {
  const { body, clipIds: ids } = song
  const parts = partsOfSong(body, finderOf(song))
  const listed = parts.flatMap(({ clipIds }) => clipIds)
  if (parts.length === 1 || !sameIds(listed, ids)) return { ids, names: [] }
  return {
    ids,
    sections: parts.flatMap(({ clipIds }, section) => clipIds.map(() => section)),
    names: parts.map(({ name }) => name),
  }
}

/**
 * A song's text with its clips at other places: the one that was stored with them before, else one that is made of what
 * is stored. Undefined where the text does not say which section has which clip.
 */
export function movedText(
  song: ListingSong,
  { ids, sections }: Places,
  { texts, nameOf }: { texts: KnownTexts; nameOf: (clipId: string) => string },
): string | undefined {
  const stored = placesOfSong(song)
  const known = texts.textOf(
    { text: song.body, places: { ids: stored.ids, sections: stored.sections } },
    { ids, sections },
  )
  if (known !== undefined) return known
  if (!sections || stored.names.length === 0) return undefined
  const clipIds = stored.names.map((_, part) => ids.filter((_id, place) => sections[place] === part))
  if (!sameIds(clipIds.flat(), ids)) return undefined
  return withClipsInParts(song.body, { resolve: finderOf(song), clipIds, linkOf: (id) => ({ text: nameOf(id) }) })
}
