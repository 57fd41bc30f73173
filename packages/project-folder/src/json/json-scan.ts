import { inexactNumberProblem, isExactNumber } from "./exact-number.ts"

export interface JsonLimits {
  /** Objects and arrays within one another. */
  depth: number
  /** Values and keys in all. */
  values: number
  /** Bytes of the members of the outermost object, by their keys; those of which it says nothing have no limit. */
  memberBytes?: (key: string) => number | undefined
  /** Takes the numbers that JavaScript would round, which are refused otherwise. */
  onInexact?: (number: InexactNumber) => void
}

/** A number that JavaScript would round, and the bytes of the text that it takes. */
export interface InexactNumber {
  path: string
  token: string
  start: number
  end: number
}

/** The first thing in a JSON text for which it is refused. */
export interface JsonProblem {
  kind: "depth" | "values" | "number" | "size"
  /** The keys and indexes that lead there, joined by dots; "" is the whole text. */
  path: string
  /** What is wrong, in words that name the limit. */
  message: string
}

const sign = {
  tab: 0x09,
  lineFeed: 0x0a,
  return: 0x0d,
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  upperE: 0x45,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  lowerE: 0x65,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const

/** Characters of a number: one with more is none that anybody means. */
const longestNumber = 4096
/** Bytes of a key that are kept for a path, and characters of a path. */
const longestKey = 100
const longestPath = 200

const inNumber = (byte: number): boolean =>
  (byte >= sign.zero && byte <= sign.nine) ||
  byte === sign.dot ||
  byte === sign.minus ||
  byte === sign.plus ||
  byte === sign.lowerE ||
  byte === sign.upperE

function endsWord(byte: number): boolean {
  switch (byte) {
    case sign.space:
    case sign.lineFeed:
    case sign.return:
    case sign.tab:
    case sign.comma:
    case sign.colon:
    case sign.quote:
    case sign.openArray:
    case sign.openObject:
    case sign.closeArray:
    case sign.closeObject:
      return true
    default:
      return false
  }
}

const count = (number: number): string => number.toLocaleString("en-US")

type Where = "between" | "string" | "escape" | "number" | "word"

/** An object or array that is open. */
class Level {
  isObject = false
  /** Whether the next string is a key. */
  keyComes = false
  index = 0
  /** The bytes of the key, as they are written. */
  readonly key: number[] = []
  /** Where the value of the key begins. */
  start = 0

  open(isObject: boolean): void {
    this.isObject = isObject
    this.keyComes = isObject
    this.index = 0
    this.key.length = 0
  }

  name(): string {
    if (!this.isObject) return String(this.index)
    const written = new TextDecoder().decode(Uint8Array.from(this.key))
    try {
      return String(JSON.parse(`"${written}"`))
    } catch {
      return written
    }
  }
}

/**
 * Reads a JSON text once, piece by piece as its bytes come, without making its values: finds what nests too deep, what
 * holds too many values, and numbers that JavaScript would round. It does not say whether the text is JSON; a parser
 * does, which after this takes time and memory in proportion to the bytes alone.
 */
export class JsonScanner {
  readonly #limits: JsonLimits
  readonly #levels: Level[] = []
  #where: Where = "between"
  #depth = 0
  #values = 0
  #read = 0
  #isKey = false
  /** What came of a number in earlier pieces. */
  #number = ""
  #problem: JsonProblem | undefined

  constructor(limits: JsonLimits) {
    this.#limits = limits
  }

  /** Values and keys so far. */
  get values(): number {
    return this.#values
  }

  /** Takes the next bytes in UTF-8; answers the first problem, after which it reads no more. */
  push(bytes: Uint8Array): JsonProblem | undefined {
    for (let at = 0; at < bytes.length && !this.#problem; ) {
      switch (this.#where) {
        case "between":
          at = this.#between(bytes, at)
          break
        case "string":
          at = this.#string(bytes, at)
          break
        case "escape":
          this.#noteKey(bytes, at, at + 1)
          this.#where = "string"
          at++
          break
        case "number":
          at = this.#continueNumber(bytes, at)
          break
        case "word":
          at = this.#word(bytes, at)
      }
    }
    this.#read += bytes.length
    return this.#problem
  }

  /** Takes note that there are no more bytes; answers the first problem. */
  end(): JsonProblem | undefined {
    if (this.#where === "number" && !this.#problem) this.#endNumber(this.#read)
    return this.#problem
  }

  #between(bytes: Uint8Array, from: number): number {
    let at = from
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      switch (byte) {
        case sign.space:
        case sign.lineFeed:
        case sign.return:
        case sign.tab:
          break
        case sign.comma:
          this.#next(at)
          break
        case sign.colon: {
          const level = this.#levels[this.#depth - 1]
          if (level) level.keyComes = false
          if (level && this.#depth === 1) level.start = this.#read + at + 1
          break
        }
        case sign.openArray:
        case sign.openObject:
          this.#open(byte === sign.openObject)
          break
        case sign.closeArray:
        case sign.closeObject:
          this.#close(at)
          break
        case sign.quote:
          this.#beginString()
          return at + 1
        default:
          this.#countValue()
          this.#number = ""
          this.#where = inNumber(byte) ? "number" : "word"
          return at
      }
      if (this.#problem) return at
    }
    return at
  }

  #next(at: number): void {
    const level = this.#levels[this.#depth - 1]
    if (!level) return
    if (this.#depth === 1) this.#checkMember(level, at)
    level.index++
    level.keyComes = level.isObject
  }

  #open(isObject: boolean): void {
    this.#countValue()
    if (this.#depth >= this.#limits.depth) {
      this.#fail("depth", `at most ${this.#limits.depth} objects and arrays within one another`)
      return
    }
    const level = this.#levels[this.#depth] ?? new Level()
    this.#levels[this.#depth++] = level
    level.open(isObject)
  }

  #close(at: number): void {
    const level = this.#levels[this.#depth - 1]
    if (level && this.#depth === 1) this.#checkMember(level, at)
    this.#depth = Math.max(0, this.#depth - 1)
  }

  #checkMember(level: Level, at: number): void {
    const limit = level.isObject ? this.#limits.memberBytes?.(level.name()) : undefined
    const bytes = this.#read + at - level.start
    if (limit !== undefined && bytes > limit) this.#fail("size", `at most ${count(limit)} bytes, not ${count(bytes)}`)
  }

  #beginString(): void {
    const level = this.#levels[this.#depth - 1]
    this.#countValue()
    this.#isKey = level?.keyComes ?? false
    if (level && this.#isKey) level.key.length = 0
    this.#where = "string"
  }

  #string(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && bytes[at] !== sign.quote && bytes[at] !== sign.backslash) at++
    this.#noteKey(bytes, from, at)
    if (at === bytes.length) return at
    if (bytes[at] === sign.backslash) {
      this.#noteKey(bytes, at, at + 1)
      this.#where = "escape"
    } else {
      this.#where = "between"
    }
    return at + 1
  }

  #noteKey(bytes: Uint8Array, from: number, to: number): void {
    if (!this.#isKey) return
    const level = this.#levels[this.#depth - 1]
    if (!level) return
    const end = Math.min(to, from + longestKey - level.key.length)
    for (let at = from; at < end; at++) level.key.push(bytes[at] ?? 0)
  }

  #continueNumber(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && inNumber(bytes[at] ?? 0)) at++
    const room = longestNumber - this.#number.length
    this.#number += String.fromCharCode(...bytes.subarray(from, Math.min(at, from + room + 1)))
    if (this.#number.length > longestNumber) {
      this.#fail("number", `a number of more than ${count(longestNumber)} characters; send it as a string`)
    } else if (at < bytes.length) {
      this.#endNumber(this.#read + at)
    }
    return at
  }

  #endNumber(end: number): void {
    this.#where = "between"
    const token = this.#number
    if (isExactNumber(token)) return
    const { onInexact } = this.#limits
    if (onInexact) onInexact({ path: this.#path(), token, start: end - token.length, end })
    else this.#fail("number", inexactNumberProblem(token))
  }

  /** Passes over true, false, null, and what is no JSON. */
  #word(bytes: Uint8Array, from: number): number {
    let at = from
    while (at < bytes.length && !endsWord(bytes[at] ?? 0)) at++
    if (at < bytes.length) this.#where = "between"
    return at
  }

  #countValue(): void {
    if (++this.#values > this.#limits.values) {
      this.#fail("values", `at most ${count(this.#limits.values)} values and keys`, "")
    }
  }

  #fail(kind: JsonProblem["kind"], message: string, path = this.#path()): void {
    this.#problem ??= { kind, path, message }
  }

  #path(): string {
    const path = this.#levels
      .slice(0, this.#depth)
      .map((level) => level.name())
      .join(".")
    return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path
  }
}

/** Scans a JSON text as a whole; answers its first problem. */
export function scanJson(text: string, limits: JsonLimits): JsonProblem | undefined {
  const scanner = new JsonScanner(limits)
  return scanner.push(new TextEncoder().encode(text)) ?? scanner.end()
}

/**
 * Puts the numbers of a JSON text that JavaScript would round between quotation marks, so that a parser keeps their digits
 * as text; tells the paths of those it quoted.
 */
export function quoteInexactNumbers(text: string): { text: string; quoted: string[] } {
  const bytes = new TextEncoder().encode(text)
  const found: InexactNumber[] = []
  const unlimited = Number.POSITIVE_INFINITY
  const scanner = new JsonScanner({ depth: unlimited, values: unlimited, onInexact: (number) => found.push(number) })
  scanner.push(bytes)
  scanner.end()
  if (found.length === 0) return { text, quoted: [] }
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  let quoted = ""
  let position = 0
  for (const { token, start, end } of found) {
    quoted += `${decoder.decode(bytes.subarray(position, start))}"${token}"`
    position = end
  }
  return { text: quoted + decoder.decode(bytes.subarray(position)), quoted: found.map(({ path }) => path) }
}
