import { limits } from "@strudel-agent/sandbox/limits"
import type { Section } from "@strudel-agent/sandbox/protocol"
import { itemKey, itemPath } from "../markdown/item-link.ts"
import { type SongText, scoreOfSong, sectionsOf } from "../stage/song-score.ts"
import { type Playable, type PlayableClip, tempoTogether } from "./playable.ts"

/** The clips that are there, by their keys. */
export type Clips = ReadonlyMap<string, PlayableClip>

interface NamedSection {
  name: string
  section: Section
}

const usual = { order: "arrange", tempo: "switch", cps: null } as const

/** The sections of a song; one whose clips are all gone is left out. */
function namedSections(song: SongText, clips: Clips): NamedSection[] {
  const score = scoreOfSong(song)
  return sectionsOf(score, usual).flatMap((section, index) => {
    const present = section.clips.flatMap(({ key }) => clips.get(key) ?? [])
    if (present.length === 0) return []
    return {
      name: score.sections[index]?.name ?? "",
      section: {
        ...section,
        cycles: Math.min(section.cycles, limits.cycles),
        cps: tempoTogether(present),
        clips: section.clips.filter(({ key }) => clips.has(key)),
      },
    }
  })
}

/** What is played of an item, as long as a plan may be; undefined where there is nothing. */
function playableOf(
  { itemType, projectId, id, name }: { itemType: "song" | "playlist"; projectId: string; id: string; name: string },
  all: NamedSection[],
  clips: Clips,
): Playable | undefined {
  const sections = all.slice(0, limits.sources)
  if (sections.length === 0) return undefined
  const item = { itemType, projectId, itemId: id }
  const keys = new Set(sections.flatMap(({ section }) => section.clips.map(({ key }) => key)))
  return {
    id: itemKey(item),
    name,
    projectId,
    href: itemPath(item),
    clips: [...clips.values()].filter(({ key }) => keys.has(key)),
    plan: { sections: sections.map(({ section }) => section), loop: false, align: "section" },
    sectionNames: sections.map((section) => section.name),
  }
}

/** A song from its first section to its last. */
export const playableOfSong = (song: SongText, clips: Clips): Playable | undefined =>
  playableOf({ itemType: "song", ...song }, namedSections(song, clips), clips)

/** The songs of a playlist one after the other. */
export function playableOfPlaylist(
  playlist: { projectId: string; id: string; name: string },
  songs: SongText[],
  clips: Clips,
): Playable | undefined {
  const sections = songs.flatMap((song) =>
    namedSections(song, clips).map(({ name, section }) => ({ name: `${song.name}: ${name}`, section })),
  )
  return playableOf({ itemType: "playlist", ...playlist }, sections, clips)
}
