import type { ParsedTranscript, ReadTranscripts } from "./parsed-transcript.ts"
import { byteOrderMarkOf } from "./storable-text.ts"
import { TranscriptBuilder } from "./transcript-builder.ts"
import { type Salvaged, salvageObjects } from "./transcript-salvage.ts"

function tryParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Reads JSON Lines as they come, so that a large file need not be held as one text. */
export class TranscriptLineReader {
  readonly #builder = new TranscriptBuilder()
  #line = 0
  /** How many lines held an entry of a known form. */
  known = 0

  /** Takes the next line, with or without its ending. */
  addLine(text: string): void {
    this.#line++
    const line = (this.#line === 1 ? text.slice(byteOrderMarkOf(text).length) : text).trim()
    if (line === "" || /^[[\]],?$/.test(line)) return
    const parsed = tryParse(line) ?? this.#repair(line)
    if (!parsed) {
      this.#builder.leaveOut("malformed-line", this.#line)
      this.#builder.warn("line-malformed", `Line ${this.#line} is not JSON; left out`)
    } else if (this.#builder.add(parsed.value, this.#line)) this.known++
  }

  /** A line of an array that was written one message a line. */
  #repair(line: string): { value: unknown } | undefined {
    const parsed = tryParse(line.replace(/^\[/, "").replace(/[\],\s]+$/, ""))
    if (parsed)
      this.#builder.warn("line-repaired", `Line ${this.#line} has commas or brackets around its JSON; read without`)
    return parsed
  }

  finish(fileName: string): ParsedTranscript {
    return this.#builder.finish(fileName)
  }
}

function parseWhole(fileName: string, value: unknown): ParsedTranscript | undefined {
  const builder = new TranscriptBuilder()
  return builder.addWhole(value) ? builder.finish(fileName) : undefined
}

function parseLines(fileName: string, text: string): { transcript: ParsedTranscript; known: number } {
  const reader = new TranscriptLineReader()
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start)
    reader.addLine(text.slice(start, end < 0 ? text.length : end))
    start = end < 0 ? text.length : end + 1
  }
  return { transcript: reader.finish(fileName), known: reader.known }
}

/** A text that is neither JSON nor JSON Lines, but has objects in it. */
function parseSalvaged(fileName: string, text: string): { transcript: ParsedTranscript; known: number } {
  const builder = new TranscriptBuilder()
  let known = 0
  let broken: Salvaged[] = []
  for (const found of salvageObjects(text)) {
    if (found.value === undefined) broken.push(found)
    else if (builder.add(found.value, found.line)) {
      known++
      broken = broken.filter(({ end }) => end <= found.start)
    }
  }
  for (const { line } of broken) builder.leaveOut("malformed-line", line)
  builder.warn("line-repaired", "The file is not valid JSON; the messages that could be found in it were read")
  return { transcript: builder.finish(fileName), known }
}

/**
 * Reduces a chat transcript to messages and says what was left out; never fails. Takes JSON Lines, a JSON array, or an
 * object with `messages`: of role and content, as OpenAI's interfaces have them, or as Claude Code writes them.
 */
export function parseTranscript({ fileName, text }: { fileName: string; text: string }): ParsedTranscript {
  const json = text.slice(byteOrderMarkOf(text).length)
  const isStructured = /^\s*[[{]/.test(json)
  // On JSON Lines this ends at the second line.
  const whole = isStructured ? tryParse(json) : undefined
  const transcript = whole && parseWhole(fileName, whole.value)
  if (transcript) return transcript
  const { transcript: ofLines, known } = parseLines(fileName, text)
  if (known > 0 || !isStructured) return ofLines
  const salvaged = parseSalvaged(fileName, json)
  return salvaged.known > 0 ? salvaged.transcript : ofLines
}

/** Reads the talks of a file, or says what the file looks like and why it is not read; never fails. */
export function readTranscripts({ fileName, bytes }: { fileName: string; bytes: Uint8Array }): ReadTranscripts {
  return { talks: [parseTranscript({ fileName, text: new TextDecoder().decode(bytes) })] }
}
