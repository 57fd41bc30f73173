import type { Database } from "@strudel-agent/database/client"
import { isUnavailable } from "@strudel-agent/database/errors"
import { listChanges } from "@strudel-agent/database/queries/live"
import { writeMessagePage } from "@strudel-agent/database/queries/message-page"
import { type TrackedEnvelope, tracked } from "@trpc/server"
import type { Context } from "../context.ts"
import { messagesOf } from "../page/message-page.ts"
import { limits } from "../schema/limits.ts"
import type { LiveEvent, LiveWatch } from "../schema/live.ts"
import type { LiveReader } from "./reader.ts"

const firstPause = 250
const longestPause = 5000

/**
 * Yields what a reader follows, at its own pace: pages are read from the database when it takes them. Every event bears
 * the position behind it. Goes on when the database comes back; ends with the signal, and when the server stops.
 */
export async function* watch(
  { database, live, address }: Context,
  input: LiveWatch,
  signal: AbortSignal,
): AsyncGenerator<TrackedEnvelope<LiveEvent>, void> {
  const reader = live.open(input, address)
  try {
    let pause = firstPause
    let last: LiveEvent | undefined
    while (!signal.aborted && !reader.ended) {
      // Messages and changes take turns where both wait.
      const event = await nextEvent(database.db, reader, last?.type === "changes").catch((error: unknown) => {
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
  db: Database["db"],
  reader: LiveReader,
  messagesFirst: boolean,
): Promise<LiveEvent | undefined> {
  if (reader.missing) reader.catchUp(await listChanges(db, reader.missing))
  if (messagesFirst) return (await nextMessages(db, reader)) ?? reader.takeChanges()
  return reader.takeChanges() ?? nextMessages(db, reader)
}

async function nextMessages(db: Database["db"], reader: LiveReader): Promise<LiveEvent | undefined> {
  for (let next = reader.takeSession(); next; next = reader.takeSession()) {
    const { sessionId } = next
    const event = await readSession(db, reader, next).catch((error: unknown) => {
      reader.putBack(sessionId)
      throw error
    })
    if (event) return event
  }
  return undefined
}

async function readSession(
  db: Database["db"],
  reader: LiveReader,
  { sessionId, after }: { sessionId: string; after: number },
): Promise<LiveEvent | undefined> {
  const { messages: limit, bytes: maxBytes } = limits.streamPage
  const page = await writeMessagePage(db, { sessionId, after, limit, maxBytes, from: "start" }, "router")
  const messages = messagesOf(page)
  const indexes = messages.map(({ messageIndex }) => messageIndex)
  switch (reader.read(sessionId, page && { messageCount: page.messageCount, indexes })) {
    case "gone":
      return { type: "gone", sessionId }
    case "messages":
      return {
        type: "messages",
        sessionId,
        messages,
      }
    case "nothing":
      return undefined
  }
}
