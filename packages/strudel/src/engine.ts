import { evaluate, problemAfterStop } from "./evaluation/evaluate.ts"
import { evaluateSong } from "./song/evaluate-song.ts"
import { vocabulary } from "./vocabulary.ts"

/** The one global name of the bundle, for a Worker, QuickJS and Node alike. */
export const strudelEngine = { evaluate, evaluateSong, problemAfterStop, vocabulary }

export type StrudelEngine = typeof strudelEngine

Object.assign(globalThis, { strudelEngine })
