import { limits, type Section } from "@strudel-agent/sandbox/protocol"
import { itemKey, itemPath } from "../markdown/item-link.ts"
import { sectionsOfSong } from "../song/song-sections.ts"
import { type Playable, type PlayableClip, playKey, tempoTogether } from "./playable.ts"

/** What of a song its plan is made of. */
export interface SongToPlay {
  projectId: string
  id: string
  name: string
  body: string
  clipIds: string[]
}

/** The clips that are there, by their keys. */
export type Clips = ReadonlyMap<string, PlayableClip>

interface NamedSection {
  name: string
  section: Section
}

/** The sections of a song, as many as a plan may have; one whose clips are all gone is left out. */
function namedSections(song: SongToPlay, clips: Clips): NamedSection[] {
  const clipOf = (id: string) => clips.get(playKey(song.projectId, id))
  const sections = sectionsOfSong(song, (id) => clipOf(id)?.bars).slice(0, limits.sources)
  return sections.flatMap(({ name, cycles, clipIds }, index) => {
    const present = [...new Set(clipIds)].flatMap((id) => clipOf(id) ?? [])
    if (present.length === 0) return []
    const section: Section = {
      id: `${song.id}:${index}`,
      cycles: Math.min(cycles, limits.cycles),
      cps: tempoTogether(present),
      clips: present.map(({ key }) => ({ key, tempo: "match" })),
    }
    return { name: name ?? present.map((clip) => clip.name).join(" + "), section }
  })
}

const used = (sections: NamedSection[], clips: Clips): PlayableClip[] => {
  const keys = new Set(sections.flatMap(({ section }) => section.clips.map(({ key }) => key)))
  return [...clips.values()].filter(({ key }) => keys.has(key))
}

/** A song from its first section to its last; undefined where it has nothing to play. */
export function playableOfSong(song: SongToPlay, clips: Clips): Playable | undefined {
  const sections = namedSections(song, clips)
  if (sections.length === 0) return undefined
  const item = { itemType: "song", projectId: song.projectId, itemId: song.id } as const
  return {
    id: itemKey(item),
    name: song.name,
    projectId: song.projectId,
    href: itemPath(item),
    clips: used(sections, clips),
    plan: { sections: sections.map(({ section }) => section), loop: false, align: "section" },
    sectionNames: sections.map(({ name }) => name),
  }
}

/** Songs one after the other, as long as a plan may be; undefined where none has anything to play. */
export function playableOfPlaylist(
  playlist: { projectId: string; id: string; name: string },
  songs: SongToPlay[],
  clips: Clips,
): Playable | undefined {
  const sections = songs
    .flatMap((song) => namedSections(song, clips).map((each) => ({ ...each, name: `${song.name}: ${each.name}` })))
    .slice(0, limits.sources)
  if (sections.length === 0) return undefined
  const item = { itemType: "playlist", projectId: playlist.projectId, itemId: playlist.id } as const
  return {
    id: itemKey(item),
    name: playlist.name,
    projectId: playlist.projectId,
    href: itemPath(item),
    clips: used(sections, clips),
    plan: {
      // A song may stand in it twice: a place has its own id.
      sections: sections.map(({ section }, place) => ({ ...section, id: `${place}:${section.id}`.slice(0, 300) })),
      loop: false,
      align: "section",
    },
    sectionNames: sections.map(({ name }) => name),
  }
}
