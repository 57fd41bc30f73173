import * as z from "zod/mini"
import { limits, mostOf } from "./limits.ts"

const text = z.string().check(z.maxLength(limits.message))
const finite = z.number()
const positive = z.number().check(z.positive())
const factor = z.number().check(z.minimum(0.25), z.maximum(4))
const gain = z.number().check(z.minimum(0), z.maximum(limits.gain))
const amount = z.number().check(z.minimum(0), z.maximum(1))
const Id = z.int()
/** An offset in the code of a clip. */
const Place = z.int().check(z.minimum(0), z.maximum(limits.code))
/** The page counts its plays, updates and stops from 1; events name the one that they are about. */
const Change = z.int()

/** The name under which the page speaks of a clip: its project and id, or `draft`. */
const Key = z.string().check(z.minLength(1), z.maxLength(250))

/** A clip's code. Sources of one message are evaluated in their order, so functions of one are there for the next. */
export const Source = z.object({
  key: Key,
  code: z.string().check(z.maxLength(limits.code)),
  /** Scales that the code may name: frequencies in Hz. */
  tunings: z.optional(z.record(z.string(), z.readonly(z.array(finite)))),
})
export type Source = z.infer<typeof Source>

/** Clips that play at the same time for a number of cycles. */
export const Section = z.object({
  /** Returned with the position, for the page to know what plays. */
  id: z.string().check(z.maxLength(300)),
  cycles: positive.check(z.maximum(limits.cycles)),
  /** Cycles per second; null: of the first clip that sets a tempo. */
  cps: z.nullable(positive.check(z.maximum(limits.cps))),
  clips: z
    .array(
      z.object({
        key: Key,
        /** Whether it follows the section's tempo, or keeps its own beside it. */
        tempo: z.enum(["match", "own"]),
      }),
    )
    .check(z.maxLength(limits.sources)),
})
export type Section = z.infer<typeof Section>

export const Plan = z.object({
  sections: z.array(Section).check(z.minLength(1), z.maxLength(limits.sections)),
  /** From the beginning after the last section; else silence, and `ended`. */
  loop: z.boolean(),
  /** Whether a clip begins at its first cycle with every section, or runs with the cycles since play was pressed. */
  align: z.enum(["section", "running"]),
})
export type Plan = z.infer<typeof Plan>

/**
 * Loudness of each clip by its key; one that is not named keeps what it had, 1 at first, since it may still ring after it
 * was taken out. Mute and solo are resolved by the page.
 */
export const Mix = z.object({ volume: amount, gains: z.record(Key, gain) })
export type Mix = z.infer<typeof Mix>

/** Where the code is at fault, lines and columns from 1. */
export const Problem = z.object({
  stage: z.enum(["parse", "mini", "run", "query", "timeout"]),
  message: z.string(),
  line: z.nullable(z.int()),
  column: z.nullable(z.int()),
})
export type Problem = z.infer<typeof Problem>

/** What became of a source: of one that failed, what played under its key before `plays` on, if anything did. */
export const Loaded = z.object({
  key: Key,
  cps: positive,
  cpsSet: z.boolean(),
  problem: z.nullable(Problem),
  plays: z.boolean(),
})
export type Loaded = z.infer<typeof Loaded>

