import { isJsonObject, type JsonObject } from "./json-value.ts"
import type { LeftOut, ParsedTranscript, TranscriptMessage } from "./parsed-transcript.ts"
import { storableText } from "./storable-text.ts"
import { type LeftOutReason, type ReducedEntry, reduceEntry } from "./transcript-entry.ts"
import { deriveClientId, type MessageDraft, toContent, toDraft } from "./transcript-message.ts"
import { toIsoTime } from "./transcript-time.ts"
import { firstWordsOf } from "./transcript-words.ts"
import type { Warning, WarningCode } from "./warning.ts"

const mostLinesNamed = 100
const mostWarningsOfCode = 20

/** Whether a message without words says something by what it was about or what it did to code. */
const hasMore = ({ context, code_changes, codeChanges }: JsonObject): boolean =>
  [context, code_changes, codeChanges].some((value) => value !== undefined && value !== null)

/** Collects what a transcript's entries say; hand it the entries in order, then finish. */
export class TranscriptBuilder {
  readonly #drafts: MessageDraft[] = []
  readonly #leftOut = new Map<LeftOutReason, LeftOut>()
  readonly #warnings: Warning[] = []
  readonly #warned = new Map<WarningCode, number>()
  readonly #entryKeys = new Set<string>()
  /** The parts of the last message, where more of them may follow. */
  #open: { joinKey: string; texts: Set<string> } | undefined
  #title: string | undefined
  #startedAt: string | undefined

  leaveOut(reason: LeftOutReason, line: number): void {
    const entry = this.#leftOut.get(reason) ?? { reason, count: 0, lines: [] }
    entry.count++
    if (entry.lines.length < mostLinesNamed && entry.lines.at(-1) !== line) entry.lines.push(line)
    this.#leftOut.set(reason, entry)
  }

  warn(code: WarningCode, message: string): void {
    const count = (this.#warned.get(code) ?? 0) + 1
    this.#warned.set(code, count)
    if (count <= mostWarningsOfCode) this.#warnings.push({ code, message })
  }

  /** Takes an entry, or an object that holds entries in `messages`; false where it is of no known form. */
  add(value: unknown, line?: number): boolean {
    if (isJsonObject(value) && typeof value.role !== "string" && Array.isArray(value.messages)) {
      this.#describe(value)
      for (const [index, each] of value.messages.entries()) this.#addEntry(each, line ?? index + 1)
      return true
    }
    return this.#addEntry(value, line ?? 1)
  }

  /** Takes the entries of one JSON value that holds the whole transcript; false where it is of no known form. */
  addWhole(value: unknown): boolean {
    if (!Array.isArray(value)) return this.add(value)
    for (const [index, each] of value.entries()) this.add(each, index + 1)
    return true
  }

  #describe(transcript: JsonObject): void {
    const title = [transcript.title, transcript.name, transcript.session_name].find((each) => typeof each === "string")
    this.#entitle(title)
    this.#startedAt ??= toIsoTime(transcript.started_at ?? transcript.created_at)
  }

  #entitle(title: string | undefined): void {
    const text = storableText(title ?? "").trim()
    if (text !== "") this.#title ??= text
  }

  #addEntry(value: unknown, line: number): boolean {
    const reduction = reduceEntry(value)
    if (!reduction) {
      this.leaveOut("unknown-entry", line)
      return false
    }
    const { entry, leftOut, title } = reduction
    if (entry?.entryKey !== undefined) {
      if (this.#entryKeys.has(entry.entryKey)) {
        this.leaveOut("repeated", line)
        return true
      }
      this.#entryKeys.add(entry.entryKey)
    }
    this.#entitle(title)
    for (const reason of leftOut) this.leaveOut(reason, line)
    if (entry) this.#addMessage(entry, line, leftOut.length > 0)
    return true
  }

  #addMessage(entry: ReducedEntry, line: number, hasOtherParts: boolean): void {
    const texts = entry.texts.filter((text) => text.trim() !== "")
    if (texts.length === 0 && !hasMore(entry.source)) {
      if (!hasOtherParts) this.leaveOut("empty", line)
      return
    }
    const warn = (code: WarningCode, message: string) => this.warn(code, `Entry ${line}: ${message}`)
    const last = this.#drafts.at(-1)
    if (last && entry.joinKey !== undefined && this.#open?.joinKey === entry.joinKey && last.role === entry.role) {
      for (const text of texts) {
        if (this.#open.texts.has(text)) this.leaveOut("repeated", line)
        else last.content += `\n\n${toContent(text, warn)}`
        this.#open.texts.add(text)
      }
      return
    }
    this.#drafts.push(toDraft(entry, texts.join("\n\n"), warn))
    this.#open = entry.joinKey === undefined ? undefined : { joinKey: entry.joinKey, texts: new Set(texts) }
  }

  finish(fileName: string): ParsedTranscript {
    if (this.#drafts.length === 0) this.warn("no-messages", `${fileName} has no messages to show`)
    const given = new Set<string>()
    const messages = this.#drafts.map(({ givenId, ...draft }, index): TranscriptMessage => {
      const isFirst = givenId !== undefined && !given.has(givenId)
      if (givenId !== undefined && !isFirst) {
        this.warn("client-id-replaced", `Message ${index + 1} has the client_id of another; its own takes its place`)
      }
      if (givenId !== undefined) given.add(givenId)
      return { ...draft, client_id: isFirst ? givenId : deriveClientId(index, draft) }
    })
    for (const [code, count] of this.#warned) {
      const more = count - mostWarningsOfCode
      if (more > 0) this.#warnings.push({ code, message: `${more} more of the same kind` })
    }
    const parsed: ParsedTranscript = {
      format: "messages",
      messages,
      branches: [],
      leftOut: [...this.#leftOut.values()],
      warnings: this.#warnings,
    }
    const startedAt = this.#startedAt ?? messages.find(({ timestamp }) => timestamp !== undefined)?.timestamp
    if (this.#title !== undefined) parsed.title = this.#title
    if (startedAt !== undefined) parsed.startedAt = startedAt
    const lastActiveAt = messages.findLast(({ timestamp }) => timestamp !== undefined)?.timestamp
    if (lastActiveAt !== undefined) parsed.lastActiveAt = lastActiveAt
    const first = messages.find(({ role }) => role === "user")
    if (first) parsed.firstWords = firstWordsOf(first.content)
    return parsed
  }
}
