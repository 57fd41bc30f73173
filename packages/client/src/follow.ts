import type { AppRouter } from "@strudel-agent/api/root"
import type { Message } from "@strudel-agent/contract/message"
import type { TRPCClient } from "@trpc/client"
import { isPassing, usualRetries } from "./links.ts"
import { isClientError, reasonOf, SessionGone } from "./reason.ts"

export interface FollowOptions {
  /** The index of the last message that the reader has; -1, which is usual, is none. */
  after?: number | undefined
  /** Ends the following without an error. */
  signal?: AbortSignal | undefined
}

/** Messages that wait for their reader; where there are more, the stream is left until they are read. */
const mostWaiting = 1000

/** Failures in a row after which the pauses between two tries grow no longer. */
const longestPauseAfter = 5

/** What came of a stream, until somebody takes it. */
class Arrivals {
  #messages: Message[] = []
  #end: { error?: unknown } | undefined
  #wake = () => {}

  /** The next messages; undefined at the end. */
  async take(): Promise<Message[] | undefined> {
    while (this.#messages.length === 0) {
      if (this.#end?.error !== undefined) throw this.#end.error
      if (this.#end) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#messages.splice(0)
  }

  add(messages: Message[]): void {
    if (this.#end) return
    this.#messages.push(...messages)
    if (this.#messages.length > mostWaiting) this.end({})
    this.#wake()
  }

  end(why: { error?: unknown }): void {
    this.#end ??= why
    this.#wake()
  }
}

interface Reading {
  sessionId: string
  after: number
  signal: AbortSignal | undefined
}

/** The messages of one stream, which ends where its connection does, or where its reader is far behind. */
async function* readStream(client: TRPCClient<AppRouter>, { sessionId, after, signal }: Reading) {
  const arrivals = new Arrivals()
  const stream = client.live.watch.subscribe(
    { sessions: [{ sessionId, after }] },
    {
      onData({ data }) {
        if (data.type === "messages") arrivals.add(data.messages)
        else if (data.type === "gone") arrivals.end({ error: new SessionGone(sessionId) })
      },
      onError: (error) => arrivals.end({ error }),
      onComplete: () => arrivals.end({}),
    },
  )
  const leave = () => arrivals.end({})
  signal?.addEventListener("abort", leave)
  try {
    for (let messages = await arrivals.take(); messages; messages = await arrivals.take()) yield* messages
  } finally {
    signal?.removeEventListener("abort", leave)
    stream.unsubscribe()
  }
}

const pause = (milliseconds: number, signal: AbortSignal | undefined) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener("abort", end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener("abort", end)
  })

/**
 * Follows a session: its messages behind `after`, each once and in order, then those that come, until the reader leaves.
 * A connection that is lost is opened again for as long as it takes, and goes on behind the last message. Throws what
 * the server refuses, and `SessionGone` where there is no such session, or no longer.
 */
export async function* follow(
  client: TRPCClient<AppRouter>,
  sessionId: string,
  { after = -1, signal }: FollowOptions = {},
): AsyncGenerator<Message, void, undefined> {
  let last = after
  let failures = 0
  while (!signal?.aborted) {
    try {
      for await (const message of readStream(client, { sessionId, after: last, signal })) {
        if (signal?.aborted) return
        failures = 0
        last = message.messageIndex
        yield message
      }
    } catch (error) {
      if (!isClientError(error)) throw error
      if (!isPassing(error)) {
        if (reasonOf(error) !== "UNREACHABLE") throw error
        // A stream that is refused does not say why, a call does.
        await client.message.count.query({ sessionId }, { signal }).catch((why: unknown) => {
          if (!signal?.aborted && !(isClientError(why) && isPassing(why))) throw why
        })
      }
    }
    if (!signal?.aborted) await pause(usualRetries.pause(Math.min(failures++, longestPauseAfter)), signal)
  }
}
