import { clipStates } from "@strudel-agent/database/kinds"
import { Picture } from "@strudel-agent/strudel/picture-data"
import { Problem } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { limits } from "../limits.ts"
import { Slug, shortText, wholeNumber } from "../text.ts"

export const ClipState = z.enum(clipStates)
export type ClipState = z.infer<typeof ClipState>

/** The states of clips that play, or of those that do not. */
export const statesOf = (plays: boolean): ClipState[] => (plays ? ["plays"] : ["fails"])

/** JSON of the database, written by the same schema; what is of another shape after all keeps nobody from reading the rest. */
const stored = <T extends z.ZodType>(schema: T) => z.unknown().pipe(schema)

/** What lists tell of a clip's code. */
export const stateFields = {
  /** Null until the server has listened to it. */
  state: ClipState.nullable(),
  /** Why it does not play, where its state is "fails". */
  problem: stored(Problem.nullable().catch(null)),
}

/** What it plays as a small picture; null where it makes no sound, or nobody has listened yet. */
export const pictureField = { picture: stored(Picture.nullable().catch(null)) }

/** What was found of a clip as it is. */
export const ClipAnalysis = z.object({
  /** Cycles per second; null where the code does not play, as the events are. */
  cps: z.number().nullable(),
  events: z.number().int().nullable(),
  cycles: z.number().int().nullable(),
  /** Names of the sounds in use. */
  sounds: z.array(z.string()),
  /** Where the code asks to load samples from. */
  samples: z.array(z.string()),
})

/** How many versions the server has yet to listen to; at most 10,000 are counted. */
export const AnalysisProgress = z.object({ pending: z.number().int() })

const { heard } = limits
const soundName = shortText(heard.name)

/** What a player found of a version that takes longer than the server listens. */
export const ClipSettle = z
  .object({
    projectId: Slug,
    id: Slug,
    version: wholeNumber(1),
    cycles: wholeNumber(limits.cycles.min).max(limits.cycles.max, `at most ${limits.cycles.max}`),
  })
  .and(
    z.discriminatedUnion("state", [
      z.object({
        state: z.enum(["plays", "silent", "definitions"]),
        cps: z.number().positive(),
        events: wholeNumber(0),
        sounds: z.array(soundName).max(heard.sounds, `at most ${heard.sounds} sounds`),
        samples: z.array(soundName).max(heard.samples, `at most ${heard.samples} sources`),
        picture: Picture.nullable(),
      }),
      z.object({ state: z.literal("fails"), problem: Problem }),
    ]),
  )
export type ClipSettle = z.infer<typeof ClipSettle>

export const ClipSettled = z.object({ settled: z.boolean() })
