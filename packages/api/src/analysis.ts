import type { Analysis } from "@strudel-agent/contract/clip/analysis"
import { withNearestName } from "@strudel-agent/reference/unknown-name"
import { warningsWithSounds } from "@strudel-agent/reference/unknown-sounds"
import { type AnalyseOptions, type Analyser, AnalyserBusy, AnalyserClosed } from "@strudel-agent/strudel/analyser"
import type { Failed, Played } from "@strudel-agent/strudel/result"
import { ApiError } from "./errors.ts"

interface Asked {
  code: string
  options: AnalyseOptions & { cycles: number }
  /** Whether to tell each event. */
  haps: boolean
}

/** What the code plays; refused with ANALYSER_BUSY where too much waits, or for too long, or the server stops. */
export async function analyse(analyser: Analyser, { code, options, haps }: Asked): Promise<Analysis> {
  try {
    const answer = haps ? await analyser.analyse(code, options) : await analyser.describe(code, options)
    const { cycles } = options
    if (!answer.ok) return presentFailure(answer, cycles)
    const music = presentMusic(answer, code)
    if ("events" in answer) return { ...music, cycles, events: answer.events }
    return { ...music, cycles, events: answer.haps.length, haps: answer.haps }
  } catch (cause) {
    throw asBusy(cause)
  }
}

/** What a caller is told where the analyser did not take code. */
export const asBusy = (cause: unknown): unknown =>
  cause instanceof AnalyserBusy || cause instanceof AnalyserClosed
    ? new ApiError("ANALYSER_BUSY", undefined, { cause })
    : cause

type Music = Pick<Played, "tempo" | "sounds" | "lanes" | "samples" | "warnings" | "definitionsOnly">

function presentMusic({ tempo, sounds, lanes, samples, definitionsOnly, warnings: engine }: Music, code: string) {
  const warnings = warningsWithSounds({ sounds, samples, warnings: engine }, code)
  return { ok: true, cps: tempo.cps, sounds, lanes, samples, warnings, definitionsOnly } as const
}

function presentFailure({ error, warnings }: Failed, cycles: number): Analysis {
  const none = { events: 0, sounds: [], lanes: [], samples: [], definitionsOnly: false }
  return { ok: false, cps: null, cycles, ...none, warnings, error: withNearestName(error) }
}