/** From the page to the sandbox. Each is answered by a `Reply` with its id. */
export const Command = z.discriminatedUnion("type", [
  /** Evaluates sources that are likely to be played next, for their first sound to come at once; the last ones count. */
  z.object({
    type: z.literal("prepare"),
    id: Id,
    sources: z.array(Source).check(z.maxLength(limits.sources)),
  }),
  /** Evaluates the sources, then takes up the plan: at once where nothing plays, else as `at` says. */
  z.object({
    type: z.literal("play"),
    id: Id,
    change: Change,
    sources: z.array(Source).check(z.maxLength(limits.sources)),
    plan: Plan,
    at: z.enum(["now", "cycle"]),
    /** The index of the section to begin with. */
    from: z.int().check(z.minimum(0)),
  }),
  /**
   * Takes up new code, and the plan where there is one, on the next cycle. The place is kept: the cycles since play was
   * pressed, the section by its id, the cycles into it. A clip that the plan plays no longer is ended.
   */
  z.object({
    type: z.literal("update"),
    id: Id,
    change: Change,
    sources: z.array(Source).check(z.maxLength(limits.sources)),
    plan: z.nullable(Plan),
  }),
  /** Silence within 50 ms, or from the next cycle on, into which what was heard rings out. */
  z.object({ type: z.literal("stop"), id: Id, change: Change, at: z.enum(["now", "cycle"]) }),
  /** Multiplies every tempo. */
  z.object({ type: z.literal("tempo"), id: Id, factor }),
  z.object({ type: z.literal("mix"), id: Id, mix: Mix }),
  /** Moves the `slider()` of a clip whose value begins at an offset of its code as it was taken up last. */
  z.object({
    type: z.literal("slide"),
    id: Id,
    key: Key,
    from: Place,
    value: finite,
  }),
  /** What the visuals in a clip's code draw with at the moment; answered with `drawn`. */
  z.object({
    type: z.literal("draw"),
    id: Id,
    key: Key,
    /** The cycle of the clip's own time from which events are wanted, a stretch at a time; null: none are. */
    from: z.nullable(finite.check(z.minimum(0))),
    /** The visuals that draw what is heard, by where their names begin in the code as it was taken up last. */
    signals: z.array(z.object({ visual: Place, of: z.enum(["time", "frequency"]) })).check(z.maxLength(limits.signals)),
  }),
  /** What a code plays, without playing it; answered with an `Answer` of the engine. */
  z.object({
    type: z.literal("analyse"),
    id: Id,
    sources: z.array(Source).check(z.minLength(1), z.maxLength(limits.sources)),
    plan: z.nullable(Plan),
    /** The first cycle that is asked for. */
    from: z.int().check(z.minimum(0), z.maximum(limits.cycles)),
    cycles: z.int().check(z.minimum(1), z.maximum(limits.cycles)),
  }),
  /** Computes the sound faster than it plays; answered with a WAV file, 16 bit stereo. */
  z.object({
    type: z.literal("render"),
    id: Id,
    sources: z.array(Source).check(z.maxLength(limits.sources)),
    plan: Plan,
    cycles: positive.check(z.maximum(limits.cycles)),
    mix: Mix,
    factor,
    /** Whether it rings out after the last cycle, for 10 seconds at most, or loops without a seam in just these cycles. */
    ending: z.enum(["rings", "loops"]),
    sampleRate: z.union([z.literal(44_100), z.literal(48_000)]),
  }),
  z.object({ type: z.literal("cancel"), id: Id, command: Id }),
  /** Where each of these sounds comes from; loads what is known of banks if need be. */
  z.object({ type: z.literal("sounds"), id: Id, names: z.array(z.string()).check(z.maxLength(1_000)) }),
  /** Whether samples may be asked for over the network, or the built-in sounds have to do. */
  z.object({ type: z.literal("network"), id: Id, allowed: z.boolean() }),
  /** The answer to an `asks`. */
  z.object({
    type: z.literal("fetched"),
    id: Id,
    ask: Id,
    status: z.int(),
    contentType: z.string(),
    body: z.nullable(z.instanceof(ArrayBuffer)),
  }),
])
export type Command = z.infer<typeof Command>

/** What visuals in a clip's code want to draw with. */
export type Wanted = Omit<Extract<Command, { type: "draw" }>, "type" | "id">

export const SoundState = z.object({
  name: z.string(),
  /** What is heard of it at the moment: `missing` is silence. */
  from: z.enum(["synth", "kit", "clip", "network", "replaced", "missing"]),
  /** The sound that replaces it. */
  by: z.nullable(z.string()),
  /** Where its samples lie, if it has some. */
  source: z.nullable(z.string()),
  /** Samples it has to choose from with `n`. */
  samples: z.int(),
  loading: z.boolean(),
  why: z.nullable(z.string()),
})
export type SoundState = z.infer<typeof SoundState>

/** An event that was given to the loudspeakers. */
export const Sounding = z.object({
  key: Key,
  /** Cycles of the clip's own time. */
  begin: finite,
  end: finite,
  /** Milliseconds since 1970, when it is heard. */
  at: finite,
  until: finite,
  sound: z.nullable(z.string()),
  /** A MIDI note number where it has a pitch. */
  note: z.nullable(finite),
  gain: finite,
  /** Index into the palette of twelve. */
  colour: z.int(),
  /** Begin and end offsets in the source. */
  locations: z.array(z.tuple([z.int(), z.int()])),
})
export type Sounding = z.infer<typeof Sounding>

/** What is not played as code asks for it. */
export const Limit = z.discriminatedUnion("kind", [
  /** A control of a clip's events is played as something else; null where what was asked is no number, or nothing is used. */
  z.object({ kind: z.literal("clamped"), key: Key, control: text, asked: z.nullable(text), used: z.nullable(text) }),
  /** A clip plays more than there is room for, and some of its events are dropped. */
  z.object({ kind: z.literal("dropped"), key: Key }),
  /** What a clip played was no number any more, and its effects were begun anew. */
  z.object({ kind: z.literal("reset"), key: Key }),
  /** Effects that cannot be heard in this browser and are left out. */
  z.object({ kind: z.literal("unsupported"), effects: z.array(text).check(z.maxLength(64)) }),
])
export type Limit = z.infer<typeof Limit>

/** An event as visuals in the code draw it, in cycles of its clip's own time. */
export const DrawnHap = z.object({
  begin: finite,
  until: finite,
  /** A MIDI note number where it has a pitch. */
  note: z.nullable(finite),
  sound: z.nullable(z.string().check(z.maxLength(mostOf.name))),
  label: z.string().check(z.maxLength(mostOf.label)),
  /** A colour of CSS that the code gives it. */
  color: z.nullable(z.string().check(z.maxLength(mostOf.label))),
  /** Index into the palette of twelve. */
  colour: z.int(),
  /** Loudness from 0 to 1. */
  level: amount,
  /** The visuals that draw it, by where their names begin in the code. */
  visuals: z.array(Place).check(z.maxLength(mostOf.visuals)),
})
export type DrawnHap = z.infer<typeof DrawnHap>

