import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation } from "./builder.ts"
import { idOf, textOf } from "./content.ts"
import type { Entry } from "./entry.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ConversationFormat, ParsedTranscript } from "./parsed-transcript.ts"
import { readPlainMessage } from "./plain.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry } from "./to-entry.ts"
import { layOut, type TreeNode } from "./tree.ts"

const epochOf = (value: unknown): number | undefined => {
  const time = isJsonObject(value) ? toIsoTime(value.created_at ?? value.createdAt) : undefined
  return time === undefined ? undefined : Date.parse(time)
}

const readAll = (values: readonly unknown[], line: number | undefined): Entry[] =>
  values.map((value, index) => {
    const at = line ?? index + 1
    return readPlainMessage(value, at) ?? leftOutEntry(at, "unknown-entry")
  })

/** Puts a list that OpenAI gives, which has the newest first unless it was asked otherwise, in the order of the conversation. */
function chronological(values: readonly unknown[]): { values: unknown[]; isReversed: boolean } {
  const times = values.map(epochOf)
  const known = times.filter((time) => time !== undefined)
  const [first, last] = [known.at(0), known.at(-1)]
  const roleAt = (index: number) => {
    const value = values.at(index)
    return isJsonObject(value) ? value.role : undefined
  }
  const isReversed =
    first !== undefined && last !== undefined && first !== last
      ? first > last
      : values.length > 1 && roleAt(0) === "assistant" && roleAt(-1) === "user"
  const placed = values.map((value, index) => ({ value, time: times[index] }))
  if (isReversed) placed.reverse()
  if (known.length === values.length) placed.sort((one, other) => (one.time ?? 0) - (other.time ?? 0))
  return { values: placed.map(({ value }) => value), isReversed }
}

const threadOf = (value: unknown): string | undefined => (isJsonObject(value) ? idOf(value.thread_id) : undefined)

function readList(values: readonly unknown[], identity: string | undefined): ParsedTranscript {
  const { values: ordered, isReversed } = chronological(values)
  const notes = new TranscriptNotes()
  if (isReversed && epochOf(values[0]) === undefined) {
    notes.warn("order-reversed", "The list begins with an answer and has no times; it was read from its end")
  }
  const isAssistants = values.some((each) => isJsonObject(each) && (each.object === "thread.message" || epochOf(each)))
  const format: ConversationFormat = isAssistants ? "openai-assistants" : "openai-responses"
  return buildConversation({ format, identity }, [{ after: 0, items: readAll(ordered, undefined) }], notes)
}

/** Reads lists of messages of OpenAI's interfaces: those of a thread, whatever list they are in, are one talk. */
export function readOpenAiLists(lists: readonly (readonly unknown[])[]): ParsedTranscript[] {
  const conversations: { identity: string | undefined; values: unknown[] }[] = []
  const byThread = new Map<string, unknown[]>()
  for (const list of lists) {
    let others: unknown[] | undefined
    for (const value of list) {
      const thread = threadOf(value)
      const of = thread === undefined ? others : byThread.get(thread)
      if (of) of.push(value)
      else {
        const values = [value]
        conversations.push({ identity: thread, values })
        if (thread === undefined) others = values
        else byThread.set(thread, values)
      }
    }
  }
  return conversations.map(({ identity, values }) => readList(values, identity))
}

const conversationOf = ({ conversation }: JsonObject): string | undefined =>
  isJsonObject(conversation) ? idOf(conversation.id) : idOf(conversation)

const asItems = (input: unknown): unknown[] =>
  typeof input === "string" ? [{ role: "user", content: input }] : Array.isArray(input) ? input : []

const sameMessage = (one: Entry | undefined, other: Entry | undefined): boolean =>
  one?.said?.role === other?.said?.role && one?.said?.texts.join("\n\n") === other?.said?.texts.join("\n\n")

/** What of an input follows on what was said, where all of that is sent along; undefined where it is not. */
function newInput(input: readonly Entry[], said: readonly Entry[]): Entry[] | undefined {
  const given = input.filter((entry) => entry.said)
  if (said.length === 0 || given.length < said.length) return undefined
  if (!said.every((entry, at) => sameMessage(entry, given[at]))) return undefined
  const next = given[said.length]
  return next ? input.slice(input.indexOf(next)) : []
}

