import { z } from "zod"
import { wholeNumber } from "./text.ts"

/** When a change was made on what was last changed at this moment: ISO 8601, as `updatedAt` came. */
export const ExpectedUpdatedAt = z.iso.datetime({ offset: true, error: "must be a date and time in ISO 8601" })

/** What a change was made on, by the moment of its last change, by its version, or by both. */
export const expectedFields = {
  expectedUpdatedAt: ExpectedUpdatedAt.optional(),
  expectedVersion: wholeNumber(1).optional(),
}
