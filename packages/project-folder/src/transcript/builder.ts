import { v5 } from "uuid"
import { storableText } from "../storable-text.ts"
import { withoutTerminalCodes } from "../terminal-codes.ts"
import type { Entry, Message } from "./entry.ts"
import type { TranscriptNotes } from "./notes.ts"
import type { Branch, ConversationFormat, ParsedTranscript, TranscriptMessage } from "./parsed-transcript.ts"
import type { Segment } from "./tree.ts"
import { firstWordsOf } from "./words.ts"

/** What a format says of a conversation beside what was said in it. */
export interface ConversationFacts {
  format: ConversationFormat
  identity?: string | undefined
  forkedFrom?: string | undefined
  title?: string | undefined
  model?: string | undefined
  startedAt?: string | undefined
  lastActiveAt?: string | undefined
}

const namespace = "7b0f6f5e-6d5a-4c39-9d0e-3f1c1c1b8a52"

/** The client_id of a message that brings none: the same for the same place, role, time and content. */
const deriveClientId = (
  index: number,
  { role, timestamp = "", content }: TranscriptMessage,
  seed = timestamp,
): string => v5(`${index}\n${role}\n${seed}\n${content}`, namespace)

const longestTitle = 500

/** A title as the library can hold it, or nothing where it says nothing. */
export function cleanTitle(title: unknown): string | undefined {
  if (typeof title !== "string") return undefined
  const { text } = withoutTerminalCodes(title.slice(0, longestTitle * 2))
  return (
    storableText(text)
      .trim()
      .slice(0, longestTitle)
      .replace(/\p{Surrogate}$/u, "")
      .trimEnd() || undefined
  )
}

/** A message that has no client_id yet. */
function toMessage({ role, texts, time, key, extras }: Message): TranscriptMessage {
  const message: TranscriptMessage = { role, content: texts.join("\n\n"), client_id: "" }
  if (time !== undefined) message.timestamp = time
  if (extras?.context !== undefined) message.context = extras.context
  if (extras?.code_changes !== undefined) message.code_changes = extras.code_changes
  if (key !== undefined) message.key = key
  return message
}

/** The messages of one way that a conversation went; hand it the entries in order. */
class MessageList {
  readonly #messages: TranscriptMessage[] = []
  /** What the client_ids of some of them follow from. */
  readonly #ids = new Map<number, { given: string | undefined; seed: string | undefined }>()
  readonly #notes: TranscriptNotes
  /** The parts of the last message, where more of them may follow. */
  #open: { joinKey: string; texts: Set<string> } | undefined
  model: string | undefined

  constructor(notes: TranscriptNotes) {
    this.#notes = notes
  }

  get length(): number {
    return this.#messages.length
  }

  add(entry: Entry): void {
    this.#notes.take(entry)
    const { said, line } = entry
    if (!said) return
    const { role, joinKey, texts, seed } = said
    this.model = said.model ?? this.model
    const last = this.#messages.at(-1)
    if (last && joinKey !== undefined && this.#open?.joinKey === joinKey && last.role === role) {
      for (const text of texts) {
        if (this.#open.texts.has(text)) this.#notes.leaveOut("repeated", line)
        else last.content += `\n\n${text}`
        this.#open.texts.add(text)
      }
      return
    }
    const given = said.extras?.givenId
    if (given !== undefined || seed !== undefined) this.#ids.set(this.#messages.length, { given, seed })
    this.#messages.push(toMessage(said))
    this.#open = joinKey === undefined ? undefined : { joinKey, texts: new Set(texts) }
  }

  /** `before` is how many messages of the conversation stand before these. */
  finish(before: number): TranscriptMessage[] {
    const taken = new Set<string>()
    for (const [index, message] of this.#messages.entries()) {
      const { given, seed } = this.#ids.get(index) ?? {}
      const isFirst = given !== undefined && !taken.has(given)
      if (given !== undefined && !isFirst) {
        const place = before + index + 1
        this.#notes.warn("client-id-replaced", `Message ${place} has the client_id of another; its own takes its place`)
      }
      if (given !== undefined) taken.add(given)
      message.client_id = isFirst ? given : deriveClientId(before + index, message, seed)
    }
    return this.#messages
  }
}

const firstWordsIn = (messages: readonly TranscriptMessage[]): string | undefined => {
  const first = messages.find(({ role }) => role === "user")
  return first && firstWordsOf(first.content)
}

/**
 * Makes a conversation of its ways: the first is the live one. Counts what was left out of all of them, and drops ways on which
 * nothing was said.
 */
export function buildConversation(
  facts: ConversationFacts,
  ways: readonly Segment<Entry>[],
  notes: TranscriptNotes,
): ParsedTranscript {
  const built: { counts: number[]; before: number; from: number | undefined }[] = []
  const branches: Branch[] = []
  let messages: TranscriptMessage[] = []
  let model: string | undefined
  for (const [index, { from, after, items }] of ways.entries()) {
    const parent = from === undefined ? undefined : built[from]
    const before = parent ? parent.before + (parent.counts[after] ?? 0) : 0
    const list = new MessageList(notes)
    const counts = [0]
    for (const entry of items) {
      list.add(entry)
      counts.push(list.length)
    }
    const said = list.finish(before)
    if (index === 0) {
      messages = said
      model = list.model
      built.push({ counts, before, from: undefined })
    } else if (said.length === 0) {
      built.push({ counts, before, from: parent?.from })
    } else {
      const firstWords = firstWordsIn(said) ?? firstWordsOf(said[0]?.content ?? "")
      const branch: Branch = { leavesAfter: before, messages: said, firstWords }
      if (parent?.from !== undefined) branch.from = parent.from
      branches.push(branch)
      built.push({ counts, before, from: branches.length - 1 })
    }
  }
  const times = messages.flatMap(({ timestamp }) => timestamp ?? [])
  const [first] = times
  const latest = times.toSorted().at(-1)
  const isBefore = facts.startedAt !== undefined && (first === undefined || facts.startedAt < first)
  const found: Partial<Omit<ParsedTranscript, "format">> = {
    identity: facts.identity,
    forkedFrom: facts.forkedFrom,
    title: cleanTitle(facts.title),
    firstWords: firstWordsIn(messages),
    model: cleanTitle(facts.model ?? model),
    startedAt: isBefore ? facts.startedAt : first,
    lastActiveAt: latest ?? facts.lastActiveAt ?? facts.startedAt,
  }
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  return { format: facts.format, ...known, messages, branches, leftOut: notes.leftOut, warnings: notes.warnings }
}
