import { type DecodedFile, decodeTranscript } from "./decode.ts"
import { type ParsedJson, parseTranscriptJson } from "./json.ts"
import { looksOf, looksOfBytes, looksOfText } from "./looks.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ParsedTranscript, ReadTranscripts } from "./parsed-transcript.ts"
import { TranscriptReader } from "./reader.ts"
import { type Salvaged, salvageObjects } from "./salvage.ts"

const longestToken = 40

/** A file in the reading. */
class FileReading {
  readonly notes = new TranscriptNotes()
  readonly reader = new TranscriptReader(this.notes)
  /** The first value that is of no known form, which tells what the file is where nothing else is found. */
  stranger: { value: unknown } | undefined

  /** Takes a value; `line` is undefined where it is the only one. Answers false where it is of no known form. */
  add({ value, kept, dropped }: ParsedJson, line?: number): boolean {
    for (const { path, token } of kept) {
      const shown = token.length > longestToken ? `${token.slice(0, longestToken)}…` : token
      const where = line === undefined ? "" : `Line ${line}: `
      this.notes.warn("number-kept", `${where}${path} has more digits than a number can; ${shown} was kept as text`)
    }
    if (dropped)
      this.notes.warn("field-dropped", `Line ${line ?? 1}: numbers of the context can't be kept; it was left out`)
    if (this.reader.add(value, line)) return true
    this.stranger ??= { value }
    if (line !== undefined) this.notes.leaveOut("unknown-entry", line)
    return false
  }
}

/** A line of an array that was written one message a line. */
function parseRepaired(line: string): ParsedJson | undefined {
  const start = line.startsWith("[") ? 1 : 0
  let end = line.length
  while (end > start && /[\],\s]/.test(line[end - 1] ?? "")) end--
  return start === 0 && end === line.length ? undefined : parseTranscriptJson(line.slice(start, end))
}

function readLines(reading: FileReading, file: DecodedFile): void {
  let number = 0
  for (const text of file.lines()) {
    number++
    // A record separator stands before each text of a JSON sequence.
    const line = (text.startsWith("\u001e") ? text.slice(1) : text).trim()
    if (line === "" || /^[[\]],?$/.test(line)) continue
    const parsed = parseTranscriptJson(line)
    const repaired = parsed ? undefined : parseRepaired(line)
    if (repaired) {
      reading.notes.warn("line-repaired", `Line ${number} has commas or brackets around its JSON; read without`)
    }
    const json = parsed ?? repaired
    if (json) reading.add(json, number)
    else {
      reading.notes.leaveOut("malformed-line", number)
      reading.notes.warn("line-malformed", `Line ${number} is not JSON; left out`)
    }
  }
}

/** Reads a text that is neither JSON nor JSON Lines, but has objects in it. */
function readSalvaged(reading: FileReading, text: string): void {
  let broken: Salvaged[] = []
  for (const found of salvageObjects(text)) {
    if (found.value === undefined) broken.push(found)
    else if (reading.add({ value: found.value, kept: [], dropped: false }, found.line)) {
      broken = broken.filter(({ end }) => end <= found.start)
    }
  }
  for (const { line } of broken) reading.notes.leaveOut("malformed-line", line)
  reading.notes.warn("line-repaired", "The file is not valid JSON; the messages that could be found in it were read")
}

/** Whether a file has one JSON text a line: its first line is whole, and more come. */
function isLines(file: DecodedFile): boolean {
  let first: string | undefined
  for (const text of file.lines()) {
    const line = text.trim()
    if (line !== "" && first !== undefined) {
      const value = parseTranscriptJson(first)?.value
      return typeof value === "object" && value !== null
    }
    if (line !== "") first = line
  }
  return false
}

function read(file: DecodedFile): FileReading {
  const [start = ""] = file.lines()
  const isStructured = /^\s*(?:[[{]|$)/.test(start)
  if (!isStructured || isLines(file)) {
    const reading = new FileReading()
    readLines(reading, file)
    return reading
  }
  const text = file.text()
  const whole = parseTranscriptJson(text.trim())
  if (whole) {
    const reading = new FileReading()
    reading.add(whole)
    return reading
  }
  const byLines = new FileReading()
  readLines(byLines, file)
  if (byLines.reader.found) return byLines
  const salvaged = new FileReading()
  readSalvaged(salvaged, text)
  return salvaged.reader.found ? salvaged : byLines
}

/** Tells what was found in the file with the first of its conversations, and leaves out conversations in which nothing was said. */
function withNotes(conversations: ParsedTranscript[], notes: TranscriptNotes): ParsedTranscript[] {
  const spoken = conversations.filter(({ messages, branches }) => messages.length + branches.length > 0)
  const silent = conversations.length - spoken.length
  if (spoken.length > 0 && silent > 0) {
    notes.warn(
      "talk-empty",
      silent === 1
        ? "A conversation in which nothing was said was left out"
        : `${silent} conversations in which nothing was said were left out`,
    )
  }
  const [first, ...others] = spoken.length > 0 ? spoken : conversations
  if (!first) return []
  const leftOut = new TranscriptNotes()
  leftOut.merge(notes.leftOut)
  leftOut.merge(first.leftOut)
  return [
    { ...first, leftOut: leftOut.leftOut, warnings: [...notes.warnings, ...first.warnings] },
    ...(spoken.length > 0 ? others : []),
  ]
}

/**
 * Reads the conversations of a file: JSON Lines, JSON, or what agents' programs and chats write. What is no conversation is refused by
 * what it looks like; never fails.
 */
export function readTranscripts({ bytes }: { bytes: Uint8Array }): ReadTranscripts {
  const looks = looksOfBytes(bytes)
  if (looks !== undefined) return { refusal: looks }
  const file = decodeTranscript(bytes)
  const { reader, notes, stranger } = read(file)
  if (!reader.found) return { refusal: stranger ? looksOf(stranger.value) : looksOfText(startOf(file)) }
  const encoding = file.warning()
  if (encoding !== undefined) notes.warn("encoding", encoding)
  return { conversations: withNotes(reader.finish(), notes) }
}

const longestStart = 4096

/** The first lines that say something. */
function startOf(file: DecodedFile): string {
  let start = ""
  for (const line of file.lines()) {
    if (start.length >= longestStart) break
    if (start !== "" || line.trim() !== "") start += `${line.slice(0, longestStart)}\n`
  }
  return start
}
