import { v5 } from "uuid"
import type { SentMessage } from "./message-batches.ts"

const namespace = "3f6b8f0a-0a52-4b57-9c1e-5c2f6f3b7d11"
const clientIds = "7b0f6f5e-6d5a-4c39-9d0e-3f1c1c1b8a52"

/** A session id that follows from what is put in. */
export const idOf = (...parts: string[]): string => v5(parts.join("\n"), namespace)

/** What a message without an id of its own was called: by its place, role, time and content. */
const formerClientId = ({ role, timestamp = "", content }: SentMessage): string =>
  v5(`0\n${role}\n${timestamp}\n${content}`, clientIds)

/**
 * The ids that earlier versions gave the session of a conversation: they followed from its first message alone, and from the
 * file's name too where that message says no time.
 */
export function formerIds(first: SentMessage, fileName: string): string[] {
  const names = new Set([first.clientId, formerClientId(first)])
  return [...names].map((id) => v5(first.timestamp === undefined ? `${id}\n${fileName}` : id, namespace))
}
