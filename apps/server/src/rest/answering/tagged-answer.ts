import type { Reason } from "@strudel-agent/contract/reason"
import { z } from "zod"
import { answerOf, Refusal } from "./answer.ts"
import { tagHeaders } from "./condition.ts"

/** An answer that tells an item and its entity tag, described by the schema's own words. */
export const taggedAnswerOf = <T extends z.ZodType>(schema: T) => ({ ...answerOf(schema), headers: tagHeaders })

/** The answer to a reader who has the item already. */
export const NotModified = z.undefined().describe("The item is as the reader has it.")

/** Describes the refusal of a change that was made on another state. */
export const preconditionRefusal = (item: z.ZodType, changed: Reason): object => ({
  412: {
    ...answerOf(Refusal.extend({ current: item })),
    description: `${changed}: the item is in another state than If-Match says; \`current\` is what it is.`,
    headers: tagHeaders,
  },
})
