import type { Reason } from "@strudel-agent/contract/reason"
import { ApiError } from "./errors.ts"

interface Expected {
  expectedUpdatedAt?: string | undefined
  expectedVersion?: number | undefined
}

interface WhenChanged {
  reason: Reason
  what: string
}

/** Says that a change was made on another state than the stored one. */
export const hasChanged = ({ reason, what }: WhenChanged): ApiError =>
  new ApiError(reason, `The ${what} has changed since the state you started from.`)

/** Refuses a change that was made on another state than the stored one. */
export function expectUnchanged(
  { updatedAt, version }: { updatedAt: Date; version?: number },
  { expectedUpdatedAt: moment, expectedVersion }: Expected,
  whenChanged: WhenChanged,
): void {
  const sameMoment = moment === undefined || Date.parse(moment) === updatedAt.getTime()
  if (sameMoment && (expectedVersion === undefined || expectedVersion === version)) return
  throw hasChanged(whenChanged)
}
