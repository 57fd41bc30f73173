import type { AppRouter } from "@strudel-agent/api/root"
import { isRecord } from "@strudel-agent/contract/is-record"
import type { Operation, TRPCLink } from "@trpc/client"
import { observable } from "@trpc/server/observable"
import { v7 as uuid } from "uuid"
import { reasonOf } from "./reason.ts"

const named = Symbol("a session whose id this client made")

/** Whether a call creates a session whose id this client made, so that it may be made again. */
export const createsNamedSession = ({ context }: Pick<Operation, "context">): boolean => named in context

/**
 * Gives a session that is created without an id one, once for all tries of the call. Where a try finds it there, an
 * earlier one created it though its answer was lost: it is read then.
 */
export const identifySessions: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const { path, input = {} } = op
    if (path !== "session.create" || !isRecord(input) || input.id !== undefined) return next(op)
    const id = uuid()
    return observable((observer) => {
      let reading = { unsubscribe() {} }
      const creating = next({ ...op, input: { ...input, id }, context: { ...op.context, [named]: true } }).subscribe({
        ...{ next: (value) => observer.next(value), complete: () => observer.complete() },
        error(error) {
          if (reasonOf(error) !== "SESSION_EXISTS") return observer.error(error)
          reading = next({ ...op, type: "query", path: "session.byId", input: { id } }).subscribe(observer)
        },
      })
      return () => {
        creating.unsubscribe()
        reading.unsubscribe()
      }
    })
  }
