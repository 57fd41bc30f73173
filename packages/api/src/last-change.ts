import { ApiError } from "./errors.ts"
import type { Reason } from "./schema/reason.ts"

interface Expected {
  expectedUpdatedAt?: string | undefined
  expectedVersion?: number | undefined
}

/** Refuses a change that was made on another state than the stored one. */
export function expectUnchanged(
  { updatedAt, version }: { updatedAt: Date; version?: number },
  { expectedUpdatedAt: moment, expectedVersion }: Expected,
  { reason, what }: { reason: Reason; what: string },
): void {
  const sameMoment = moment === undefined || Date.parse(moment) === updatedAt.getTime()
  if (sameMoment && (expectedVersion === undefined || expectedVersion === version)) return
  throw new ApiError(reason, `The ${what} has changed since the state you started from.`)
}
