import type { Outputs } from "@strudel-agent/client/client"
import { api } from "../api/trpc.ts"
import { messagesInput, openingCursor } from "./message-page.ts"

/** Pages kept at a time; beyond, those farthest from the reader are let go and read again on the way back. */
const mostPages = 8

/** The messages of a session from its end, or around one of them. */
export function useMessages(session: Outputs["session"]["byId"], at: number | undefined) {
  return api.message.list.useInfiniteQuery(messagesInput(session.id), {
    initialCursor: openingCursor(at),
    // Older messages are "next" and newer ones "previous": a transcript is read from its end.
    getNextPageParam: ({ messages }) => (messages[0]?.messageIndex ? messages[0].messageIndex : undefined),
    getPreviousPageParam: ({ messages }) => {
      const last = messages.at(-1)?.messageIndex
      return last !== undefined && last < session.messageCount - 1 ? last : undefined
    },
    maxPages: mostPages,
    // What was said stays as it was said.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  })
}

export type Messages = ReturnType<typeof useMessages>
