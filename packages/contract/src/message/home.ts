import { z } from "zod"
import { itemKinds } from "../item.ts"
import { Slug, Uuid, wholeNumber } from "../text.ts"

export const MessageKey = z.object({ sessionId: Uuid, messageIndex: wholeNumber(0) })
export type MessageKey = z.infer<typeof MessageKey>

/** A version of a clip that has the code of a message. */
const CodeHome = z.object({
  /** Which of the message's codes, counted as `codesOfMessage` lists them. */
  place: z.number().int(),
  projectId: Slug,
  clipId: Slug,
  name: z.string(),
  version: z.number().int(),
  /** The version that the clip has today. */
  currentVersion: z.number().int(),
})

/** Where the library has the codes of a message, and which of the items that it names are there. */
export const MessageHomes = z.object({
  homes: z.array(CodeHome),
  items: z.array(z.object({ itemType: z.enum(itemKinds), projectId: Slug, itemId: Slug })),
})
export type MessageHomes = z.infer<typeof MessageHomes>
