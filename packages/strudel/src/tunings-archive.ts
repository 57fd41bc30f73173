import { z } from "zod"
import type { Tunings } from "./tunings.ts"

/** The archive of scales as the build writes it. */
export const TuningsArchive: z.ZodType<Tunings> = z.record(z.string(), z.array(z.number()))
