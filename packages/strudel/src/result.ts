import { z } from "zod"
import { listed } from "./listed.ts"
import { paletteSize } from "./picture/colour.ts"

/** What may stop a piece of code from playing, in the order in which it would be met. */
export const Stage = z.enum(["parse", "mini", "run", "query", "timeout"])
export type Stage = z.infer<typeof Stage>

/** A place in the source as its author sees it: lines and columns count from 1. */
export const Place = z.object({ line: z.int().positive(), column: z.int().positive() })
export type Place = z.infer<typeof Place>

/** Why a piece of code does not play; the place is null where nothing in the source can be blamed. */
export const Problem = z.object({
  stage: Stage,
  message: z.string(),
  line: z.int().positive().nullable(),
  column: z.int().positive().nullable(),
})
export type Problem = z.infer<typeof Problem>

/** Begin and end in cycles as exact fractions: `"1/8"`, `"3"`. */
export const Span = z.tuple([z.string(), z.string()])
export type Span = z.infer<typeof Span>

/** One event. Times are in cycles. */
export const Hap = z.object({
  begin: z.number(),
  end: z.number(),
  /** Where the sound is let go: `end`, shortened or lengthened by `clip` and `duration`. */
  until: z.number(),
  whole: Span,
  part: Span,
  /** Every control of the event as JSON; a bare value stands under `value`. */
  value: z.record(z.string(), z.json()),
  /** The label of the lane it belongs to, null where the code has none. */
  lane: z.string().nullable(),
  /** The `name` of its entry in `sounds`, null if it makes no sound. */
  sound: z.string().nullable(),
  /** Its pitch as a MIDI note number, a fraction where between two keys; null if it has none. */
  note: z.number().nullable(),
  /** Begin and end offsets in the source of the mini notation that made it. */
  locations: z.array(z.tuple([z.int(), z.int()])),
})
export type Hap = z.infer<typeof Hap>

/** A labelled pattern (`$:`, `drums:`), in the order of the code. */
export const Lane = z.object({
  label: z.string(),
  /** Muted: its own label silences it. Overruled: another lane plays solo. */
  state: z.enum(["playing", "solo", "muted", "overruled"]),
  place: Place.nullable(),
  haps: z.int().nonnegative(),
  sounds: z.array(z.string()),
})
export type Lane = z.infer<typeof Lane>

/** A sound in use. `colour` is an index into a palette of twelve; a sound has the same one in every answer. */
export const Sound = z.object({
  name: z.string(),
  s: z.string(),
  bank: z.string().nullable(),
  /** Synth: computed by Strudel itself. Clip: defined by the code. Sample: something that must be loaded. */
  kind: z.enum(["synth", "clip", "sample"]),
  colour: z
    .int()
    .nonnegative()
    .max(paletteSize - 1),
  haps: z.int().nonnegative(),
  /** The sample numbers asked for. */
  n: z.array(z.number()).max(listed),
  /** Pitches as MIDI note numbers, fractions where between two keys. */
  notes: z.array(z.number()).max(listed),
})
export type Sound = z.infer<typeof Sound>

/** A request for samples, which the engine notes and never follows. */
export const SampleRequest = z.object({
  /** An address or a shorthand such as `github:user/repo`; null where the code lists the files itself. */
  source: z.string().nullable(),
  base: z.string().nullable(),
  /** The names it defines, as far as the code tells them. */
  names: z.array(z.string()),
})
export type SampleRequest = z.infer<typeof SampleRequest>

export const Tempo = z.object({
  /** Cycles per second. */
  cps: z.number().positive(),
  /** Beats per minute, given the beats of a cycle. */
  bpm: z.number().positive(),
  beatsPerCycle: z.number().positive(),
  /** Whether the code says so, or it is Strudel's default of half a cycle a second. */
  set: z.boolean(),
})
export type Tempo = z.infer<typeof Tempo>

export const WarningKind = z.enum([
  "empty",
  "silent",
  "noSound",
  "bareValues",
  "unknownSound",
  "deprecated",
  "ignored",
  "visual",
  "tempo",
  "cut",
  "log",
])

export const Warning = z.object({
  kind: WarningKind,
  message: z.string(),
  /** The function or sound it is about. */
  name: z.string().nullable(),
  place: Place.nullable(),
})
export type Warning = z.infer<typeof Warning>

export const Played = z.object({
  ok: z.literal(true),
  /** It only defines functions and values for other clips. */
  definitionsOnly: z.boolean(),
  from: z.number(),
  cycles: z.int().positive(),
  haps: z.array(Hap),
  /** True if there were more haps than the limit allowed. */
  cut: z.boolean(),
  lanes: z.array(Lane),
  sounds: z.array(Sound),
  samples: z.array(SampleRequest),
  tempo: Tempo,
  warnings: z.array(Warning),
})
export type Played = z.infer<typeof Played>

export const Failed = z.object({ ok: z.literal(false), error: Problem, warnings: z.array(Warning) })
export type Failed = z.infer<typeof Failed>

/** What a piece of Strudel code plays, or why it does not. */
export const Answer = z.discriminatedUnion("ok", [Played, Failed])
export type Answer = z.infer<typeof Answer>
