import type { AppRouter } from "@strudel-agent/api/root"
import { isReason, type Reason } from "@strudel-agent/contract/reason"
import type { TRPCClientError } from "@trpc/client"

/** The session that was followed is not there, or no longer. */
export class SessionGone extends Error {
  override readonly name = "SessionGone"

  constructor(sessionId: string) {
    super(`There is no session ${sessionId}, or no longer.`)
  }
}

// By its name, so that telling a failure does not load what makes calls.
export const isClientError = (error: unknown): error is TRPCClientError<AppRouter> =>
  error instanceof Error && error.name === "TRPCClientError"

/** The reason of a failed call: one of the server's table, "UNREACHABLE" where no server answered, or undefined for what is no failed call. */
export function reasonOf(error: unknown): Reason | "UNREACHABLE" | undefined {
  if (error instanceof SessionGone) return "SESSION_NOT_FOUND"
  if (!isClientError(error)) return undefined
  const reason: unknown = error.data?.reason
  return isReason(reason) ? reason : "UNREACHABLE"
}

/** Per path of an input field, what the server refused about it. */
export const fieldsOf = (error: unknown): Record<string, string> =>
  (isClientError(error) ? error.data?.fields : undefined) ?? {}

/** Names of what stood in the way of a call, such as the songs that use a clip. */
export const namesOf = (error: unknown): string[] => (isClientError(error) ? error.data?.names : undefined) ?? []
