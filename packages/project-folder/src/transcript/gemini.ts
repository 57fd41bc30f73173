import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation, cleanTitle } from "./builder.ts"
import { idOf, readContent, textOf } from "./content.ts"
import type { Entry, LeftOutReason } from "./entry.ts"
import { sentWords } from "./injected.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry, toEntry } from "./to-entry.ts"
import { layOut, type TreeNode } from "./tree.ts"

const filesBegin = "--- Content from referenced files ---"
const filesEnd = "--- End of content ---"

/** What the person typed, without the files that the program put behind it. */
function withoutFiles(texts: readonly string[]): { texts: string[]; leftOut: LeftOutReason[] } {
  const kept: string[] = []
  let isFile = false
  let files = 0
  for (const text of texts) {
    const begin = isFile ? 0 : text.indexOf(filesBegin)
    if (begin < 0) {
      kept.push(text)
      continue
    }
    if (!isFile) files++
    const end = text.indexOf(filesEnd, begin)
    isFile = end < 0
    kept.push(text.slice(0, begin))
    if (end >= 0) kept.push(text.slice(end + filesEnd.length))
  }
  return { texts: kept, leftOut: Array.from({ length: files }, () => "attachment" as const) }
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0)

function readGeminiMessage(message: JsonObject, line: number): Entry {
  const type = textOf(message.type)
  if (type === "error") return leftOutEntry(line, "program-error")
  if (type !== "user" && type !== "gemini") return leftOutEntry(line, "notice")
  const shown = type === "user" ? message.displayContent : undefined
  const { texts, leftOut } = readContent(shown ?? message.content)
  for (let each = 0; each < lengthOf(message.toolCalls); each++) leftOut.push("tool-call")
  for (let each = 0; each < lengthOf(message.thoughts); each++) leftOut.push("thinking")
  const raw = { line, timestamp: message.timestamp, ...(idOf(message.id) ? { key: idOf(message.id) } : {}) }
  if (type === "gemini") {
    const model = textOf(message.model)
    return toEntry({ ...raw, role: "assistant", texts, leftOut, ...(model ? { model } : {}) })
  }
  const typed = withoutFiles(texts)
  leftOut.push(...typed.leftOut)
  const words = typed.texts.map(sentWords)
  for (const each of words) leftOut.push(...each.leftOut)
  return toEntry({ ...raw, role: "user", texts: words.map(({ text }) => text), leftOut })
}

/** Reads what Gemini CLI records of a conversation: one object, or lines of messages and changes to them. */
export class GeminiReader {
  readonly #nodes: TreeNode<Entry>[] = []
  readonly #notes = new TranscriptNotes()
  /** The nodes of the way as it is, in order. */
  readonly #way: number[] = []
  /** For each of them the id of its message. */
  readonly #ids: (string | undefined)[] = []
  /** For those ids their place in the way. */
  readonly #places = new Map<string, number>()
  readonly #facts: { identity?: string; title?: string; startedAt?: string; lastActiveAt?: string } = {}

  /** Whether a record is of this conversation, not the head of another. */
  takes(value: JsonObject): boolean {
    const identity = idOf(value.sessionId)
    return value.$set !== undefined || identity === undefined || (this.#facts.identity ?? identity) === identity
  }

  /** Takes an object that holds all messages, or one line. */
  add(value: JsonObject, line: number): boolean {
    const rewindTo = value.$rewindTo
    const change = isJsonObject(value.$set) ? value.$set : undefined
    if (rewindTo !== undefined) this.#rewind(idOf(rewindTo))
    else if (change) this.#describe(change, line)
    else if (value.type !== undefined && value.messages === undefined) this.#addMessage(value, line)
    else this.#describe(value, undefined)
    return true
  }

  #describe(value: JsonObject, line: number | undefined): void {
    const facts = {
      identity: idOf(value.sessionId),
      title: cleanTitle(value.summary),
      lastActiveAt: toIsoTime(value.lastUpdated),
      startedAt: toIsoTime(value.startTime),
    }
    this.#facts.identity ??= facts.identity
    this.#facts.startedAt ??= facts.startedAt
    this.#facts.title = facts.title ?? this.#facts.title
    this.#facts.lastActiveAt = facts.lastActiveAt ?? this.#facts.lastActiveAt
    if (!Array.isArray(value.messages)) return
    for (const [index, message] of value.messages.entries()) {
      if (isJsonObject(message)) this.#addMessage(message, line ?? index + 1)
      else this.#notes.leaveOut("unknown-entry", line ?? index + 1)
    }
  }

  /** A message that is written again takes the place of what it was. */
  #addMessage(message: JsonObject, line: number): void {
    const item = readGeminiMessage(message, line)
    const id = idOf(message.id)
    const place = id === undefined ? undefined : this.#places.get(id)
    const known = place === undefined ? undefined : this.#nodes[this.#way[place] ?? -1]
    const hasWords = item.said !== undefined
    if (known) {
      // A message that is emptied later was said all the same.
      if (hasWords || !known.hasWords) Object.assign(known, { item, hasWords, isConversation: hasWords })
      return
    }
    this.#nodes.push({ item, parent: this.#way.at(-1), time: undefined, isConversation: hasWords, hasWords })
    if (id !== undefined) this.#places.set(id, this.#way.length)
    this.#ids.push(id)
    this.#way.push(this.#nodes.length - 1)
  }

  /** Takes back a message and all behind it; all there is, where the message is not known. */
  #rewind(id: string | undefined): void {
    const place = (id === undefined ? undefined : this.#places.get(id)) ?? 0
    this.#way.length = place
    for (const each of this.#ids.splice(place)) if (each !== undefined) this.#places.delete(each)
  }

  finish(): ParsedTranscript[] {
    const end: TreeNode<Entry> = {
      item: leftOutEntry(0),
      parent: this.#way.at(-1),
      time: undefined,
      isConversation: true,
      hasWords: false,
    }
    return [buildConversation({ format: "gemini-cli", ...this.#facts }, layOut([...this.#nodes, end]), this.#notes)]
  }
}
