import { limits } from "@strudel-agent/contract/limits"
import { someAtOnce } from "@strudel-agent/contract/some-at-once"
import { sectionsOfClips } from "@strudel-agent/project-folder/song/sections-of-clips"
import type { Hap } from "@strudel-agent/strudel/result"
import { codeOfSong, type SongSection } from "@strudel-agent/strudel/song-code"
import { ToolProblem } from "./advice.ts"
import { callsAtOnce, type ToolContext } from "./tool.ts"
import type { Item } from "./uri.ts"

export interface SongParts {
  name: string
  clips: { id: string; name: string; code: string }[]
  sections: SongSection[]
}

/** Reads a song with the code of its clips, each section at the tempo of its first clip. */
export async function songParts({ projectId, id, version }: Item, { client, signal }: ToolContext): Promise<SongParts> {
  const key = { projectId, id }
  const song =
    version === undefined
      ? await client.song.byId.query(key, { signal })
      : await client.song.version.query({ ...key, version }, { signal })
  if (song.clipIds.length === 0) throw new ToolProblem("The song has no clips: arrange it with arrange_song first.")
  const ids = [...new Set(song.clipIds)]
  const clips = await someAtOnce(ids, callsAtOnce, (clipId) =>
    client.clip.byId.query({ projectId, id: clipId }, { signal }),
  )
  const tempos = new Map<string, number>()
  for (const { id: clipId, name, code } of clips) {
    const heard = await client.clip.analyze.mutate({ code, cycles: 1 }, { signal })
    if (!heard.ok)
      throw new ToolProblem(
        `The clip "${name}" (${clipId}) does not play: ${heard.error.message}. Mend it with save_clip first.`,
      )
    tempos.set(clipId, heard.cps)
  }
  const names = new Map(clips.map(({ id: clipId, name }) => [clipId, name]))
  const played = sectionsOfClips(song, names)
  const sections = played.map(({ name, bars, clipIds }) => ({
    name,
    cycles: bars,
    cps: tempos.get(clipIds[0] ?? "") ?? 0.5,
    clips: [...new Set(clipIds)],
  }))
  return { name: song.name, clips: clips.map((clip) => ({ id: clip.id, name: clip.name, code: clip.code })), sections }
}

/** A song as one piece of code. */
export function codeOfParts(parts: SongParts): string {
  try {
    return codeOfSong(parts)
  } catch (error) {
    throw new ToolProblem(
      `The song cannot be one piece of code: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

export interface Score {
  haps: Hap[]
  tempos: { cycle: number; cps: number }[]
}

/** Events of one MIDI file. */
const mostEvents = 100_000

const tooManyEvents = () =>
  new ToolProblem(
    "It plays more events than can be written: export fewer cycles, or the clips of a song each by itself.",
  )

async function hapsOf(code: string, cycles: number, { client, signal }: ToolContext) {
  const heard = await client.clip.analyze.mutate({ code, cycles, haps: true }, { signal })
  if (!heard.ok) throw new ToolProblem(`It does not play: ${heard.error.message}. Mend it with save_clip first.`)
  if (heard.warnings.some(({ kind }) => kind === "cut")) throw tooManyEvents()
  return { haps: heard.haps ?? [], cps: heard.cps }
}

/** Every event of code in so many cycles. */
export async function scoreOfCode(code: string, cycles: number, context: ToolContext): Promise<Score> {
  const { haps, cps } = await hapsOf(code, cycles, context)
  return { haps: haps.filter(({ begin }) => begin < cycles), tempos: [{ cycle: 0, cps }] }
}

/** Every event of a song, in cycles from its beginning. */
export async function scoreOfParts(parts: SongParts, context: ToolContext): Promise<Score> {
  const score: Score = { haps: [], tempos: [] }
  let at = 0
  for (const section of parts.sections) {
    if (section.cycles > limits.cycles.max) {
      throw new ToolProblem(
        `The section "${section.name}" lasts ${section.cycles} bars, and MIDI is written of at most ${limits.cycles.max} a section: part it in two with arrange_song.`,
      )
    }
    const own = { ...parts, clips: parts.clips.filter(({ id }) => section.clips.includes(id)), sections: [section] }
    const { haps } = await hapsOf(codeOfParts(own), section.cycles, context)
    for (const hap of haps) {
      if (hap.begin < section.cycles)
        score.haps.push({ ...hap, begin: hap.begin + at, end: hap.end + at, until: hap.until + at })
    }
    if (score.haps.length > mostEvents) throw tooManyEvents()
    score.tempos.push({ cycle: at, cps: section.cps })
    at += section.cycles
  }
  return score
}