/** An item has no time of its own; the answer that it is of has one. */
function withTime(entry: Entry, { created_at }: JsonObject): Entry {
  const time = toIsoTime(created_at)
  if (!entry.said || entry.said.time !== undefined || time === undefined) return entry
  return { ...entry, said: { ...entry.said, time } }
}

/** A conversation of answers that follow on one another. */
class Chain {
  readonly nodes: TreeNode<Entry>[] = []
  /** What was said up to the last answer. */
  #said: Entry[] = []
  readonly #notes = new TranscriptNotes()
  readonly #first: JsonObject
  #last: JsonObject

  constructor(first: JsonObject) {
    this.#first = first
    this.#last = first
  }

  /** Whether an answer's input begins with all that was said. */
  continuesIn(value: JsonObject): boolean {
    return Array.isArray(value.input) && newInput(readAll(value.input, undefined), this.#said) !== undefined
  }

  /** Adds an answer behind a node; answers the place of its last. */
  add(value: JsonObject, line: number | undefined, behind: number | undefined): number | undefined {
    const input = readAll(asItems(value.input), line)
    const output = readAll(asItems(value.output), line).map((entry) => withTime(entry, value))
    let parent = behind
    for (const item of [...(newInput(input, this.#said) ?? input), ...output]) {
      const hasWords = item.said !== undefined
      this.nodes.push({ item, parent, time: undefined, isConversation: hasWords, hasWords })
      parent = this.nodes.length - 1
      if (hasWords) this.#said.push(item)
    }
    if (textOf(value.instructions)) this.#notes.leaveOut("instructions", line ?? 1)
    this.#last = value
    return parent
  }

  finish(): ParsedTranscript {
    const facts = {
      format: "openai-responses" as const,
      identity: conversationOf(this.#first) ?? idOf(this.#first.id),
      model: textOf(this.#last.model),
      startedAt: toIsoTime(this.#first.created_at),
      lastActiveAt: toIsoTime(this.#last.created_at),
    }
    return buildConversation(facts, layOut(this.nodes), this.#notes)
  }
}

interface Answer {
  value: JsonObject
  line: number | undefined
}

/** Reads answers of OpenAI's Responses interface: those that follow on one another are one talk. */
export class ResponsesReader {
  readonly #answers: Answer[] = []

  add(value: JsonObject, line?: number): void {
    this.#answers.push({ value, line })
  }

  finish(): ParsedTranscript[] {
    const byId = new Map<string, Answer>()
    for (const answer of this.#answers) {
      const id = idOf(answer.value.id)
      if (id !== undefined) byId.set(id, answer)
    }
    const chains: Chain[] = []
    const byConversation = new Map<string, { chain: Chain; end: number | undefined }>()
    const ends = new Map<Answer, { chain: Chain; end: number | undefined }>()
    const place = (answer: Answer) => {
      const { value, line } = answer
      const conversation = conversationOf(value)
      const previous = byId.get(idOf(value.previous_response_id) ?? "")
      const latest = chains.at(-1)
      const before =
        (previous && ends.get(previous)) ??
        (conversation === undefined ? undefined : byConversation.get(conversation)) ??
        (latest?.continuesIn(value) ? { chain: latest, end: latest.nodes.length - 1 } : undefined)
      const chain = before?.chain ?? new Chain(value)
      if (!before) chains.push(chain)
      const placed = { chain, end: chain.add(value, line, before?.end) }
      ends.set(answer, placed)
      if (conversation !== undefined) byConversation.set(conversation, placed)
    }
    for (const answer of this.#answers) {
      // Those that an answer follows on, the first of them first, wherever they stand in the file.
      const open = new Set<Answer>()
      for (let at: Answer | undefined = answer; at && !ends.has(at) && !open.has(at); ) {
        open.add(at)
        at = byId.get(idOf(at.value.previous_response_id) ?? "")
      }
      for (const each of [...open].reverse()) place(each)
    }
    return chains.map((chain) => chain.finish())
  }
}
