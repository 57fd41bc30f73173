import { isUtf8 } from "node:buffer"
import type { Readable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { ApiError } from "@strudel-agent/api/errors"
import { limits } from "@strudel-agent/contract/limits"
import { type JsonLimits, type JsonProblem, JsonScanner } from "@strudel-agent/project-folder/json/json-scan"

/** A body that is refused before anything is made of it; its fields have the names that the client gave them. */
export class BodyRefused extends ApiError {}

const inBytes = (bytes: number): string => `${bytes.toLocaleString("en-US")} bytes`

export const bodyTooLarge = (limit: number): BodyRefused =>
  new BodyRefused("BODY_TOO_LARGE", `The body may have at most ${inBytes(limit)}.`, {
    fields: { body: `at most ${inBytes(limit)}` },
  })

export const badBody = (problem: string): BodyRefused =>
  new BodyRefused("BAD_INPUT", `body: ${problem}`, { fields: { body: problem } })

/** Turns what a scan found into the refusal of a field. */
export function refusalOf({ kind, path, message }: JsonProblem): BodyRefused {
  const field = path || "body"
  const reason = kind === "size" ? "BODY_TOO_LARGE" : "BAD_INPUT"
  return new BodyRefused(reason, `${field}: ${message}`, { fields: { [field]: message } })
}

/** What every JSON that comes in has to keep to. */
export const jsonLimits: JsonLimits = { depth: limits.requestDepth, values: limits.requestValues }

/** Milliseconds without a byte after which a body is given up. */
const longestSilence = 15_000
/** Bytes of a body that are looked at without a pause. */
const atOnce = 128 * 1024
/** Characters from which on a text is worked at in turns of its own. */
export const largeText = 256 * 1024

const byteOrderMark = "\uFEFF"

export interface ReadOptions {
  /** Bytes that the text may have. */
  limit: number
  json?: JsonLimits
  /** What the client calls the field at a path of the text. */
  fieldOf?: (path: string) => string
}

/** Takes the pieces of a text and puts them together; throws `BodyRefused` at the first byte that is wrong. */
function createTextReader({ limit, json = jsonLimits, fieldOf = (path) => path }: ReadOptions) {
  const scanner = new JsonScanner(json)
  const pieces: string[] = []
  /** Made for a body whose pieces end within characters: most bodies are one piece, and a decoder costs more than they do. */
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let bytes = 0

  function decode(chunk: Buffer): void {
    if (!decoder && isUtf8(chunk)) {
      pieces.push(chunk.toString())
      return
    }
    decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
    decodeOn(decoder, chunk)
  }

  function decodeOn(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): void {
    try {
      pieces.push(decoder.decode(chunk, { stream: chunk !== undefined }))
    } catch {
      throw badBody("is not valid UTF-8")
    }
  }

  function check(problem: JsonProblem | undefined): void {
    if (problem) throw refusalOf({ ...problem, path: fieldOf(problem.path) })
  }

  return {
    bytes: () => bytes,
    take(chunk: Buffer): void {
      bytes += chunk.length
      if (bytes > limit) throw bodyTooLarge(limit)
      check(scanner.push(chunk))
      decode(chunk)
    },
    text(): string {
      check(scanner.end())
      if (decoder) decodeOn(decoder)
      const text = pieces.join("")
      return text.startsWith(byteOrderMark) ? text.slice(1) : text
    },
  }
}

/**
 * Reads a stream as UTF-8 text, looking at it as it comes: what is no JSON that could be taken is refused at its first wrong
 * byte, and the rest is left where it is. Rejects with `BodyRefused`.
 */
export function readText(stream: Readable, options: ReadOptions): Promise<string> {
  const reader = createTextReader(options)
  return new Promise((resolve, reject) => {
    let done = false
    const silence = setTimeout(() => refuse(badBody("stopped coming")), longestSilence)
    const leave = () => {
      done = true
      clearTimeout(silence)
      stream.off("data", take).off("end", finish).off("error", breakOff).off("close", breakOff).pause()
    }
    const refuse = (error: unknown) => {
      leave()
      reject(error)
    }
    const breakOff = () => refuse(badBody("was cut off"))
    const take = (chunk: Buffer) => {
      silence.refresh()
      try {
        reader.take(chunk)
        if (reader.bytes() > atOnce) giveWay()
      } catch (error) {
        refuse(error)
      }
    }
    /** A fast sender brings mebibytes at a time: others have a turn after each piece. */
    const giveWay = () => {
      stream.pause()
      setImmediate(() => {
        if (!done) stream.resume()
      })
    }
    const finish = () => {
      leave()
      try {
        resolve(reader.text())
      } catch (error) {
        reject(error)
      }
    }
    stream.on("data", take).on("end", finish).on("error", breakOff).on("close", breakOff)
  })
}

let line = Promise.resolve()

/** Waits for a turn of one's own among those who work at something large, so that others are served in between. */
export async function turnOfOwn(): Promise<void> {
  line = line.then(() => nextTurn())
  await line
}

/** Parses a text; a large one in a turn of its own. */
export async function parseInTurn<T>(text: string, parse: (text: string) => T | Promise<T>): Promise<T> {
  if (text.length < largeText) return parse(text)
  await turnOfOwn()
  const value = await parse(text)
  await turnOfOwn()
  return value
}
