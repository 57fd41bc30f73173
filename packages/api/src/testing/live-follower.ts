import type { LiveEvent, LiveWatch } from "@strudel-agent/contract/live"
import { isTrackedEnvelope } from "@trpc/server"
import type { TestCaller } from "./test-caller.ts"

type Opened = Awaited<ReturnType<TestCaller["caller"]["live"]["watch"]>>

/** Reads a stream in the background and keeps what came. */
export function follow(open: (signal: AbortSignal) => Promise<Opened>) {
  const control = new AbortController()
  const events: { id: string; event: LiveEvent }[] = []
  let failure: unknown
  const reading = (async () => {
    for await (const value of await open(control.signal)) {
      const envelope: unknown = value
      // Types say what a client gets of it; a caller in the process gets the envelope itself.
      if (!isTrackedEnvelope<LiveEvent>(envelope)) throw new Error("an event without a position")
      const [id, event] = envelope
      events.push({ id, event })
    }
  })().catch((error: unknown) => {
    failure = error
  })
  const messages = () => events.flatMap(({ event }) => (event.type === "messages" ? event.messages : []))
  return {
    events,
    messages,
    /** The indexes of the messages that came, of one session or of all. */
    indexes: (sessionId?: string) =>
      messages().flatMap((message) =>
        sessionId === undefined || message.sessionId === sessionId ? [message.messageIndex] : [],
      ),
    changes: () => events.flatMap(({ event }) => (event.type === "changes" ? event.changes : [])),
    lastEventId: () => events.at(-1)?.id,
    failure: () => failure,
    /** Leaves, and waits until the stream's end has run. */
    async leave() {
      control.abort()
      await reading
    },
    ended: () => reading,
  }
}

export type Follower = ReturnType<typeof follow>

/** What a stream is opened with, as a caller writes it. */
export type Watch = Partial<LiveWatch>

/** Waits until something holds; fails with what it was after 10 seconds. */
export async function until(holds: () => boolean | Promise<boolean>, what: () => unknown = () => ""): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`did not come to be: ${holds} ${JSON.stringify(what())}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

export const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)
