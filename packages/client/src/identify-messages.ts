import type { AppRouter } from "@strudel-agent/api/root"
import { isRecord } from "@strudel-agent/contract/is-record"
import type { TRPCLink } from "@trpc/client"
import { v7 as uuid } from "uuid"

const identified = (message: unknown): unknown =>
  isRecord(message) && message.clientId === undefined ? { ...message, clientId: uuid() } : message

/** Gives each message of an append that has none a client id, once for all tries of the call. */
export const identifyMessages: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    const { input } = op
    if (op.path !== "message.append" || !isRecord(input) || !Array.isArray(input.messages)) return next(op)
    return next({ ...op, input: { ...input, messages: input.messages.map(identified) } })
  }
