import { limits } from "@strudel-agent/contract/limits"
import type { SongAudio } from "@strudel-agent/contract/song/audio"
import type { Db } from "@strudel-agent/database/client"
import { listClipCodes } from "@strudel-agent/database/queries/clip"
import type { SequenceKey } from "@strudel-agent/database/queries/sequence"
import type { Heard } from "@strudel-agent/ear/heard"
import { type Job, mapsOf, mostOfJob } from "@strudel-agent/ear/job"
import { audioWords, changeWords } from "@strudel-agent/ear/words"
import type { PlayedSection } from "@strudel-agent/project-folder/song/played-sections"
import { sectionsOfClips } from "@strudel-agent/project-folder/song/sections-of-clips"
import type { Answer, SampleRequest } from "@strudel-agent/strudel/result"
import { LibraryError } from "./failure.ts"
import { songs } from "./song.ts"

/** What listens: the events of code, and the sound of events. */
export interface SongEar {
  /** Resolves, when it is this song's turn, to what ends that; rejects as soon as the signal aborts. */
  enter(signal: AbortSignal): Promise<() => void>
  /** So many cycles of what code plays, and events of them at the most. */
  analyse(code: string, range: { cycles: number; haps: number }, signal: AbortSignal): Promise<Answer>
  /** What events sound like, or why that cannot be told. */
  listen(job: Job, signal: AbortSignal): Promise<Heard | { problem: string }>
}

const { songAudio } = limits
const usualCps = 0.5

type Code = Awaited<ReturnType<typeof listClipCodes>>[number]

/** A section with the clips that play in it, at the tempo of the first, and the cycles of it that are listened to. */
interface Planned extends Pick<PlayedSection, "name" | "bars"> {
  codes: Code[]
  cps: number
  cycles: number
}

interface Listening {
  ear: SongEar
  signal: AbortSignal
}

type Measured = Pick<SongAudio["sections"][number], "audio" | "problem">

const failed = (problem: string): Measured => ({ audio: null, problem })
const late = failed("It was not listened to: the sections before it took all the time that a song has")
const tooMany = "plays more events than are listened to"

/** The cycles of sections that are listened to, each at the tempo at which the code of its first clip is heard. */
async function plan(
  played: PlayedSection[],
  clips: ReadonlyMap<string, Code>,
  { ear, signal }: Listening,
): Promise<Planned[]> {
  const tempos = new Map<string, number>()
  async function tempoOf({ id, code, cps }: Code): Promise<number> {
    const known = tempos.get(id) ?? cps
    if (known !== null) return known
    const answer = await ear.analyse(code, { cycles: 1, haps: mostOfJob.haps }, signal)
    const found = answer.ok ? answer.tempo.cps : usualCps
    tempos.set(id, found)
    return found
  }
  const planned: Planned[] = []
  for (const { name, bars, clipIds } of played) {
    const codes = [...new Set(clipIds)].flatMap((id) => clips.get(id) ?? [])
    const cps = codes[0] ? await tempoOf(codes[0]) : usualCps
    const cycles = Math.min(bars, Math.max(1, Math.ceil(songAudio.seconds * cps)), limits.cycles.max)
    planned.push({ name, bars, codes, cps, cycles })
  }
  return planned
}

/** Renders and measures the beginning of clips that play at once. */
async function measureTogether({ codes, cps, cycles }: Planned, { ear, signal }: Listening): Promise<Measured> {
  const haps: Job["haps"] = []
  const samples: SampleRequest[] = []
  for (const { name, code } of codes) {
    const answer = await ear.analyse(code, { cycles: Math.ceil(cycles), haps: mostOfJob.haps }, signal)
    if (!answer.ok) return failed(`${name} does not play`)
    if (answer.cut) return failed(`${name} ${tooMany}`)
    haps.push(...answer.haps.filter(({ begin }) => begin < cycles).map((hap) => ({ ...hap, lane: name })))
    samples.push(...answer.samples)
  }
  if (haps.length > mostOfJob.haps) return failed(`It ${tooMany}`)
  haps.sort((one, other) => one.begin - other.begin)
  const seconds = Math.min(cycles / cps, songAudio.seconds)
  const heard = await ear.listen({ haps, cps, cycles: seconds * cps, maps: mapsOf(samples), layers: false }, signal)
  if ("problem" in heard) return failed(heard.problem)
  const { waveform: _, course: __, ...audio } = heard
  return { audio, problem: null }
}

