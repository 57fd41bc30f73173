import { z } from "zod"

/** Something in the library that does not fit the rest. */
export const Inconsistency = z.object({
  kind: z.enum(["session", "clip", "song", "playlist", "file"]),
  /** What it is called, such as `house/kick`. */
  name: z.string(),
  problem: z.string(),
})
export type Inconsistency = z.infer<typeof Inconsistency>

export const InconsistencyRead = z.object({
  /** Names a path, of up to 1024 bytes. */
  cursor: z.string().max(4200).nullish(),
})

/** What was found in a part of the library: none where all of it fits. */
export const InconsistencyPage = z.object({
  items: z.array(Inconsistency),
  /** Where the next part begins; null after the last. */
  nextCursor: z.string().nullable(),
})
export type InconsistencyPage = z.infer<typeof InconsistencyPage>
