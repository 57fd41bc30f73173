import { z } from "zod"

/** When a change was made on what was last changed at this moment: ISO 8601, as `updatedAt` came. */
export const ExpectedUpdatedAt = z.iso.datetime({ offset: true, error: "must be a date and time in ISO 8601" })
