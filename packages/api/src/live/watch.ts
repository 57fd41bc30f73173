import type { LiveEvent, LiveWatch } from "@strudel-agent/contract/live"
import { isUnavailable } from "@strudel-agent/database/errors"
import { listChanges } from "@strudel-agent/database/queries/live"
import { type TrackedEnvelope, tracked } from "@trpc/server"
import type { Context } from "../context.ts"
import type { LiveHub } from "./hub.ts"
import type { LiveReader } from "./reader.ts"

const firstPause = 250
const longestPause = 5000

/**
 * Yields what a reader follows, at its own pace: pages are read from the database when it takes them. Every event bears
 * the position behind it. Goes on when the database comes back; ends with the signal, and when the server stops.
 */
export async function* watch(
  context: Context,
  input: LiveWatch,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<LiveEvent>, void> {
  const { live, address } = context
  const reader = live.open(input, address)
  try {
    let pause = firstPause
    let last: LiveEvent | undefined
    while (!signal.aborted && !reader.ended) {
      // Messages and changes take turns where both wait.
      const event = await nextEvent(context, reader, last?.type === "changes").catch((error: unknown) => {
        if (!isUnavailable(error)) throw error
        return "away" as const
      })
      if (event === "away") {
        await reader.wait(signal, pause)
        pause = Math.min(pause * 2, longestPause)
      } else {
        pause = firstPause
        last = event
        if (event) yield tracked(reader.position(), event)
        else await reader.wait(signal)
      }
    }
  } finally {
    live.close(reader)
  }
}

/** What is to be told next; undefined where nothing waits. */
async function nextEvent(
  { database, live }: Context,
  reader: LiveReader,
  messagesFirst: boolean,
): Promise<LiveEvent | undefined> {
  if (reader.missing) reader.catchUp(await listChanges(database.db, reader.missing))
  if (messagesFirst) return (await nextWritten(live, reader)) ?? reader.takeChanges()
  return reader.takeChanges() ?? nextWritten(live, reader)
}

/** What a session got: of an answer that is stored the message comes first, and then that its run has ended. */
const nextWritten = async (live: LiveHub, reader: LiveReader): Promise<LiveEvent | undefined> =>
  (await nextMessages(live, reader)) ?? nextRun(live, reader)

async function nextRun({ pages }: LiveHub, reader: LiveReader): Promise<LiveEvent | undefined> {
  for (let next = reader.takeRun(); next; next = reader.takeRun()) {
    const page = await pages.readRun(next)
    reader.readRun(next.sessionId, page && { ...page, from: next.from })
    if (page) return { type: "run", sessionId: next.sessionId, run: page.run, from: next.from, events: page.events }
  }
  return undefined
}

async function nextMessages(live: LiveHub, reader: LiveReader): Promise<LiveEvent | undefined> {
  for (let next = reader.takeSession(); next; next = reader.takeSession()) {
    const { sessionId } = next
    const event = await readSession(live, reader, next).catch((error: unknown) => {
      reader.putBack(sessionId)
      throw error
    })
    if (event) return event
  }
  return undefined
}

async function readSession(
  { pages }: LiveHub,
  reader: LiveReader,
  place: { sessionId: string; after: number; count: number },
): Promise<LiveEvent | undefined> {
  const { sessionId } = place
  const page = await pages.read(place)
  const indexes = (page?.event.messages ?? []).map(({ messageIndex }) => messageIndex)
  switch (reader.read(sessionId, page && { messageCount: page.messageCount, indexes })) {
    case "gone":
      return { type: "gone", sessionId }
    case "messages":
      return page?.event
    case "nothing":
      return undefined
  }
}
