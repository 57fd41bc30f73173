import type { Inputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import type { ParsedTranscript } from "@strudel-agent/project-folder/transcript/parsed-transcript"
import { utf8Length } from "../utf8.ts"

export type SentMessage = Inputs["message"]["append"]["messages"][number] & { clientId: string }
type TranscriptMessage = ParsedTranscript["messages"][number]

/** Bytes of JSON. */
const bytesPerCall = 4 * 1024 * 1024

const bytesOf = (value: unknown): number => utf8Length(typeof value === "string" ? value : JSON.stringify(value))

export interface PlacedMessage {
  /** One-based place in the transcript. */
  place: number
  message: SentMessage
}

export interface Prepared {
  messages: PlacedMessage[]
  /** What the server's limits do not let in, by the one-based place of the message. */
  left: { place: number; why: string }[]
  /** Parts that were left out of messages. */
  dropped: { place: number; why: string }[]
}

const mebibyte = 1024 * 1024

/** Turns the messages of a transcript into what the server takes. */
export function prepare(messages: TranscriptMessage[]): Prepared {
  const prepared: Prepared = { messages: [], left: [], dropped: [] }
  messages.forEach(({ client_id: clientId, code_changes: codeChanges, context, role, content, timestamp }, index) => {
    const place = index + 1
    if (bytesOf(content) > limits.contentBytes) {
      prepared.left.push({ place, why: `is larger than ${limits.contentBytes / mebibyte} MiB` })
      return
    }
    const fits = (name: string, value: unknown): boolean => {
      if (bytesOf(value) <= limits.messageExtraBytes) return true
      prepared.dropped.push({ place, why: `its ${name} is larger than ${limits.messageExtraBytes / mebibyte} MiB` })
      return false
    }
    const message = {
      role,
      content,
      ...(timestamp === undefined ? {} : { timestamp }),
      clientId,
      ...(context !== undefined && fits("context", context) ? { context } : {}),
      ...(codeChanges !== undefined && fits("code changes", codeChanges) ? { codeChanges } : {}),
    }
    prepared.messages.push({ place, message })
  })
  return prepared
}

/** Groups messages into calls of at most 500 messages and about 4 MiB. */
export function* inBatches(messages: SentMessage[]): Generator<SentMessage[]> {
  let batch: SentMessage[] = []
  let bytes = 0
  for (const message of messages) {
    const size = bytesOf(JSON.stringify(message))
    if (batch.length >= limits.append.max || (batch.length > 0 && bytes + size > bytesPerCall)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(message)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
