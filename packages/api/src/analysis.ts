import { type AnalyseOptions, type Analyser, AnalyserBusy, AnalyserClosed } from "@strudel-agent/strudel/analyser"
import type { Answer } from "@strudel-agent/strudel/result"
import { ApiError } from "./errors.ts"
import type { Analysis } from "./schema/analysis.ts"

/** What the code plays; refused with ANALYSER_BUSY where too much waits already, or the server stops. */
export async function analyse(analyser: Analyser, code: string, options: AnalyseOptions): Promise<Answer> {
  try {
    return await analyser.analyse(code, options)
  } catch (cause) {
    if (cause instanceof AnalyserBusy || cause instanceof AnalyserClosed) {
      throw new ApiError("ANALYSER_BUSY", undefined, { cause })
    }
    throw cause
  }
}

/** An answer of the engine as callers get it. */
export function presentAnalysis(answer: Answer, { cycles, haps }: { cycles: number; haps: boolean }): Analysis {
  if (!answer.ok) {
    const { ok, error, warnings } = answer
    const none = { events: 0, sounds: [], lanes: [], samples: [], definitionsOnly: false }
    return { ok, cps: null, cycles, ...none, warnings, error }
  }
  const { ok, tempo, sounds, lanes, samples, warnings, definitionsOnly } = answer
  const told = haps ? { haps: answer.haps } : {}
  const events = answer.haps.length
  return { ok, cps: tempo.cps, cycles, events, sounds, lanes, samples, warnings, definitionsOnly, ...told }
}
