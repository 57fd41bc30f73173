import { placeOfCulprit } from "../evaluation/culprit.ts"
import { defaults, type EvaluateOptions } from "../evaluation/evaluate-options.ts"
import { type Evaluated, evaluateClip, withFreshStrudel } from "../evaluation/evaluated.ts"
import { readHaps } from "../evaluation/haps.ts"
import { problemOfRun } from "../evaluation/problem.ts"
import { warningsOfHaps, warningsOfLog } from "../evaluation/warnings.ts"
import type { Answer, Lane, Problem } from "../result.ts"
import { soundsOf } from "../sounds.ts"
import { defaultCps } from "../stage/performance.ts"
import { tempoOf } from "../tempo.ts"
import { knowTunings } from "../tunings.ts"
import { arrangeClips, stackClips, type Timed } from "./combine.ts"

export interface SongClip {
  /** Names its lane. */
  id: string
  code: string
  /** How long it plays, in the song's cycles; only an arrangement asks for it. Default 4. */
  cycles?: number
  /** It runs for what it registers, and is not heard. */
  silent?: boolean
  /** It plays at the song's tempo; else at its own beside it. */
  follows?: boolean
}

export interface Song {
  clips: SongClip[]
  /** All at once, or one after the other. */
  order: "stack" | "arrange"
  /** Clips that play at the same time for so many of the song's cycles, one section after the other, in place of `order`. */
  sections?: { cycles: number; clips: string[] }[]
  /** Cycles per second. Default: the tempo of the first clip that sets one. */
  cps?: number
}

/** What a song plays; of a song that does not, the clip that is to blame. */
export type SongAnswer = Answer & { clip?: string }

type Part = SongClip & { evaluated: Evaluated }

/** Plays clips together: a lane for each clip. Functions that one clip registers are there for those after it. */
export async function evaluateSong(song: Song, options: EvaluateOptions = {}): Promise<SongAnswer> {
  const chosen = { ...defaults, ...options }
  return withFreshStrudel(chosen.seed, async (messages) => {
    knowTunings(chosen.tunings)
    const parts: Part[] = []
    for (const clip of song.clips) {
      const attempt = await evaluateClip(clip.code)
      if ("problem" in attempt) return failed(attempt.problem, clip.id)
      parts.push({ ...clip, evaluated: attempt.evaluated })
    }
    const answer = play(song, parts, chosen)
    return { ...answer, warnings: [...answer.warnings, ...warningsOfLog(messages)] }
  })
}

const failed = (error: Problem, clip: string): SongAnswer => ({ ok: false, clip, error, warnings: [] })

function play(song: Song, parts: Part[], { from, cycles, haps: limit, beatsPerCycle }: Required<EvaluateOptions>) {
  const teller = parts.find(({ evaluated, silent }) => evaluated.performance.cpsSet && !silent)
  const cps = song.cps ?? teller?.evaluated.cps ?? defaultCps
  const audible = parts.filter(({ evaluated, silent }) => !evaluated.definitionsOnly && !silent)
  const window = { from, cycles, limit, cps }
  try {
    const reading = readHaps(combine(song, audible, cps).pattern, window)
    const sounds = soundsOf(
      reading.haps,
      new Set(parts.flatMap(({ evaluated }) => [...evaluated.performance.ownSounds])),
    )
    const { haps, cut } = reading
    const lanes = audible.map(({ id }): Lane => {
      const own = haps.filter(({ lane }) => lane === id)
      const names = new Set(own.flatMap(({ sound }) => sound ?? []))
      return { label: id, state: "playing", place: null, haps: own.length, sounds: [...names] }
    })
    const samples = parts.flatMap(({ evaluated }) => evaluated.performance.samples)
    const tempo = tempoOf({ cps, set: song.cps !== undefined || teller !== undefined, beatsPerCycle })
    const warnings = warningsOfHaps(reading, sounds, cycles)
    return {
      ok: true,
      definitionsOnly: audible.length === 0,
      from,
      cycles,
      haps,
      cut,
      lanes,
      sounds,
      samples,
      tempo,
      warnings,
    } as const
  } catch (error) {
    return blame(song, audible, { window, error })
  }
}

function combine({ order, sections }: Song, parts: Part[], cps: number): Timed {
  const clips = parts.map(({ id, follows, evaluated: { pattern, cps: own } }): Timed => {
    const marked = pattern.withHap((hap) => hap.setContext({ ...hap.context, lane: id }))
    return { pattern: marked, cps: follows ? cps : own }
  })
  if (sections) {
    const named = new Map(parts.map(({ id }, index) => [id, clips[index]]))
    const together = (ids: string[]) =>
      stackClips(
        ids.flatMap((id) => named.get(id) ?? []),
        cps,
      )
    return arrangeClips(
      sections.map(({ cycles, clips: ids }) => [cycles, { ...together(ids), cps }]),
      cps,
    )
  }
  if (order === "stack") return stackClips(clips, cps)
  return arrangeClips(
    clips.map((clip, index) => [parts[index]?.cycles ?? 4, clip]),
    cps,
  )
}

interface Incident {
  window: Parameters<typeof readHaps>[1]
  error: unknown
}

/** The first clip that cannot be asked for its events by itself. */
function blame(song: Song, parts: Part[], { window, error }: Incident): SongAnswer {
  for (const part of parts) {
    try {
      readHaps(combine(song, [part], window.cps).pattern, window)
    } catch (own) {
      const { code, transpiled } = part.evaluated
      const fallback = placeOfCulprit(part.evaluated, window)
      return failed(problemOfRun({ code, transpiled, stage: "query", fallback }, own), part.id)
    }
  }
  throw error
}
