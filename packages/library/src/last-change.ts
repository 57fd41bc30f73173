import type { Reason } from "@strudel-agent/contract/reason"
import { LibraryError } from "./failure.ts"

export interface Expected {
  expectedUpdatedAt?: string | undefined
  expectedVersion?: number | undefined
}

interface WhenChanged {
  reason: Reason
  what: string
}

/** Refuses a change that was made on another state than the stored one. */
export function expectUnchanged(
  { updatedAt, version }: { updatedAt: Date; version?: number },
  { expectedUpdatedAt: moment, expectedVersion }: Expected,
  { reason, what }: WhenChanged,
): void {
  const sameMoment = moment === undefined || Date.parse(moment) === updatedAt.getTime()
  if (sameMoment && (expectedVersion === undefined || expectedVersion === version)) return
  throw new LibraryError(reason, `The ${what} has changed since the state you started from.`)
}
