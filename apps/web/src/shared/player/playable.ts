import { limits } from "@strudel-agent/sandbox/limits"
import type { Loaded, Plan, Section, Source } from "@strudel-agent/sandbox/protocol"
import { readClipFacts } from "#shared/clip/clip-facts.ts"
import { beatsPerCycle, cpsOfTempo, readTempo, setsTempo, type TempoMetadata } from "#shared/clip/tempo-metadata.ts"
import { withLineFeeds } from "#shared/editor/line-endings.ts"
import { type ItemPath, itemPath } from "#shared/url-state/item-link.ts"
import type { Level } from "./loudness-match.ts"

/** Clips that are run only because a pointer has come near: more would take the time of what plays. */
export const mostPrepared = 16

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
  /** What its metadata tell of its tempo. */
  tempoMetadata: TempoMetadata
  /** How loud it was measured to be; null where that is not known. */
  level: Level | null
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
  /** Where the sections have their tempo from: told once for all, of the first clip of all, or of the clips in each. */
  tempo: "own" | "first" | "clips"
  /** What the sections are called, in the order of the plan; a lone section needs no name. */
  sectionNames: string[]
  /** What the song of each section tells of its tempo, in the order of the plan; none without songs. */
  sectionTempos: TempoMetadata[]
}

/** The name under which the player keeps a clip. */
export const playKey = (projectId: string, id: string): string => `${projectId}/${id}`

/** A stored clip, or a draft of one, for the player. */
export function playableClip(clip: {
  projectId: string
  id: string
  name: string
  code: string
  metadata: Record<string, unknown>
  analysis?: { cps: number | null } | null
  level?: Level | null
}): PlayableClip {
  const { color } = readClipFacts(clip.metadata)
  const tempoMetadata = readTempo(clip.metadata)
  return {
    key: playKey(clip.projectId, clip.id),
    name: clip.name,
    projectId: clip.projectId,
    href: itemPath({ itemType: "clip", projectId: clip.projectId, itemId: clip.id }),
    color,
    code: withLineFeeds(clip.code),
    cps: setsTempo(clip.code) ? null : cpsOfTempo(tempoMetadata),
    heardCps: setsTempo(clip.code) ? (clip.analysis?.cps ?? null) : cpsOfTempo(tempoMetadata),
    tempoMetadata,
    level: clip.level ?? null,
  }
}

export const sourcesOf = (clips: PlayableClip[]): Source[] => clips.map(({ key, code }) => ({ key, code }))

/** The tempo of clips that play together: null where the code of the first that has one sets it. */
export const tempoTogether = (clips: PlayableClip[]): number | null =>
  clips.find(({ code, cps }) => cps !== null || setsTempo(code))?.cps ?? null

/** The one tempo of clips that follow one another, as the first that has one is heard. */
export const tempoOfFirst = (clips: PlayableClip[]): number | null =>
  clips.find(({ heardCps }) => heardCps !== null)?.heardCps ?? tempoTogether(clips)

/** The beats of a cycle of a section that is written to play at so many cycles per second. */
export function beatsIn({ plan, clips, sectionTempos }: Playable, section: number, cps: number): number {
  const keys = plan.sections[section]?.clips.map(({ key }) => key) ?? []
  const own = keys.flatMap((key) => clips.find((clip) => clip.key === key)?.tempoMetadata ?? [])
  return beatsPerCycle([sectionTempos[section] ?? {}, ...own], cps)
}

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

/** Nothing to hear, and soon over. */
export const silentPlan = (cps: number): Plan => ({
  sections: [{ id: "silence", cycles: 1 / 16, cps, clips: [] }],
  loop: false,
  align: "section",
})

export const isSamePlan = (one: Plan, other: Plan): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A clip whose tempo is known from having run it. */
export const clipAsHeard = (clip: PlayableClip, { cps, cpsSet }: Loaded): PlayableClip =>
  cpsSet ? { ...clip, heardCps: cps } : clip

/** One clip, over and over. */
export const playableOfClip = (clip: PlayableClip, id: string): Playable => ({
  id,
  name: clip.name,
  projectId: clip.projectId,
  href: clip.href,
  clips: [clip],
  plan: endless([clip]),
  tempo: "clips",
  sectionNames: [],
  sectionTempos: [],
})

/** Whether clips play side by side, each over and over, and not as a song. */
export const isStack = ({ plan }: Playable): boolean => plan.align === "running"

/** The same sections with other clips in them, or with other code of the same. */
function withSections(
  { plan, tempo }: Playable,
  clips: PlayableClip[],
  keysOf: (keys: string[]) => string[],
): Pick<Playable, "clips" | "plan"> {
  const named = new Map(clips.map((clip) => [clip.key, clip]))
  const sections = plan.sections.map((section): Section => {
    const cps = { own: () => section.cps, first: () => tempoOfFirst(clips), clips: tempoTogether }[tempo]
    const before = new Map(section.clips.map((clip) => [clip.key, clip]))
    const keys = keysOf([...before.keys()])
    return {
      ...section,
      cps: cps(keys.flatMap((key) => named.get(key) ?? [])),
      clips: keys.map((key) => before.get(key) ?? { key, tempo: "match" }),
    }
  })
  return { clips, plan: { ...plan, sections } }
}

/** Puts one more clip to what plays: in a song, to all of its sections. */
export function withClip(playable: Playable, clip: PlayableClip): Playable {
  const clips = [...playable.clips.filter(({ key }) => key !== clip.key), clip]
  const name = isStack(playable) ? stackOf(clips) : {}
  return {
    ...playable,
    ...name,
    ...withSections(playable, clips, (keys) => [...keys.filter((key) => key !== clip.key), clip.key]),
  }
}

/** Takes a clip out of what plays; undefined where nothing is left of it. */
export function withoutClip(playable: Playable, key: string): Playable | undefined {
  const clips = playable.clips.filter((clip) => clip.key !== key)
  if (clips.length === 0) return undefined
  const name = isStack(playable) ? stackOf(clips) : {}
  return { ...playable, ...name, ...withSections(playable, clips, (keys) => keys.filter((each) => each !== key)) }
}

/** Gives a clip of what plays other code, and what plays the tempo that comes of it. Its level stays until it is measured. */
export function withCode(playable: Playable, clip: PlayableClip): Playable {
  const clips = playable.clips.map((each) =>
    each.key === clip.key ? { ...clip, level: clip.level ?? each.level } : each,
  )
  return { ...playable, ...withSections(playable, clips, (keys) => keys) }
}

/** Tells how loud a clip was measured to be, where it plays with just that code; the same object where that is known. */
export function withLevel(playable: Playable | undefined, { key, code, level }: PlayableClip): Playable | undefined {
  const isNews = (clip: PlayableClip) =>
    level !== null &&
    clip.key === key &&
    clip.code === code &&
    (clip.level?.loudness !== level.loudness || clip.level.peak !== level.peak)
  if (!playable?.clips.some(isNews)) return playable
  return { ...playable, clips: playable.clips.map((clip) => (isNews(clip) ? { ...clip, level } : clip)) }
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
