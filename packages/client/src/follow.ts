import type { AppRouter } from "@strudel-agent/api/root"
import type { TRPCClient } from "@trpc/client"
import { isTransient, usualRetries } from "./links.ts"
import type { Message } from "./message.ts"
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

/** What came of a stream, until somebody takes it; leaves the stream when it ends, or brings too much. */
class Arrivals {
  #messages: Message[] = []
  #end: { error?: unknown } | undefined
  #wake = () => {}
  readonly #leave: () => void

  constructor(leave: () => void) {
    this.#leave = leave
  }

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
    if (this.#end) return
    this.#end = why
    this.#leave()
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
  let stream: { unsubscribe(): void } | undefined
  const arrivals = new Arrivals(() => stream?.unsubscribe())
  stream = client.live.watch.subscribe(
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

/** A stream that is refused does not say why, a call does: throws what the server has against it. */
async function throwRefusal(client: TRPCClient<AppRouter>, sessionId: string, signal: AbortSignal | undefined) {
  // A signal of its own, for a call leaves its listeners on the one that it is given.
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  signal?.addEventListener("abort", leave)
  try {
    await client.message.count.query({ sessionId }, { signal: leaving.signal })
  } catch (error) {
    if (!signal?.aborted && !(isClientError(error) && isTransient(error))) throw error
  } finally {
    signal?.removeEventListener("abort", leave)
  }
}

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
      if (!isTransient(error)) {
        if (reasonOf(error) !== "UNREACHABLE") throw error
        await throwRefusal(client, sessionId, signal)
      }
    }
    if (!signal?.aborted) await pause(usualRetries.pause(Math.min(failures++, longestPauseAfter)), signal)
  }
}
