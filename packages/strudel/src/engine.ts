import { evaluate, problemAfterStop } from "./evaluate.ts"
import { evaluateSong } from "./evaluate-song.ts"
import { vocabulary } from "./vocabulary.ts"

/** The one global name of the bundle, for a Worker, QuickJS and Node alike. */
export const strudelEngine = { evaluate, evaluateSong, problemAfterStop, vocabulary }

export type StrudelEngine = typeof strudelEngine

Object.assign(globalThis, { strudelEngine })
