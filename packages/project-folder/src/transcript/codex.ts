import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation, cleanTitle } from "./builder.ts"
import { type CodexItem, mergeCodexItems } from "./codex-items.ts"
import { idOf, partReason, readContent, roleOf, textOf } from "./content.ts"
import { injectedByCodex, injectedWhole, type PersonsWords, personsWords } from "./injected.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry, toEntry } from "./to-entry.ts"
import { layOut } from "./tree.ts"

const requestMark = "## My request for Codex:"
const editorPrefixes = ["# Context from my IDE setup", "# Files mentioned by the user", "# Selected text"]
const instructionsHeading = /^# AGENTS\.md instructions\b[^\n]*\n?/

/** What the person wrote of a text that Codex sent in their name. */
export function codexWords(text: string): PersonsWords {
  const whole = injectedWhole(text)
  if (whole) return { text: "", leftOut: [whole] }
  const { text: words, leftOut } = personsWords(text, injectedByCodex)
  const start = words.trimStart()
  if (instructionsHeading.test(start) && (leftOut.includes("instructions") || start.includes("<INSTRUCTIONS>"))) {
    const isCut = leftOut.includes("instructions")
    return { text: isCut ? start.replace(instructionsHeading, "") : "", leftOut: isCut ? leftOut : ["instructions"] }
  }
  const mark = editorPrefixes.some((prefix) => start.startsWith(prefix)) ? start.indexOf(requestMark) : -1
  if (mark < 0) return { text: words, leftOut }
  return { text: start.slice(mark + requestMark.length).trim(), leftOut: [...leftOut, "attachment"] }
}

interface Spoken {
  source: CodexItem["source"]
  role: "user" | "assistant"
  line: number
  content: unknown
  timestamp: unknown
}

/** The first line of Codex's older form. */
const isHead = (value: JsonObject): boolean => value.type === undefined && value.record_type === undefined

/** Reads what Codex records of a conversation, in its forms old and new. */
export class CodexReader {
  readonly #items: CodexItem[] = []
  readonly #notes = new TranscriptNotes()
  #identity: string | undefined
  #forkedFrom: string | undefined
  #title: string | undefined
  #model: string | undefined
  #startedAt: string | undefined

  /** Whether a record is of this conversation, not the head of another. */
  takes(value: JsonObject): boolean {
    const head = value.type === "session_meta" ? value.payload : isHead(value) ? value : undefined
    const identity = isJsonObject(head) ? idOf(head.id) : undefined
    if (identity === undefined || this.#identity === undefined || identity === this.#identity) return true
    // A fork has the head of its original behind its own.
    return this.#items.length === 0 || identity === this.#forkedFrom
  }

  /** Takes the object that a conversation of the oldest form lies in. */
  addWhole(value: JsonObject, items: readonly unknown[]): void {
    if (isJsonObject(value.session)) this.#describe(value.session)
    for (const [index, item] of items.entries()) {
      if (isJsonObject(item)) this.add(item, index + 1)
      else this.#notes.leaveOut("unknown-entry", index + 1)
    }
  }

  add(value: JsonObject, line: number): boolean {
    const type = textOf(value.type)
    const payload = isJsonObject(value.payload) ? value.payload : undefined
    if (payload) {
      if (type === "session_meta") this.#describe(payload)
      if (type === "turn_context") this.#model = textOf(payload.model) ?? this.#model
      if (type === "response_item") this.#addItem(payload, value.timestamp, line)
      else if (type === "event_msg") this.#addEvent(payload, value.timestamp, line)
      else this.#notes.leaveOut(type === "compacted" ? "compaction" : "meta", line)
      return true
    }
    if (type === undefined) {
      if (isHead(value)) this.#describe(value)
      this.#notes.leaveOut("meta", line)
      return true
    }
    if (isJsonObject(value.item)) this.#addEvent({ type: "item_completed", item: value.item }, value.timestamp, line)
    else if (/^(?:thread|turn)\./.test(type)) {
      this.#identity ??= idOf(value.thread_id)
      this.#notes.leaveOut("meta", line)
    } else this.#addItem(value, value.timestamp, line)
    return true
  }

  /** The first says whose conversation it is; a fork has that of its original behind its own. */
  #describe(meta: JsonObject): void {
    const identity = idOf(meta.id) ?? idOf(meta.session_id)
    if (this.#identity === undefined) {
      this.#identity = identity
      this.#forkedFrom = idOf(meta.forked_from_id)
      this.#startedAt = toIsoTime(meta.timestamp)
    } else if (identity !== this.#identity) this.#forkedFrom ??= identity
    this.#model ??= textOf(meta.model)
  }

  /** Takes what one record says of a message. */
  #say(record: Spoken): void {
    const { source, role, line, timestamp } = record
    const { texts, leftOut } = readContent(record.content)
    const words = role === "user" ? texts.map(codexWords) : texts.map((text): PersonsWords => ({ text, leftOut: [] }))
    for (const each of words) leftOut.push(...each.leftOut)
    const entry = toEntry({ line, role, texts: words.map(({ text }) => text), timestamp, leftOut })
    this.#items.push({ source, role: entry.said ? role : undefined, entry })
  }

  /** An item of OpenAI's Responses interface. */
  #addItem(item: JsonObject, timestamp: unknown, line: number): void {
    const type = textOf(item.type) ?? "message"
    const role = type === "message" ? roleOf(textOf(item.role) ?? "") : undefined
    if (role === "user" || role === "assistant") {
      this.#say({ source: "item", role, line, content: item.content, timestamp: timestamp ?? item.timestamp })
      return
    }
    const reason = partReason(type)
    this.#notes.leaveOut(
      role === "system"
        ? "instructions"
        : /^compaction/.test(type)
          ? "compaction"
          : reason === "unknown-part"
            ? "meta"
            : reason,
      line,
    )
  }

  #addEvent(event: JsonObject, timestamp: unknown, line: number): void {
    const type = textOf(event.type)
    if (type === "user_message" || type === "agent_message") {
      const role = type === "user_message" ? "user" : "assistant"
      this.#say({ source: "event", role, line, content: event.message, timestamp })
    } else if (type === "item_completed" && isJsonObject(event.item)) {
      this.#addCompleted(event.item, timestamp, line)
    } else if (type === "thread_rolled_back") {
      const turns = typeof event.num_turns === "number" ? Math.max(0, Math.floor(event.num_turns)) : 1
      this.#items.push({ source: "event", role: undefined, entry: leftOutEntry(line), rolledBack: turns })
    } else {
      if (type === "thread_name_updated") this.#title = cleanTitle(event.thread_name) ?? this.#title
      if (type === "session_configured") this.#describe({ id: event.session_id ?? null, model: event.model ?? null })
      this.#notes.leaveOut(type === "error" || type === "stream_error" ? "program-error" : "meta", line)
    }
  }

  #addCompleted(item: JsonObject, timestamp: unknown, line: number): void {
    const type = (textOf(item.type) ?? "").toLowerCase().replaceAll("_", "")
    if (type !== "usermessage" && type !== "agentmessage") {
      this.#notes.leaveOut("meta", line)
      return
    }
    const role = type === "usermessage" ? "user" : "assistant"
    this.#say({ source: "completed", role, line, content: item.content ?? item.text, timestamp })
  }

  finish(): ParsedTranscript[] {
    const facts = {
      format: "codex" as const,
      identity: this.#identity,
      forkedFrom: this.#forkedFrom,
      title: this.#title,
      model: this.#model,
      startedAt: this.#startedAt,
    }
    return [buildConversation(facts, layOut(mergeCodexItems(this.#items)), this.#notes)]
  }
}
