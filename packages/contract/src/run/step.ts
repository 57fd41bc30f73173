import { z } from "zod"
import { StoredMetadata } from "../json.ts"

export { addRunEvent, stepsOf, textOf } from "./fold.ts"

/** What a run wrote, put together as people read it. */
export const RunStep = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({ type: z.literal("reasoning"), text: z.string() }),
  z.object({
    type: z.literal("call"),
    callId: z.string(),
    tool: z.string(),
    title: z.string(),
    input: StoredMetadata,
    /** Null until it is known. */
    result: z.object({ ok: z.boolean(), text: z.string() }).nullable(),
  }),
  z.object({ type: z.literal("wait"), words: z.string() }),
])
export type RunStep = z.infer<typeof RunStep>
