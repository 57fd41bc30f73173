import { z } from "zod"

/** Something in the library that does not fit the rest. */
export const Inconsistency = z.object({
  kind: z.enum(["session", "clip", "file"]),
  /** What it is called, such as `house/kick`. */
  name: z.string(),
  problem: z.string(),
})

/** At most twenty of each kind. */
export const Inconsistencies = z.object({ items: z.array(Inconsistency) })
export type Inconsistencies = z.infer<typeof Inconsistencies>
