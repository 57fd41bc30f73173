import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { isReason, reasons } from "@strudel-agent/contract/reason"

/** What clients sent and what of it the server said that it had stored. */
export interface Ledger {
  /** Where each text was said to lie, by session. */
  acknowledged: Map<string, Map<string, number>>
  /** How many appends were answered with success. */
  count: number
  /** Failures of appends by their reasons; each was sent again. */
  refused: Map<string, number>
  /** Failures of other kinds than those that pass. */
  unexpected: string[]
}

export interface Writers {
  ledger: Ledger
  /** Resolves when everything was acknowledged. */
  done: Promise<void>
  /** Lets each writer end with what it sends at this moment. */
  stop(): Promise<void>
}

/** Whether a failure says that the same call may succeed later. */
const passes = (reason: string): boolean =>
  reason === "UNREACHABLE" || (isReason(reason) && reasons[reason].code === "SERVICE_UNAVAILABLE")

/** Milliseconds after which a client that was refused sends a message again. */
const pause = 100

/**
 * Appends messages one by one from as many clients as are asked for, spread over sessions; each client sends a message
 * under one client id until it is acknowledged.
 */
export function startWriters(
  url: string,
  { appends, writers, sessions }: { appends: number; writers: number; sessions: string[] },
): Writers {
  const ledger: Ledger = {
    acknowledged: new Map(sessions.map((id) => [id, new Map<string, number>()])),
    ...{ count: 0, refused: new Map<string, number>(), unexpected: [] },
  }
  let next = 0
  let stopped = false

  async function write(writer: number): Promise<void> {
    const client = createClient({ url })
    const sessionId = sessions[writer % sessions.length] ?? ""
    while (!stopped && next < appends) {
      const content = `${writer}:${next++}`
      const messages = [{ role: "user" as const, content, clientId: randomUUID() }]
      for (;;) {
        try {
          const { firstIndex } = await client.message.append.mutate({ sessionId, messages })
          ledger.acknowledged.get(sessionId)?.set(content, firstIndex)
          ledger.count++
          break
        } catch (error) {
          const reason = reasonOf(error) ?? String(error)
          ledger.refused.set(reason, (ledger.refused.get(reason) ?? 0) + 1)
          if (!passes(reason)) {
            ledger.unexpected.push(`${reason}: ${error instanceof Error ? error.message : ""}`)
            break
          }
          if (stopped) break
          await sleep(pause)
        }
      }
    }
  }

  const done = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))).then(() => {})
  return {
    ledger,
    done,
    stop() {
      stopped = true
      return done
    },
  }
}

/** Opens sessions to write to. */
export async function openSessions(url: string, count: number): Promise<string[]> {
  const client = createClient({ url })
  const created = await Promise.all(Array.from({ length: count }, () => client.session.create.mutate({})))
  return created.map(({ id }) => id)
}

/**
 * Says what is wrong with what is stored: a message that was acknowledged and is not where it was said to be, one that is
 * there twice, a gap. Messages of appends that were never answered may be there, once.
 */
export async function checkStored(url: string, { acknowledged, unexpected }: Ledger): Promise<string[]> {
  const problems = unexpected.map((words) => `an append failed otherwise than for a while: ${words}`)
  const client = createClient({ url })
  for (const [sessionId, expected] of acknowledged) {
    const stored: { index: number; content: string }[] = []
    for (;;) {
      const range = stored.length === 0 ? { before: 1 } : { after: stored.length - 1 }
      const { messages } = await client.message.list.query({ sessionId, limit: 200, ...range })
      if (messages.length === 0) break
      stored.push(...messages.map(({ messageIndex: index, content }) => ({ index, content })))
    }
    const gap = stored.findIndex(({ index }, at) => index !== at)
    if (gap !== -1) problems.push(`after message ${gap - 1} of ${sessionId} comes ${stored[gap]?.index}`)
    const places = new Map(stored.map(({ content, index }) => [content, index]))
    if (places.size !== stored.length)
      problems.push(`${stored.length - places.size} messages of ${sessionId} are doubled`)
    const lost = [...expected].filter(([content, index]) => places.get(content) !== index)
    const first = lost[0]
    if (first) {
      problems.push(
        `${lost.length} acknowledged messages of ${sessionId} are not where they were said to be, such as ` +
          `${first[0]} at ${first[1]} (found at ${places.get(first[0]) ?? "none"})`,
      )
    }
    const { messageCount } = await client.message.count.query({ sessionId })
    if (messageCount !== stored.length)
      problems.push(`${sessionId} counts ${messageCount} of ${stored.length} messages`)
  }
  return problems
}

/** Failures by their reasons, in words. */
export const refusalsInWords = ({ refused }: Ledger): string =>
  refused.size === 0
    ? "none refused"
    : `refused: ${[...refused].map(([reason, times]) => `${times} × ${reason}`).join(", ")}`
