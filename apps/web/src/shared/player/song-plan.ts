import { limits } from "@strudel-agent/sandbox/limits"
import type { Section } from "@strudel-agent/sandbox/protocol"
import { beatsOfSong, cpsOfTempo, readTempo, type TempoMetadata } from "#shared/clip/tempo-metadata.ts"
import { type SongText, scoreOfSong, sectionsOf } from "#shared/song/song-score.ts"
import { type SongStaging, usualStaging } from "#shared/song/staging.ts"
import { itemKey, itemPath } from "#shared/url-state/item-link.ts"
import { type Playable, type PlayableClip, tempoOfFirst, tempoTogether } from "./playable.ts"

/** The clips that are there, by their keys. */
export type Clips = ReadonlyMap<string, PlayableClip>

/** A song, and how it is to be played. */
export type StagedSong = SongText & { metadata: Record<string, unknown>; staging?: SongStaging }

interface NamedSection {
  name: string
  section: Section
  tempoMetadata: TempoMetadata
}

/** What a song tells of its tempo, with the beats of a cycle that its clips have at their own. */
function tempoMetadataOf({ metadata }: StagedSong, clips: PlayableClip[]): TempoMetadata {
  const tempoMetadata = readTempo(metadata)
  if (tempoMetadata.bpm === undefined) return tempoMetadata
  const own = clips.map((clip) => clip.tempoMetadata)
  return { ...tempoMetadata, beats: beatsOfSong(tempoMetadata, own, tempoOfFirst(clips)) }
}

/** The one tempo of a song: what its metadata tell, else that of its first clip that has one. */
const tempoOfSong = (tempoMetadata: TempoMetadata, clips: PlayableClip[]): number | null =>
  cpsOfTempo(tempoMetadata) ?? tempoOfFirst(clips)

function tempoIn({ metadata, staging = usualStaging }: StagedSong): Playable["tempo"] {
  if (staging.tempo === "switch") return "clips"
  return cpsOfTempo(readTempo(metadata)) === null ? "first" : "own"
}

/** The sections of a song; one whose clips are all gone is left out. */
function namedSections(song: StagedSong, clips: Clips): NamedSection[] {
  const score = scoreOfSong(song)
  const { order, tempo } = song.staging ?? usualStaging
  const inOrder = sectionsOf(score, { order, tempo, cps: null })
  const all = [...new Set(inOrder.flatMap((section) => section.clips.map(({ key }) => key)))]
  const heard = all.flatMap((key) => clips.get(key) ?? [])
  const tempoMetadata = tempo === "match" ? tempoMetadataOf(song, heard) : {}
  const matched = tempo === "match" ? tempoOfSong(tempoMetadata, heard) : null
  return inOrder.flatMap((section, index) => {
    const present = section.clips.flatMap(({ key }) => clips.get(key) ?? [])
    if (present.length === 0) return []
    return {
      name: order === "stack" ? "" : (score.sections[index]?.name ?? ""),
      tempoMetadata,
      section: {
        ...section,
        cycles: Math.min(section.cycles, limits.cycles),
        cps: tempo === "match" ? matched : tempoTogether(present),
        clips: section.clips.filter(({ key }) => clips.has(key)),
      },
    }
  })
}

interface Named {
  itemType: "song" | "playlist"
  projectId: string
  id: string
  name: string
}

/** What is played of an item, as long as a plan may be; undefined where there is nothing. */
function playableOf(
  item: Named & Pick<Playable, "tempo"> & { loop: boolean },
  all: NamedSection[],
  clips: Clips,
): Playable | undefined {
  const { itemType, projectId, id, name, tempo, loop } = item
  const sections = all.slice(0, limits.sources)
  if (sections.length === 0) return undefined
  const place = { itemType, projectId, itemId: id }
  const keys = new Set(sections.flatMap(({ section }) => section.clips.map(({ key }) => key)))
  return {
    id: itemKey(place),
    name,
    projectId,
    href: itemPath(place),
    clips: [...clips.values()].filter(({ key }) => keys.has(key)),
    plan: { sections: sections.map(({ section }) => section), loop, align: "section" },
    tempo,
    sectionNames: sections.map((section) => section.name),
    sectionTempos: sections.map(({ tempoMetadata }) => tempoMetadata),
  }
}

/** A song from its first section to its last, or over and over. */
export function playableOfSong(song: StagedSong, clips: Clips): Playable | undefined {
  const { projectId, id, name, staging = usualStaging } = song
  const item = { itemType: "song", projectId, id, name, tempo: tempoIn(song), loop: staging.loop } as const
  return playableOf(item, namedSections(song, clips), clips)
}

/** The songs of a playlist one after the other. */
export function playableOfPlaylist(
  playlist: { projectId: string; id: string; name: string },
  songs: StagedSong[],
  clips: Clips,
): Playable | undefined {
  const sections = songs.flatMap((song) =>
    namedSections(song, clips).map(({ name, ...rest }) => ({
      name: name ? `${song.name}: ${name}` : song.name,
      ...rest,
    })),
  )
  return playableOf({ itemType: "playlist", tempo: "own", loop: false, ...playlist }, sections, clips)
}
