import { limits } from "@strudel-agent/sandbox/limits"
import type { Plan, Section, Source } from "@strudel-agent/sandbox/protocol"
import { readClipFacts } from "../clip/clip-facts.ts"
import { withLineFeeds } from "../code-editor/line-endings.ts"
import { type ItemPath, itemPath } from "../markdown/item-link.ts"

/** A clip as the player needs it. */
export interface PlayableClip {
  /** What the player knows it by: one key is one place of code that plays. */
  key: string
  name: string
  projectId: string
  href: ItemPath | undefined
  color: string | undefined
  /** With line feeds alone, as an editor counts. */
  code: string
  /** Cycles per second that its metadata tell; null where its code sets a tempo itself, or nothing does. */
  cps: number | null
  /** Cycles per second that its code was heard at; null where that is not known. */
  heardCps: number | null
}

/** Something that can be played: one clip, several at once, a song, songs in a row. */
export interface Playable {
  /** Which button it belongs to: the key of its item, as `itemKey` makes it. */
  id: string
  name: string
  projectId: string
  href: ItemPath | undefined
  /** In the order in which they are evaluated: functions of one are there for the next. */
  clips: PlayableClip[]
  plan: Plan
  /** What the sections are called, in the order of the plan; a lone section needs no name. */
  sectionNames: string[]
}

/** Beats of a cycle, by which a tempo in bpm is one in cycles. */
export const beatsPerCycle = 4

/** The name under which the player keeps a clip. */
export const playKey = (projectId: string, id: string): string => `${projectId}/${id}`

/** Cycles per second of a tempo in beats per minute; null for what is none. */
export function cpsOfBpm(bpm: unknown): number | null {
  const cps = typeof bpm === "number" ? bpm / 60 / beatsPerCycle : 0
  return cps > 0 && cps <= 32 ? cps : null
}

const setsTempo = (code: string): boolean => /\bset[cC]p[ms]\b|\.cp[ms]\s*\(/.test(code)

/** The tempo of a clip's metadata, where its code leaves that open. */
function cpsOf(code: string, bpm: number | undefined): number | null {
  return setsTempo(code) ? null : cpsOfBpm(bpm)
}

/** A stored clip, or a draft of one, for the player. */
export function playableClip(clip: {
  projectId: string
  id: string
  name: string
  code: string
  metadata: Record<string, unknown>
  analysis?: { cps: number | null } | null
}): PlayableClip {
  const { bpm, color } = readClipFacts(clip.metadata)
  return {
    key: playKey(clip.projectId, clip.id),
    name: clip.name,
    projectId: clip.projectId,
    href: itemPath({ itemType: "clip", projectId: clip.projectId, itemId: clip.id }),
    color,
    code: withLineFeeds(clip.code),
    cps: cpsOf(clip.code, bpm),
    heardCps: setsTempo(clip.code) ? (clip.analysis?.cps ?? null) : cpsOfBpm(bpm),
  }
}

export const sourcesOf = (clips: PlayableClip[]): Source[] => clips.map(({ key, code }) => ({ key, code }))

/** The tempo of clips that play together: null where the code of the first that has one sets it. */
export const tempoTogether = (clips: PlayableClip[]): number | null =>
  clips.find(({ code, cps }) => cps !== null || setsTempo(code))?.cps ?? null

/** Clips at the same time, as long as they are let; all follow the tempo of the first that has one. */
export function endless(clips: PlayableClip[]): Plan {
  const section: Section = {
    id: "all",
    cycles: limits.cycles,
    cps: tempoTogether(clips),
    clips: clips.map(({ key }) => ({ key, tempo: "match" })),
  }
  return { sections: [section], loop: true, align: "running" }
}

/** One clip, over and over. */
export const playableOfClip = (clip: PlayableClip, id: string): Playable => ({
  id,
  name: clip.name,
  projectId: clip.projectId,
  href: clip.href,
  clips: [clip],
  plan: endless([clip]),
  sectionNames: [],
})

const isStack = ({ plan }: Playable): boolean => plan.sections.length === 1

/** Puts one more clip to what plays: in a song, to all of its sections. */
export function withClip(playable: Playable, clip: PlayableClip): Playable {
  const clips = [...playable.clips.filter(({ key }) => key !== clip.key), clip]
  if (isStack(playable)) return { ...playable, ...stackOf(clips), clips, plan: endless(clips) }
  const sections = playable.plan.sections.map((section) => ({
    ...section,
    clips: [
      ...section.clips.filter(({ key }) => key !== clip.key),
      { key: clip.key, tempo: "match" } satisfies Section["clips"][number],
    ],
  }))
  return { ...playable, clips, plan: { ...playable.plan, sections } }
}

/** Takes a clip out of what plays; undefined where nothing is left of it. */
export function withoutClip(playable: Playable, key: string): Playable | undefined {
  const clips = playable.clips.filter((clip) => clip.key !== key)
  if (clips.length === 0) return undefined
  if (isStack(playable)) return { ...playable, ...stackOf(clips), clips, plan: endless(clips) }
  const sections = playable.plan.sections.map((section) => ({
    ...section,
    clips: section.clips.filter((clip) => clip.key !== key),
  }))
  return { ...playable, clips, plan: { ...playable.plan, sections } }
}

/** What several clips at once are called: one that is left alone is a clip again. */
function stackOf(clips: PlayableClip[]): Pick<Playable, "id" | "name" | "href" | "projectId"> {
  const [first] = clips
  const projects = new Set(clips.map(({ projectId }) => projectId))
  return {
    id: clips.length === 1 && first ? `clip:${first.key}` : "stack",
    name: clips.map(({ name }) => name).join(" + "),
    href: clips.length === 1 ? first?.href : undefined,
    projectId: [...projects].join(", "),
  }
}
