import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation } from "./builder.ts"
import { idOf, readContent, roleOf, textOf } from "./content.ts"
import type { Entry, LeftOutReason, MessageRole } from "./entry.ts"
import { injectedElements, personsWords } from "./injected.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry, toEntry } from "./to-entry.ts"
import { layOut, type TreeNode } from "./tree.ts"

const hiddenKinds = new Map<string, LeftOutReason>([
  ["user_editable_context", "instructions"],
  ["model_editable_context", "instructions"],
  ["thoughts", "thinking"],
  ["reasoning_recap", "thinking"],
  ["execution_output", "tool-result"],
  ["tether_browsing_display", "tool-result"],
  ["tether_quote", "tool-result"],
  ["sonic_webpage", "tool-result"],
  ["computer_output", "tool-result"],
  ["system_error", "program-error"],
])

/** Marks of sources that only ChatGPT's page can show. */
const citation = /\ue200[^\ue200\ue201]*\ue201/g

function readParts(content: JsonObject): { texts: string[]; leftOut: LeftOutReason[] } {
  const parts = Array.isArray(content.parts) ? content.parts : [content.text]
  const spoken = parts.map((part) => {
    if (!isJsonObject(part)) return part
    const type = textOf(part.content_type) ?? ""
    // What was said aloud.
    if (type === "audio_transcription") return { type: "text", text: textOf(part.text) ?? "" }
    return { ...part, type: textOf(part.type) ?? type }
  })
  const { texts, leftOut } = readContent(spoken)
  return { texts: texts.map((text) => text.replace(citation, "")), leftOut }
}

/** Why a message is not shown on ChatGPT's page; undefined where it is. */
function hiddenReason(message: JsonObject, role: MessageRole | undefined): LeftOutReason | undefined {
  const metadata = isJsonObject(message.metadata) ? message.metadata : {}
  const content = isJsonObject(message.content) ? message.content : {}
  const kind = hiddenKinds.get(textOf(content.content_type) ?? "")
  if (kind) return kind
  if (role === "system") return "instructions"
  if (role === undefined) return "tool-result"
  if (metadata.is_visually_hidden_from_conversation === true || metadata.is_user_system_message === true) return "meta"
  const recipient = textOf(message.recipient) ?? "all"
  return role === "assistant" && recipient !== "all" ? "tool-call" : undefined
}

function readMessage(message: JsonObject, line: number): Entry {
  const author = isJsonObject(message.author) ? message.author : {}
  const role = roleOf(textOf(author.role) ?? textOf(message.role) ?? "")
  const hidden = hiddenReason(message, role)
  const content = isJsonObject(message.content) ? message.content : { parts: [message.content ?? null] }
  const { texts, leftOut } = readParts(content)
  if (hidden || role === undefined) {
    // An empty message in front of a conversation is nobody's instruction.
    const isEmpty = texts.every((text) => text.trim() === "") && leftOut.length === 0
    return leftOutEntry(
      line,
      hidden === "instructions" && isEmpty && role === "system" ? "meta" : (hidden ?? "tool-result"),
    )
  }
  const metadata = isJsonObject(message.metadata) ? message.metadata : {}
  if (Array.isArray(metadata.attachments)) {
    const images = leftOut.filter((reason) => reason === "image").length
    for (let each = images; each < metadata.attachments.length; each++) leftOut.push("attachment")
  }
  const words = role === "user" ? texts.map((text) => personsWords(text, injectedElements)) : []
  for (const each of words) leftOut.push(...each.leftOut)
  const isCode = content.content_type === "code" && texts.length > 0
  const model = textOf(metadata.model_slug)
  const key = idOf(message.id)
  return toEntry({
    line,
    role,
    texts: role === "user" ? words.map(({ text }) => text) : isCode ? [`\`\`\`\n${texts.join("\n")}\n\`\`\``] : texts,
    timestamp: message.create_time,
    leftOut,
    ...(key === undefined ? {} : { key }),
    ...(model === undefined || role !== "assistant" ? {} : { model }),
  })
}

/** Reads one conversation of ChatGPT's data export: a tree of messages with the node at which it stands. */
export function readChatGpt(conversation: JsonObject, mapping: JsonObject): ParsedTranscript {
  const ids = Object.keys(mapping)
  const places = new Map(ids.map((id, index) => [id, index]))
  const current = textOf(conversation.current_node)
  const end = current === undefined ? undefined : places.get(current)
  const nodes = Object.values(mapping).map((value, index): TreeNode<Entry> => {
    const node = isJsonObject(value) ? value : {}
    const message = isJsonObject(node.message) ? node.message : undefined
    const item = message ? readMessage(message, index + 1) : leftOutEntry(index + 1)
    const time = message ? toIsoTime(message.create_time) : undefined
    const hasWords = item.said !== undefined
    const parent = places.get(textOf(node.parent) ?? "")
    return { item, parent, time: time === undefined ? undefined : Date.parse(time), isConversation: hasWords, hasWords }
  })
  if (end !== undefined) {
    const [item, time] = [leftOutEntry(0), Number.POSITIVE_INFINITY]
    nodes.push({ item, parent: end, time, isConversation: true, hasWords: false })
  }
  const facts = {
    format: "chatgpt" as const,
    identity: idOf(conversation.conversation_id) ?? idOf(conversation.id),
    title: textOf(conversation.title),
    model: textOf(conversation.default_model_slug),
    startedAt: toIsoTime(conversation.create_time),
    lastActiveAt: toIsoTime(conversation.update_time),
  }
  return buildConversation(facts, layOut(nodes), new TranscriptNotes())
}
