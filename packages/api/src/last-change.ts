import { ApiError } from "./errors.ts"
import type { Reason } from "./schema/reason.ts"

/** Refuses a change that was made on another state than the stored one. */
export function expectUnchanged(
  { updatedAt }: { updatedAt: Date },
  expected: string | undefined,
  { reason, what }: { reason: Reason; what: string },
): void {
  if (expected === undefined || Date.parse(expected) === updatedAt.getTime()) return
  throw new ApiError(reason, `The ${what} has changed since the state you started from.`)
}

/** The moment of a change, later than the former one even within its millisecond, so that it tells states apart. */
export const momentAfter = (former: Date): Date => new Date(Math.max(Date.now(), former.getTime() + 1))