/**
 * Measures sections in order; what sounds the same as one before is not measured again. Once a song's time is over, those
 * that are left say so.
 */
async function measure(
  planned: Planned[],
  { timeout, ...listening }: Listening & { timeout: AbortSignal },
): Promise<Measured[]> {
  const known = new Map<string, Measured>()
  const found: Measured[] = []
  for (const section of planned) {
    const same = JSON.stringify([section.codes.map(({ id }) => id), section.cycles])
    let measured = known.get(same)
    if (!measured && timeout.aborted) measured = late
    measured ??= await measureTogether(section, listening).catch((cause: unknown) => {
      if (!timeout.aborted) throw cause
      return late
    })
    known.set(same, measured)
    found.push(measured)
  }
  return found
}

/** Sounds one after another, as loud as their energy together. */
function loudnessOf(sections: SongAudio["sections"]): number | null {
  const heard = sections.flatMap(({ audio, seconds }) =>
    audio && audio.loudness !== null ? [{ energy: 10 ** (audio.loudness / 10), seconds }] : [],
  )
  if (heard.length === 0) return null
  const seconds = heard.reduce((sum, each) => sum + each.seconds, 0)
  const energy = heard.reduce((sum, each) => sum + each.energy * each.seconds, 0)
  return Math.round(100 * Math.log10(energy / seconds)) / 10
}

const rounded = (seconds: number) => Math.round(10 * seconds) / 10

/** Where each section begins, what it sounds like, and what becomes of that. */
function present(planned: Planned[], measured: Measured[]): SongAudio["sections"] {
  let at = 0
  let former: Measured["audio"] = null
  return planned.map(({ name, bars, cps }, place) => {
    const { audio, problem } = measured[place] ?? late
    const [begin, seconds, before] = [at, bars / cps, former]
    at += seconds
    former = audio
    return {
      ...{ name, begin: rounded(begin), seconds: rounded(seconds), audio, problem },
      words: audio ? audioWords(audio) : [],
      changes: audio && before ? changeWords(before, audio) : [],
    }
  })
}

/** Waits for a song's turn, but not longer than callers do. */
async function enter(ear: SongEar, given: AbortSignal | undefined): Promise<() => void> {
  const waiting = AbortSignal.timeout(songAudio.waiting)
  try {
    return await ear.enter(given ? AbortSignal.any([given, waiting]) : waiting)
  } catch (cause) {
    if (given?.aborted || !waiting.aborted) throw cause
    throw new LibraryError("ANALYSER_BUSY", "Other songs are being listened to: try again in a moment.", { cause })
  }
}

/**
 * What a song sounds like: the first 12 seconds of each of its sections, rendered and measured, for as long as it may
 * take. Its loudness and peak are those of the sections that were heard.
 */
export async function readSongAudio(db: Db, key: SequenceKey, listening: Partial<Listening>): Promise<SongAudio> {
  const song = songs.present(await songs.queries.find(db, key))
  const none = { version: song.version, seconds: 0, loudness: null, peak: null, sections: [] }
  const { ear, signal: given } = listening
  if (!ear) return { ...none, state: "off" }
  if (song.partIds.length === 0) return { ...none, state: "none" }
  const clips = new Map((await listClipCodes(db, key.projectId, song.partIds)).map((clip) => [clip.id, clip]))
  const names = new Map([...clips.values()].map(({ id, name }) => [id, name]))
  const played = sectionsOfClips({ body: song.body, clipIds: song.partIds }, names)
  if (played.length === 0) return { ...none, state: "none" }
  const leave = await enter(ear, given)
  try {
    const timeout = AbortSignal.timeout(songAudio.milliseconds)
    const signal = given ? AbortSignal.any([given, timeout]) : timeout
    const planned = await plan(played, clips, { ear, signal })
    const sections = present(planned, await measure(planned, { ear, signal, timeout }))
    const peaks = sections.flatMap(({ audio }) => audio?.peak ?? [])
    return {
      ...{ version: song.version, state: "measured", sections },
      seconds: rounded(sections.reduce((sum, { seconds }) => sum + seconds, 0)),
      loudness: loudnessOf(sections),
      peak: peaks.length > 0 ? Math.max(...peaks) : null,
    }
  } finally {
    leave()
  }
}