/** What visuals in a clip's code draw with. */
export const Drawn = z.object({
  /** Where the clip is heard, in cycles of its own time; null where it is not. */
  now: z.nullable(
    z.object({
      cycle: finite,
      /** Cycles of its own time in a second. */
      rate: positive,
      /** Milliseconds since 1970 to which this belongs. */
      at: finite,
      /** Another number with each code that is taken up. */
      version: z.int(),
    }),
  ),
  /** The events that begin in a stretch; null where none were asked for, or it is too far from what is heard. */
  haps: z.nullable(
    z.object({ from: finite, to: finite, events: z.array(DrawnHap).check(z.maxLength(limits.drawnHaps)) }),
  ),
  /** Samples from -1 to 1, or the decibels of frequencies up to half the sample rate. */
  signals: z
    .array(
      z.object({
        visual: Place,
        values: z.instanceof(Float32Array).check(z.refine(({ length }) => length <= limits.signalLength)),
      }),
    )
    .check(z.maxLength(limits.signals)),
})
export type Drawn = z.infer<typeof Drawn>

export const Position = z.object({
  /** Cycles since play was pressed. */
  cycle: finite,
  /** With the factor of the tempo in it. */
  cps: positive,
  /** The id of the section, the cycles into it, and its length. */
  section: z.string(),
  into: finite,
  of: finite,
  /** The cycle, since play was pressed, at which something else takes over; null where nothing is about to. */
  until: z.nullable(finite),
  /** Milliseconds since 1970 to which all of this belongs. */
  at: finite,
})
export type Position = z.infer<typeof Position>

/**
 * Why nothing is heard any more: it was `stopped`, its plan `ended`, or no clip of it plays (`diagnostic`); a play was
 * `overtaken` by a stop, is `blocked` until the page is clicked, or `refused` since it asks too much; the frame did not open
 * (`unavailable`), no longer answers (`frozen`), sent too much (`flooded`), failed unexpectedly (`crashed`) or was `closed`.
 */
export const Silence = z.enum([
  ...(["stopped", "ended", "diagnostic", "overtaken", "blocked", "refused"] as const),
  ...(["unavailable", "frozen", "flooded", "crashed", "closed"] as const),
])
export type Silence = z.infer<typeof Silence>

export const Reply = z.object({
  type: z.literal("reply"),
  id: Id,
  result: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("done") }),
    /** The cycle on which it takes effect, and when that is due to be heard, in milliseconds since 1970. */
    z.object({ kind: z.literal("evaluated"), loaded: z.array(Loaded), cycle: finite, at: finite }),
    z.object({ kind: z.literal("drawn"), drawn: Drawn }),
    /** An `Answer` of the engine, to be parsed with its own schema. */
    z.object({ kind: z.literal("analysed"), answer: z.unknown() }),
    z.object({ kind: z.literal("rendered"), wav: z.instanceof(ArrayBuffer), seconds: positive }),
    z.object({ kind: z.literal("sounds"), sounds: z.array(SoundState) }),
    z.object({ kind: z.literal("failed"), because: Silence, message: text }),
  ]),
})
export type Reply = z.infer<typeof Reply>

/**
 * From the sandbox to the page, unasked. What changes what is heard is told in the order in which it is heard, and when
 * it is.
 */
export const Event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  /** Every second in which a command is being worked at. */
  z.object({ type: z.literal("alive") }),
  /** A play or an update is heard from here on, and with it all that were asked for before. */
  z.object({ type: z.literal("arrived"), change: Change }),
  /** Another section is heard, or another tempo: its index in the plan, and its cycles per second without the factor. */
  z.object({ type: z.literal("section"), index: z.int(), cps: positive }),
  /** Nothing is heard any more of what was asked for up to a change; null: of whatever was asked for. */
  z.object({ type: z.literal("silent"), change: z.nullable(Change), because: Silence, message: z.optional(text) }),
  z.object({ type: z.literal("sounding"), events: z.array(Sounding).check(z.maxLength(limits.hapsPerMessage)) }),
  z.object({ type: z.literal("position"), position: Position }),
  /** `peak` and `rms` from 0 to 1; `wave`: 256 samples from -1 to 1. */
  z.object({ type: z.literal("meter"), peak: finite, rms: finite, wave: z.instanceof(Float32Array) }),
  /** A clip stopped itself: an error in one of its events, or no end. The others play on. */
  z.object({ type: z.literal("diagnostic"), key: Key, problem: Problem }),
  /** Where a sound comes from, whenever that is another place: a sound that is missing, replaced, loading or loaded. */
  z.object({ type: z.literal("sound"), sound: SoundState }),
  /** Once of each clip and control while it plays. */
  z.object({ type: z.literal("limited"), limit: Limit }),
  z.object({ type: z.literal("progress"), command: Id, part: amount }),
  /** It wants a file of samples, which the page fetches or refuses. */
  z.object({ type: z.literal("asks"), ask: Id, url: z.string().check(z.maxLength(2_000)) }),
])
export type Event = z.infer<typeof Event>
