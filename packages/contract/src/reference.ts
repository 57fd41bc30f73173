import { Entry, EntryKind } from "@strudel-agent/reference/entry"
import { z } from "zod"
import { limits } from "./limits.ts"
import { nameText, shortText } from "./text.ts"

const { min, max, default: usual } = limits.reference

export const ReferenceSearch = z.object({
  /** A name, or what something is to do; all there is where it is empty. */
  q: shortText(limits.search).default(""),
  kind: EntryKind.optional(),
  limit: z.number().int().min(min, `at least ${min}`).max(max, `at most ${max}`).default(usual),
})
export type ReferenceSearch = z.infer<typeof ReferenceSearch>

export const ReferenceFound = z.object({
  /** The most fitting first. */
  items: z.array(Entry),
  /** Whether one of them, or an alias of it, is called exactly so. */
  exact: z.boolean(),
  /** Where nothing is called so: names that are nearly so, the nearest first. */
  nearest: z.array(z.string()),
})
export type ReferenceFound = z.infer<typeof ReferenceFound>

export const ReferenceName = z.object({
  /** A name or an alias. */
  name: nameText(limits.name),
  /** Where things of several kinds are called so; the first of them unless told. */
  kind: EntryKind.optional(),
})
export type ReferenceName = z.infer<typeof ReferenceName>
