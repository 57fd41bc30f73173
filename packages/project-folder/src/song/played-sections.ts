import type { Resolve } from "../links/link-site.ts"
import { type SongSection, sectionsOfSong } from "./song-sections.ts"

/** Bars of a section whose text gives none. */
export const usualBars = 8

/** Clips of a song that play at once. */
export interface PlayedSection {
  name: string
  bars: number
  clipIds: string[]
  /** Its place in the song's text; null where the text does not list the song. */
  inText: SongSection | null
}

interface Song {
  body: string
  clipIds: string[]
}

interface Links {
  /** Which clip of the song a link of its text leads to. */
  resolve: Resolve
  nameOf: (clipId: string) => string
}

/** What a song plays: the sections of its text where that lists its clips in their order, else each clip by itself. */
export function playedSections({ body, clipIds }: Song, { resolve, nameOf }: Links): PlayedSection[] {
  const found = sectionsOfSong(body, resolve)
  const listed = found.flatMap((section) => section.clipIds)
  const nameOfAll = (ids: string[]) => ids.map(nameOf).join(" + ")
  if (listed.length !== clipIds.length || listed.some((id, place) => id !== clipIds[place])) {
    return clipIds.map((id) => ({ name: nameOf(id), bars: usualBars, clipIds: [id], inText: null }))
  }
  return found.map((section) => ({
    name: section.name ?? nameOfAll(section.clipIds),
    bars: section.bars ?? usualBars,
    clipIds: section.clipIds,
    inText: section,
  }))
}
