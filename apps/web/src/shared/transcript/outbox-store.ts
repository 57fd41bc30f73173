import type { MessageContext } from "@strudel-agent/contract/message"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"
import { isRecord } from "#shared/versioned-draft/shape.ts"
import { isMessageContext } from "./message-context.ts"

export type WrittenRole = "user" | "note"

/** What a person wrote. */
export interface Written {
  role: WrittenRole
  content: string
  /** What it is about, of a message that is sent again. */
  context?: MessageContext | undefined
}

/** A message on its way to the server. */
export interface Outgoing extends Written {
  /** The same for every try, so that the message counts once. */
  clientId: string
  /** When it was written, in milliseconds; later for what was written later. */
  at: number
  /** Why it is not there yet; undefined while it is sent. */
  failure?: string
  /** Whether another try makes sense by itself: the server never answered, or was at a loss for a moment. */
  unsure?: boolean
}

const isRole = (value: unknown): value is WrittenRole => value === "user" || value === "note"

/** The key before those of a session's messages. Each has one of its own: pages of one session write none over another. */
const prefixOf = (sessionId: string) => `outbox ${sessionId} `

function parse(text: string | null): Outgoing | undefined {
  try {
    const stored: unknown = JSON.parse(text ?? "null")
    if (!isRecord(stored)) return undefined
    const { clientId, role, content, at, failure, unsure } = stored
    const context = isMessageContext(stored.context) ? { context: stored.context } : {}
    if (typeof clientId !== "string" || !isRole(role) || typeof content !== "string" || typeof at !== "number") {
      return undefined
    }
    // Without an answer it is sent once more: the server counts it once.
    if (typeof failure !== "string" || unsure === true) return { clientId, role, content, ...context, at }
    return { clientId, role, content, ...context, at, failure }
  } catch {
    return undefined
  }
}

function keysOf(sessionId: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefixOf(sessionId)))
  } catch {
    return []
  }
}

/** What was not sent when pages of a session were last left, in order. */
export const readOutbox = (sessionId: string): Outgoing[] =>
  keysOf(sessionId)
    .flatMap((key) => parse(readStored(key)) ?? [])
    .sort((one, other) => one.at - other.at)

/** Keeps the messages of a list as they are after a change, and forgets those that left it. */
export function keepOutbox(sessionId: string, before: Outgoing[], after: Outgoing[]): void {
  const kept = new Set(after.map(({ clientId }) => clientId))
  for (const { clientId } of before) if (!kept.has(clientId)) writeStored(prefixOf(sessionId) + clientId, "")
  for (const item of after) {
    if (!before.includes(item)) writeStored(prefixOf(sessionId) + item.clientId, JSON.stringify(item))
  }
}

/** Calls when another page sent or discarded a message of a session, until what it returns is called. */
export function onSettledElsewhere(sessionId: string, settled: (clientId: string) => void): () => void {
  const listener = ({ key, newValue }: StorageEvent) => {
    if (newValue === null && key?.startsWith(prefixOf(sessionId))) settled(key.slice(prefixOf(sessionId).length))
  }
  addEventListener("storage", listener)
  return () => removeEventListener("storage", listener)
}
