import type { AppRouter } from "@strudel-agent/api/root"
import type { Client } from "@strudel-agent/client/client"
import { isClientError } from "@strudel-agent/client/reason"
import type { RunChangeState } from "@strudel-agent/contract/run"
import { RunOperationPath } from "@strudel-agent/contract/run/operation"
import { type Operation, TRPCClientError, type TRPCLink } from "@trpc/client"
import { observable } from "@trpc/server/observable"
import { z } from "zod"
import type { WorkingKey } from "./run-key.ts"

interface Options {
  client: Client
  key: WorkingKey
  /** The model's call that the changes belong to. */
  callId: string
  /** Hears what became of each change. */
  onChange(state: RunChangeState): void
}

const OwnSession = z.object({ id: z.string() })
const OwnSessions = z.object({ ids: z.array(z.string()) })

/** Whether a call that changes something may be made as it is: it changes nothing of the library, or the run's own session. */
function isOpen({ path, input }: Operation, { sessionId }: WorkingKey): boolean {
  if (path === "clip.analyze") return true
  if (path === "session.rename") return OwnSession.safeParse(input).data?.id === sessionId
  if (path === "session.tagMany") return OwnSessions.safeParse(input).data?.ids.every((id) => id === sessionId) ?? false
  return false
}

const notAllowed = (path: string): TRPCClientError<AppRouter> => {
  const message = `The agent may not do this (${path}): a person can, in the page. Say so.`
  return TRPCClientError.from<AppRouter>({
    error: {
      message,
      code: -32003,
      data: { code: "FORBIDDEN", httpStatus: 403, path, reason: "AGENT_MAY_NOT", stack: undefined },
    },
  })
}

/**
 * Sends what a tool changes of the library through the run: the server makes it, or keeps it for a person to decide. What
 * reads passes, and everything else that changes something is refused.
 */
export const runLink =
  ({ client, key, callId, onChange }: Options): TRPCLink<AppRouter> =>
  () => {
    let count = 0
    return ({ op, next }) => {
      if (op.type !== "mutation" || isOpen(op, key)) return next(op)
      return observable((observer) => {
        const path = RunOperationPath.safeParse(op.path)
        const input = z.record(z.string(), z.unknown()).safeParse(op.input)
        if (!path.success || !input.success) return observer.error(notAllowed(op.path))
        const leaving = new AbortController()
        const id = count++ === 0 ? callId : `${callId}:${count}`
        const change = { ...key, callId: id, path: path.data, input: input.data }
        client.run.change.mutate(change, { signal: leaving.signal }).then(
          ({ state, answer }) => {
            onChange(state)
            observer.next({ result: { type: "data", data: answer } })
            observer.complete()
          },
          (error: unknown) => {
            if (isClientError(error)) observer.error(error)
            else
              observer.error(TRPCClientError.from<AppRouter>(error instanceof Error ? error : new Error(String(error))))
          },
        )
        return () => leaving.abort()
      })
    }
  }
