import { type Hap, Lane, Problem, SampleRequest, Sound, Warning } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { limits } from "../limits.ts"
import { longText, wholeNumber } from "../text.ts"

const cycles = wholeNumber(limits.cycles.min).max(limits.cycles.max, `at most ${limits.cycles.max}`)

export const ClipAnalyze = z.object({
  code: longText(limits.codeBytes),
  /** Cycles to listen to, from the first on. */
  cycles: cycles.default(limits.cycles.default),
  /** Whether to tell each event. */
  haps: z.boolean().default(false),
})
export type ClipAnalyze = z.infer<typeof ClipAnalyze>

const facts = z.object({
  cycles: z.number().int(),
  /** Events that begin or last in these cycles, at most 20,000. */
  events: z.number().int(),
  sounds: z.array(Sound),
  lanes: z.array(Lane),
  /** What the code asks to load; nothing is loaded. */
  samples: z.array(SampleRequest),
  warnings: z.array(Warning),
  /** Whether it makes no sound by itself, but defines functions and values for other clips. */
  definitionsOnly: z.boolean(),
})

/** What a piece of code plays, or why it does not; code that does not play has no tempo, events or sounds. */
export const Analysis = z.discriminatedUnion("ok", [
  facts.extend({
    ok: z.literal(true),
    /** Cycles per second. */
    cps: z.number(),
    /** The thread that listened has read each by its schema; 20,000 of them take too long to read twice. */
    haps: z.array(z.custom<Hap>()).optional(),
  }),
  facts.extend({ ok: z.literal(false), cps: z.null(), error: Problem }),
])
export type Analysis = z.infer<typeof Analysis>
