import * as z from "zod/mini"
import { limits, mostOf } from "../../limits.ts"
import { DrawnHap, Problem } from "../../protocol.ts"
import type { Ask } from "../../worker/asks.ts"

const text = (most: number) => z.string().check(z.maxLength(most))
const Place = z.object({ line: z.int(), column: z.int() })
const Lasting = z.object({
  stage: Problem.shape.stage,
  message: text(limits.message),
  line: Problem.shape.line,
  column: Problem.shape.column,
})

export const Hap = z.object({
  begin: z.number(),
  until: z.number(),
  end: z.number(),
  value: z.record(z.string(), z.unknown()),
  sound: z.nullable(text(mostOf.name)),
  note: z.nullable(z.number()),
  locations: z.array(z.tuple([z.int(), z.int()])).check(z.maxLength(mostOf.locations)),
  visuals: z.array(z.int()).check(z.maxLength(mostOf.visuals)),
})
export type Hap = z.infer<typeof Hap>

const PerformedClip = z.object({
  cps: z.number().check(z.positive()),
  cpsSet: z.boolean(),
  sounds: z.array(text(mostOf.name)).check(z.maxLength(mostOf.sounds)),
  sampleMaps: z
    .array(
      z.object({
        map: z.union([text(mostOf.address), z.record(z.string(), z.unknown())]),
        base: z.nullable(text(mostOf.address)),
      }),
    )
    .check(z.maxLength(mostOf.maps)),
  problem: z.nullable(Lasting),
})
export type PerformedClip = z.infer<typeof PerformedClip>

const answers = {
  load: PerformedClip,
  events: z.union([z.array(Hap).check(z.maxLength(limits.hapsPerMessage)), z.object({ problem: Lasting })]),
  draw: z.array(DrawnHap).check(z.maxLength(limits.drawnHaps)),
  slide: z.null(),
  /** Of what is handed to the page; that parses it with the engine's own schema. */
  analyse: z.looseObject({ ok: z.boolean() }),
  suspect: z.nullable(Place),
} satisfies Record<Ask["type"], z.ZodMiniType>

export type Parsed<Type extends Ask["type"]> = z.infer<(typeof answers)[Type]>

/** An answer as it must look, or undefined. */
export function parseAnswer<Type extends Ask["type"]>(type: Type, answer: unknown): Parsed<Type> | undefined
export function parseAnswer(type: Ask["type"], answer: unknown): unknown {
  const parsed = answers[type].safeParse(answer)
  return parsed.success ? parsed.data : undefined
}

/** All that a worker may say. */
export const WorkerMessage = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ begun: z.literal(true) }),
  z.object({ answer: z.unknown() }),
  z.object({ failure: z.string() }),
])

/** Why a worker was ended; `busy`: with what it was asked before, and never began with this. */
export type Gone = "late" | "forged" | "busy" | "ended"

/** The worker was ended before it answered; `late` and `forged` blame what was asked for. */
export class ClipGone extends Error {
  override name = "ClipGone"
  readonly ask: Ask
  readonly why: Gone

  constructor(ask: Ask, why: Gone) {
    super(`The worker was ended: ${why}`)
    this.ask = ask
    this.why = why
  }
}
