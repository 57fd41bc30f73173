import { LiveListeners, LiveListening, LiveWatch } from "@strudel-agent/contract/live"
import type { TRPCRouterRecord } from "@trpc/server"
import { watch } from "../live/watch.ts"
import { reader } from "../trpc.ts"

export const liveRouter = {
  /**
   * Tells messages as they come, each once and in order, and what changed in the library. An event's id says how far the
   * reader has come: a stream that goes on from it loses nothing.
   */
  watch: reader
    .input(LiveWatch)
    .subscription(({ ctx, input, signal = new AbortController().signal }) => watch(ctx, input, signal)),

  /** Tells how many follow a session at this server without being a page: agents, and other programs. */
  listeners: reader
    .input(LiveListeners)
    .output(LiveListening)
    .query(({ ctx, input }) => ({ listeners: ctx.live.listeners(input.sessionId) })),
} satisfies TRPCRouterRecord
