import { limits } from "@strudel-agent/contract/limits"
import type { SongAudio } from "@strudel-agent/contract/song/audio"
import type { Db } from "@strudel-agent/database/client"
import { listClipCodes } from "@strudel-agent/database/queries/clip"
import type { SequenceKey } from "@strudel-agent/database/queries/sequence"
import type { Heard } from "@strudel-agent/ear/heard"
import { type Job, mostOfJob } from "@strudel-agent/ear/job"
import { audioWords, changeWords } from "@strudel-agent/ear/words"
import type { PlayedSection } from "@strudel-agent/project-folder/song/played-sections"
import { sectionsOfClips } from "@strudel-agent/project-folder/song/sections-of-clips"
import type { Answer } from "@strudel-agent/strudel/result"
import { LibraryError } from "./failure.ts"
import { songs } from "./song.ts"

/** What listens: the events of code, and the sound of events. */
export interface SongEar {
  /** Resolves, when it is this song's turn, to what ends that; rejects as soon as the signal aborts. */
  enter(signal: AbortSignal): Promise<() => void>
  /** So many cycles of what code plays. */
  analyse(code: string, cycles: number, signal: AbortSignal): Promise<Answer>
  /** What events sound like, or why that cannot be told. */
  listen(job: Job, signal: AbortSignal): Promise<Heard | { problem: string }>
}

const { songAudio } = limits
/** Maps of samples that one section may name. */
const mostMaps = 16
const usualCps = 0.5

interface Measured {
  cps: number
  audio: Heard | null
  problem: string | null
}

const failed = (cps: number, problem: string): Measured => ({ cps, audio: null, problem })

interface Code {
  name: string
  code: string
}

/** Cycles of a section that are listened to, at a tempo. */
const cyclesOf = (bars: number, cps: number): number =>
  Math.min(bars, Math.max(1, Math.ceil(songAudio.seconds * cps)), limits.cycles.max)

/** Renders and measures the beginning of clips that play at once. */
async function measureTogether(codes: Code[], { cps, cycles }: { cps: number; cycles: number }, listening: Listening) {
  const { ear, signal } = listening
  const haps: Job["haps"] = []
  const maps: Job["maps"] = []
  for (const { name, code } of codes) {
    const answer = await ear.analyse(code, Math.ceil(cycles), signal)
    if (!answer.ok) return failed(cps, `${name} does not play`)
    if (answer.cut) return failed(cps, `${name} plays more events than are listened to`)
    haps.push(...answer.haps.filter(({ begin }) => begin < cycles).map((hap) => ({ ...hap, lane: name })))
    for (const { source, base } of answer.samples) if (source !== null) maps.push({ map: source, base })
  }
  if (haps.length > mostOfJob.haps) return failed(cps, "It plays more events than are listened to")
  haps.sort((one, other) => one.begin - other.begin)
  const job = {
    haps,
    cps,
    cycles: Math.min(cycles, songAudio.seconds * cps),
    maps: maps.slice(0, mostMaps),
    layers: false,
  }
  const heard = await ear.listen(job, signal)
  return "problem" in heard ? failed(cps, heard.problem) : { cps, audio: heard, problem: null }
}

interface Listening {
  ear: SongEar
  signal: AbortSignal
}

const late = "It was not listened to: the sections before it took all the time that a song has"

/**
 * Measures each section at the tempo of its first clip's code; what sounds the same as one before is not measured again.
 * Once a song's time is over, the sections that are left say so.
 */
async function measureSections(
  played: PlayedSection[],
  clips: ReadonlyMap<string, Code>,
  { ear, signal, timeout }: Listening & { timeout: AbortSignal },
): Promise<Measured[]> {
  const tempos = new Map<string, number>()
  const tempoOf = async (id: string): Promise<number> => {
    const known = tempos.get(id)
    if (known !== undefined) return known
    const answer = await ear.analyse(clips.get(id)?.code ?? "", 1, signal)
    const cps = answer.ok ? answer.tempo.cps : usualCps
    tempos.set(id, cps)
    return cps
  }
  const known = new Map<string, Measured>()
  const measure = async ({ clipIds, bars }: PlayedSection): Promise<Measured> => {
    const ids = [...new Set(clipIds)].filter((id) => clips.has(id))
    const cps = await tempoOf(ids[0] ?? "")
    const cycles = cyclesOf(bars, cps)
    const same = JSON.stringify([ids, cycles])
    const codes = ids.flatMap((id) => clips.get(id) ?? [])
    const measured = known.get(same) ?? (await measureTogether(codes, { cps, cycles }, { ear, signal }))
    known.set(same, measured)
    return measured
  }
  const found: Measured[] = []
  for (const section of played) {
    const cps = found.at(-1)?.cps ?? usualCps
    const measured = timeout.aborted
      ? failed(tempos.get(section.clipIds[0] ?? "") ?? cps, late)
      : await measure(section).catch((cause: unknown) => {
          if (!timeout.aborted) throw cause
          return failed(cps, late)
        })
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
function presentSections(played: PlayedSection[], measured: Measured[]): SongAudio["sections"] {
  let at = 0
  let before: Heard | null = null
  return played.map(({ name, bars }, place) => {
    const { cps = usualCps, audio = null, problem = null } = measured[place] ?? {}
    const seconds = bars / cps
    const begin = at
    at += seconds
    const former = before
    before = audio
    return {
      ...{ name, begin: rounded(begin), seconds: rounded(seconds), audio, problem },
      words: audio ? audioWords(audio) : [],
      changes: audio && former ? changeWords(former, audio) : [],
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
 * take. Refused with SONG_TOO_LONG where it has more sections that differ than are listened to.
 */
export async function readSongAudio(db: Db, key: SequenceKey, listening: Partial<Listening>): Promise<SongAudio> {
  const song = songs.present(await songs.queries.find(db, key))
  const none = { version: song.version, seconds: 0, loudness: null, peak: null, sections: [] }
  const { ear, signal: given } = listening
  if (!ear) return { ...none, state: "off" }
  const clips = new Map((await listClipCodes(db, key.projectId, song.partIds)).map((clip) => [clip.id, clip]))
  const names = new Map([...clips.values()].map(({ id, name }) => [id, name]))
  const played = sectionsOfClips({ body: song.body, clipIds: song.partIds }, names)
  if (played.length === 0) return { ...none, state: "none" }
  const differing = new Set(played.map(({ clipIds }) => clipIds.join(" "))).size
  if (differing > songAudio.sections) {
    throw new LibraryError(
      "SONG_TOO_LONG",
      `The song has ${differing} sections that differ, and at most ${songAudio.sections} are listened to.`,
    )
  }
  const leave = await enter(ear, given)
  const timeout = AbortSignal.timeout(songAudio.milliseconds)
  const signal = given ? AbortSignal.any([given, timeout]) : timeout
  const measured = await measureSections(played, clips, { ear, signal, timeout }).finally(leave)
  const sections = presentSections(played, measured)
  const peaks = sections.flatMap(({ audio }) => audio?.peak ?? [])
  return {
    ...{ version: song.version, state: "measured", sections },
    seconds: rounded(sections.reduce((sum, { seconds }) => sum + seconds, 0)),
    loudness: loudnessOf(sections),
    peak: peaks.length > 0 ? Math.max(...peaks) : null,
  }
}
