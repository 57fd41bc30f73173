import { z } from "zod"
import { limits } from "./limits.ts"

const { min, max, default: usual } = limits.page

/** How many rows a page holds: 1 to 200, 50 unless told. */
export const PageLimit = z.number().int().min(min, `at least ${min}`).max(max, `at most ${max}`).default(usual)

/** Where the page before ended; opaque to callers. */
export const Cursor = z.string().min(1).max(4000)

/** The fields of every list's input. */
export const pageFields = { limit: PageLimit, cursor: Cursor.nullish() }

/** A page of a list: its rows and where the next page starts, null after the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: Cursor.nullable() })
