import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation } from "./builder.ts"
import { idOf, textOf } from "./content.ts"
import type { Entry } from "./entry.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { describeConversation, readPlainMessage } from "./plain.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry } from "./to-entry.ts"
import { layOut, type TreeNode } from "./tree.ts"

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

function readMessage(message: JsonObject, line: number): Entry {
  const key = idOf(message.uuid)
  const hasContent = lengthOf(message.content) > 0
  const entry = readPlainMessage(hasContent ? message : { ...message, content: message.text ?? null }, line)
  if (!entry) return leftOutEntry(line, "unknown-entry")
  const files = lengthOf(message.attachments) + lengthOf(message.files)
  const leftOut = [...entry.leftOut, ...Array.from({ length: files }, () => "attachment" as const)]
  if (!entry.said) return { ...entry, leftOut }
  return { ...entry, leftOut, said: { ...entry.said, ...(key === undefined ? {} : { key }) } }
}

/** Reads one conversation of the data export of claude.ai, whose messages may name the one that they follow. */
export function readClaudeExport(conversation: JsonObject, messages: readonly unknown[]): ParsedTranscript {
  const places = new Map<string, number>()
  for (const [index, message] of messages.entries()) {
    const id = isJsonObject(message) ? idOf(message.uuid) : undefined
    if (id !== undefined) places.set(id, index)
  }
  const isLinked = messages.some(
    (message) => isJsonObject(message) && places.has(textOf(message.parent_message_uuid) ?? ""),
  )
  const nodes = messages.map((value, index): TreeNode<Entry> => {
    const message = isJsonObject(value) ? value : {}
    const item = readMessage(message, index + 1)
    const named = textOf(message.parent_message_uuid)
    const before = index === 0 ? undefined : index - 1
    const parent = isLinked && named !== undefined ? places.get(named) : before
    const hasWords = item.said !== undefined
    const time = toIsoTime(message.created_at)
    return { item, parent, time: time === undefined ? undefined : Date.parse(time), isConversation: hasWords, hasWords }
  })
  const leaf = places.get(textOf(conversation.current_leaf_message_uuid) ?? "")
  if (leaf !== undefined) {
    const item = leftOutEntry(0)
    nodes.push({ item, parent: leaf, time: Number.POSITIVE_INFINITY, isConversation: true, hasWords: false })
  }
  return buildConversation(
    { format: "claude-export", ...describeConversation(conversation) },
    layOut(nodes),
    new TranscriptNotes(),
  )
}
