import { JsonScanner } from "../json/json-scan.ts"
import { isJsonObject } from "../json/json-value.ts"

/** A number of a message that JavaScript would round, and where it stands. */
export interface KeptNumber {
  path: string
  token: string
}

export interface ParsedJson {
  value: unknown
  /** Numbers in context and code changes that were made strings, to keep each digit. */
  kept: KeptNumber[]
  /** Whether context and code changes were left out, because their numbers can't be told. */
  dropped: boolean
}

const extras = /"(?:context|code_changes|codeChanges)"/
const extrasPath = /(?:^|\.)(?:context|code_changes|codeChanges)(?:\.|$)/
/** A number that may have more digits, or lie further from 1, than JavaScript holds. */
const longNumber = /\d(?:[\d.]{15,}|[\d.]*[eE])/
const deepest = 512

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Leaves out context and code changes of a message, or of the messages in an object or a list. */
function withoutExtras(value: unknown, levels = 3): unknown {
  if (Array.isArray(value)) return levels === 0 ? value : value.map((each) => withoutExtras(each, levels - 1))
  if (!isJsonObject(value)) return value
  const { context: _, code_changes: __, codeChanges: ___, ...rest } = value
  const result: Record<string, unknown> = rest
  if (Array.isArray(result.messages)) result.messages = withoutExtras(result.messages, 1)
  return result
}

/**
 * Parses a JSON text; undefined where it is none. Numbers in the context and code changes of messages that JavaScript
 * would round become strings of their digits.
 */
export function parseTranscriptJson(text: string): ParsedJson | undefined {
  const parsed = parse(text)
  if (!parsed || !extras.test(text) || !longNumber.test(text)) return parsed && { ...parsed, kept: [], dropped: false }
  const bytes = new TextEncoder().encode(text)
  const pieces: string[] = []
  const kept: KeptNumber[] = []
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
  let from = 0
  const scanner = new JsonScanner({
    depth: deepest,
    values: Number.POSITIVE_INFINITY,
    onInexact({ path, token, start, end }) {
      if (!extrasPath.test(path)) return
      kept.push({ path, token })
      pieces.push(decoder.decode(bytes.subarray(from, start)), `"${token}"`)
      from = end
    },
  })
  if (scanner.push(bytes) ?? scanner.end()) return { value: withoutExtras(parsed.value), kept: [], dropped: true }
  if (kept.length === 0) return { ...parsed, kept, dropped: false }
  pieces.push(decoder.decode(bytes.subarray(from)))
  const exact = parse(pieces.join(""))
  return exact && { ...exact, kept, dropped: false }
}
