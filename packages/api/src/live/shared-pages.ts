import { limits } from "@strudel-agent/contract/limits"
import type { LiveEvent } from "@strudel-agent/contract/live"
import type { Run, RunEvent } from "@strudel-agent/contract/run"
import type { Db } from "@strudel-agent/database/client"
import { writeMessagePage } from "@strudel-agent/database/queries/message/page"
import { readLiveRun } from "@strudel-agent/library/run/run"
import { messagesOf } from "@strudel-agent/library/written-messages"
import type { RunPlace } from "./reader.ts"

/** The messages of a session behind one of them, and how many the session had when they were read. */
export interface StreamPage {
  messageCount: number
  /** One object for all who tell it. */
  event: Extract<LiveEvent, { type: "messages" }>
}

/** The last run of a session as it was read. */
export interface StreamRun {
  run: Run
  /** Its events from the place of the reader on. */
  events: RunEvent[]
  /** Whether these are all that it had written by then. */
  isWhole: boolean
}

/** Where a reader stands in a session. */
interface Place {
  sessionId: string
  after: number
  /** How many messages the reader knows of: a page that was read when there were fewer is none for it. */
  count: number
}

/** Pages that the readers of one server share. */
export interface SharedPages {
  /** The messages behind a place; undefined where there is no such session. */
  read(place: Place): Promise<StreamPage | undefined>
  /** What a run has written behind a place; undefined where there is no such run. */
  readRun(place: RunPlace): Promise<StreamRun | undefined>
  /** Has every page read anew: there may be more messages than it holds. */
  forget(): void
}

/** Characters of a page's JSON up to which it is kept for others once it was read. */
const mostKept = 64 * 1024

/** Reads each page once for all readers who stand at its place, since those who follow a session hear of it at one moment. */
export function createSharedPages(db: Db): SharedPages {
  const pages = new Map<string, Promise<StreamPage | undefined>>()

  function readOnce({ sessionId, after }: Place): Promise<StreamPage | undefined> {
    const key = `${sessionId} ${after}`
    const known = pages.get(key)
    if (known) return known
    const leave = () => {
      if (pages.get(key) === reading) pages.delete(key)
    }
    const reading = (async (): Promise<StreamPage | undefined> => {
      const { messages: limit, bytes: maxBytes } = limits.streamPage
      const page = await writeMessagePage(db, { sessionId, after, limit, maxBytes, from: "start" }, "router")
      if (!page || page.text.length > mostKept) leave()
      return (
        page && {
          messageCount: page.messageCount,
          event: { type: "messages", sessionId, messages: messagesOf(page) },
        }
      )
    })()
    pages.set(key, reading)
    reading.catch(leave)
    return reading
  }

  const runs = new Map<string, Promise<StreamRun | undefined>>()

  function readRunOnce(place: RunPlace): Promise<StreamRun | undefined> {
    const key = `${place.sessionId} ${place.number} ${place.from}`
    const known = runs.get(key)
    if (known) return known
    const leave = () => {
      if (runs.get(key) === reading) runs.delete(key)
    }
    const reading = (async () => {
      const page = await readLiveRun(db, { ...place, mostCharacters: limits.streamPage.runCharacters })
      if (!page?.isWhole) leave()
      return page
    })()
    runs.set(key, reading)
    reading.catch(leave)
    return reading
  }

  return {
    async readRun(place) {
      const page = await readRunOnce(place)
      if (!page || page.run.revision >= place.revision) return page
      runs.delete(`${place.sessionId} ${place.number} ${place.from}`)
      return readRunOnce(place)
    },
    async read(place) {
      const page = await readOnce(place)
      if (!page || page.messageCount >= place.count) return page
      pages.delete(`${place.sessionId} ${place.after}`)
      return readOnce(place)
    },
    forget() {
      pages.clear()
      runs.clear()
    },
  }
}
