import { type DrawnHap, drawnHap } from "../picture/drawn-hap.ts"
import type { Problem } from "../result.ts"
import { defaults } from "./evaluate-options.ts"
import { type Evaluated, evaluateClip, withFreshStrudel, withUsedStrudel } from "./evaluated.ts"
import { type PlayedHap, readHapsBetween } from "./haps.ts"
import type { Json } from "./plain-value.ts"
import { problemOfRun } from "./problem.ts"

export interface PerformedClip {
  name: string
  /** Cycles per second. */
  cps: number
  cpsSet: boolean
  /** What its first cycles play. */
  sounds: string[]
  sampleMaps: { map: string | { [name: string]: Json }; base: string | null }[]
  problem: Problem | null
}

/** Cycles that are listened to before a clip is played, for its sounds to be there in time. */
const ahead = 4

/** Clips that are asked for their events while they play; one stage in a realm, since Strudel keeps its state in globals. */
export function openStage() {
  const clips = new Map<string, Evaluated>()

  function events(
    clip: Evaluated,
    span: { begin: number; end: number; cps: number },
  ): PlayedHap[] | { problem: Problem } {
    try {
      return readHapsBetween(clip.pattern, span)
    } catch (error) {
      const { code, transpiled } = clip
      return { problem: problemOfRun({ code, transpiled, stage: "query", fallback: null }, error) }
    }
  }

  async function take(name: string, code: string): Promise<PerformedClip> {
    const attempt = await evaluateClip(code)
    if ("problem" in attempt) {
      return { name, cps: 0.5, cpsSet: false, sounds: [], sampleMaps: [], problem: attempt.problem }
    }
    const { evaluated } = attempt
    const { cps, performance } = evaluated
    const haps = events(evaluated, { begin: 0, end: ahead, cps })
    const about = { name, cps, cpsSet: performance.cpsSet, sampleMaps: performance.sampleMaps }
    if ("problem" in haps) return { ...about, sounds: [], problem: haps.problem }
    clips.set(name, evaluated)
    const sounds = new Set(haps.flatMap(({ sound }) => sound ?? []))
    return { ...about, sounds: [...sounds], problem: null }
  }

  return {
    /** Runs clips in their order; functions that one registers are there for those after it. */
    load(sources: { name: string; code: string }[], fresh: boolean): Promise<PerformedClip[]> {
      const work = async () => {
        if (fresh) clips.clear()
        const loaded: PerformedClip[] = []
        for (const { name, code } of sources) loaded.push(await take(name, code))
        return loaded
      }
      return fresh ? withFreshStrudel(defaults.seed, work) : withUsedStrudel(defaults.seed, work)
    },
    /** The events of a clip that begin between two cycles of its own time; none of a clip that is not there. */
    query(name: string, span: { begin: number; end: number; cps: number }): PlayedHap[] | { problem: Problem } {
      const clip = clips.get(name)
      return clip ? events(clip, span) : []
    },
    /** What of a clip's events between two cycles is drawn in its code; nothing of one that fails or is not there. */
    draw(name: string, span: { begin: number; end: number; cps: number }): DrawnHap[] {
      const clip = clips.get(name)
      const haps = clip ? events(clip, span) : []
      return Array.isArray(haps) ? haps.filter(({ visuals }) => visuals.length > 0).map(drawnHap) : []
    },
    /** Moves a slider of a clip, which is known by where its value stands in the code. */
    slide(name: string, { from, value }: { from: number; value: number }): void {
      clips.get(name)?.performance.sliders.set(`slider_${from}`, value)
    },
    drop(names: string[]): void {
      for (const name of names) clips.delete(name)
    },
  }
}
