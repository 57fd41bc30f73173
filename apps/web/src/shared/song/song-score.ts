import { type PlayedSection, playedSections, usualBars } from "@strudel-agent/project-folder/song/played-sections"
import type { Plan, Section } from "@strudel-agent/sandbox/protocol"
import { clipFinder } from "./clip-links.ts"

export interface Score {
  projectId: string
  songId: string
  name: string
  sections: PlayedSection[]
}

export interface SongText {
  projectId: string
  id: string
  name: string
  body: string
  clipIds: string[]
  clips: { id: string; name: string; metadata: Record<string, unknown> }[]
}

/** What a song plays, by the names of its clips. */
export function scoreOfSong({ projectId, id, name, body, clipIds, clips }: SongText): Score {
  const named = new Map(clips.map((clip) => [clip.id, clip.name]))
  const sections = playedSections(
    { body, clipIds },
    {
      resolve: clipFinder(projectId, (clipId) => named.has(clipId)),
      nameOf: (clipId) => named.get(clipId) ?? clipId,
    },
  )
  return { projectId, songId: id, name, sections }
}

export interface Staging {
  /** One section after the other, or all clips at once. */
  order: "arrange" | "stack"
  /** One tempo for all of it, or each section at the tempo of its own clips. */
  tempo: "match" | "switch"
  /** Cycles per second where tempos are matched; null where none of the clips tells one. */
  cps: number | null
}

/** The name under which the player knows a clip. */
export const clipKey = (projectId: string, clipId: string): string => `${projectId}/${clipId}`

/** The name under which the player knows a section of a song. */
export const sectionId = ({ projectId, songId }: Score, index: number): string => `${projectId}/${songId}#${index}`

/** What the player is told to play a song. */
export function sectionsOf(score: Score, { order, tempo, cps }: Staging): Section[] {
  const { projectId, sections } = score
  const play = (clipIds: string[]): Section["clips"] =>
    [...new Set(clipIds)].map((clipId) => ({ key: clipKey(projectId, clipId), tempo: "match" }))
  const speed = tempo === "match" ? cps : null
  if (order === "arrange") {
    return sections.map(({ bars, clipIds }, index) => ({
      id: sectionId(score, index),
      cycles: bars,
      cps: speed,
      clips: play(clipIds),
    }))
  }
  const all = sections.flatMap(({ clipIds }) => clipIds)
  const cycles = Math.max(usualBars, ...sections.map(({ bars }) => bars))
  return all.length === 0 ? [] : [{ id: sectionId(score, 0), cycles, cps: speed, clips: play(all) }]
}

/** One song, or the songs of a playlist one after the other; undefined where there is nothing to play. */
export function planOf(scores: { score: Score; staging: Staging }[], loop: boolean): Plan | undefined {
  const sections = scores.flatMap(({ score, staging }) => sectionsOf(score, staging))
  return sections.length === 0 ? undefined : { sections, loop, align: "section" }
}
