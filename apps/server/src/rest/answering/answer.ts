import { type Reason, reasons } from "@strudel-agent/contract/reason"
import { z } from "zod"
import { statusOf } from "./failure.ts"

/** What every failure is answered with. */
export const Refusal = z
  .object({
    error: z.object({
      reason: z.enum(Object.keys(reasons)).describe("What a program may branch on."),
      message: z.string().describe("Words for people."),
      fields: z.record(z.string(), z.string()).optional().describe("Per path of a field sent, what is wrong with it."),
      names: z.array(z.string()).optional().describe("Ids or names of what stands in the way."),
    }),
  })
  .meta({ id: "Error", description: "A failure." })

/** The answer of a deletion. */
export const Deleted = z.undefined().describe("Deleted.")

/** An answer in JSON, described by its schema's own words. */
export const answerOf = <T extends z.ZodType>(schema: T) => ({
  description: schema.description ?? "",
  content: { "application/json": { schema } },
})

const ofEveryCall = [
  "BAD_INPUT",
  "TOKEN_REQUIRED",
  "HOST_REFUSED",
  "ORIGIN_REFUSED",
  "INTERNAL",
  "DATABASE_AWAY",
  "DATABASE_TIMEOUT",
  "DATABASE_READ_ONLY",
  "DATABASE_OUT_OF_MEMORY",
  "STORAGE_FULL",
  "STORAGE_FAILED",
] as const satisfies Reason[]
const ofEveryWrite = ["BODY_TOO_LARGE", "BODY_NOT_JSON", "SERVER_BUSY"] as const satisfies Reason[]

/**
 * Describes failures by status. Its type is kept from the compiler, so that a handler's answer is checked against the
 * answers of success alone.
 */
function describeRefusals(all: Reason[]): object {
  const byStatus = new Map<number, Reason[]>()
  for (const reason of all) byStatus.set(statusOf(reason), [...(byStatus.get(statusOf(reason)) ?? []), reason])
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [status, { ...answerOf(Refusal), description: some.join(", ") }]),
  )
}

/** The failures of a call that reads: those of every call and these. */
export const readRefusals = (...own: Reason[]): object => describeRefusals([...ofEveryCall, ...own])

/** The failures of a call that writes: those of every write and these. */
export const writeRefusals = (...own: Reason[]): object => describeRefusals([...ofEveryCall, ...ofEveryWrite, ...own])
