import { limits } from "@strudel-agent/contract/limits"
import { Name, nameText, Slug, shortText, Uuid, wholeNumber } from "@strudel-agent/contract/text"
import { z } from "zod"

/** Fields that several tools take, with what they say to a model. */
export const uriField = z.string().describe("Address from search or list, e.g. strudel://clip/house/kick")
export const projectField = Slug.describe("Project id, e.g. house; created when new")
export const idField = Slug.describe("Letters, digits and - _ . only, e.g. acid-line")
export const nameField = Name
export const limitField = z.number().int().min(1, "at least 1").max(50, "at most 50").default(20)
export const detailField = z.boolean().default(false).describe("Everything, not the short answer")
export const tagsField = z.array(nameText(limits.tag)).max(limits.tags, `at most ${limits.tags} tags`)
export const expectedVersionField = wholeNumber(1).describe("The version that you read and change; needed if it exists")
export const queryField = shortText(limits.search)

/** Where a version comes from. */
export const originFields = {
  session_id: Uuid.optional().describe("Session that this is made in"),
  message_index: wholeNumber(0).optional().describe("Message of the session that asked for it"),
}

/** Something wrong with code, and what may be meant. */
export const Finding = z.object({
  problem: z.string(),
  line: z.number().optional(),
  instead: z.array(z.string()).optional(),
})
export type Finding = z.infer<typeof Finding>

/** What code plays. */
export const Heard = z.object({
  plays: z.boolean(),
  bpm: z.number().optional(),
  sounds: z.array(z.string()),
  errors: z.array(Finding),
  warnings: z.array(Finding),
})
export type Heard = z.infer<typeof Heard>
