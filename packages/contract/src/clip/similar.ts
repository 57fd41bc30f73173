import { z } from "zod"
import { ClipKey } from "../clip.ts"
import { limits } from "../limits.ts"
import { wholeNumber } from "../text.ts"
import { ClipCard } from "./bulk.ts"

const { min, max, default: usual } = limits.similar

/** A clip, and how many are asked for that sound like it. */
export const ClipSimilar = ClipKey.extend({
  limit: wholeNumber(min).max(max, `at most ${max}`).default(usual),
})
export type ClipSimilar = z.infer<typeof ClipSimilar>

export const SimilarClip = ClipCard.extend({
  /** How far apart both sound: a difference of 1 is plainly heard. */
  distance: z.number().nonnegative(),
})

export const SimilarClips = z.object({
  /** Whether the clip's own sound is measured; nothing is like one that is not. */
  measured: z.boolean(),
  /** The most alike first. */
  items: z.array(SimilarClip),
})
export type SimilarClips = z.infer<typeof SimilarClips>
