import { appRouter } from "@strudel-agent/api/root"
import { TRPCError } from "@trpc/server"

export type ProcedureType = "query" | "mutation" | "subscription"

/** The procedures of the router by their paths. */
const types = new Map<string, ProcedureType>()

function note(value: unknown, path: string): void {
  if (typeof value === "function" && "_def" in value) {
    const { _def: definition } = value
    const type = typeof definition === "object" && definition !== null && "type" in definition && definition.type
    if (type === "query" || type === "mutation" || type === "subscription") types.set(path, type)
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) note(member, path === "" ? name : `${path}.${name}`)
  }
}
note(appRouter._def.record, "")

/** Whether a path is of a query, a mutation or a subscription; undefined where there is no such procedure. */
export const typeOf = (path: string): ProcedureType | undefined => types.get(path)

/** What tRPC raises where an input cannot be read. */
export const badRequest = (cause: unknown) =>
  new TRPCError({ code: "BAD_REQUEST", message: cause instanceof Error ? cause.message : "Invalid input", cause })
