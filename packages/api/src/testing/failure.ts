import { TRPCError } from "@trpc/server"
import { expect } from "vitest"
import { type Failure, failureOf } from "../errors.ts"

/** What a caller is told of a call that has to fail. */
export async function failureOfCall(call: Promise<unknown>): Promise<Failure> {
  const error: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(TRPCError)
  if (!(error instanceof TRPCError)) throw error
  return failureOf(error)
}
