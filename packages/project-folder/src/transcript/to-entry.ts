import type { JsonObject } from "../json/json-value.ts"
import { hasUnstorable, storableCharacters } from "../storable-text.ts"
import { withoutTerminalCodes } from "../terminal-codes.ts"
import type { Warning, WarningCode } from "../warning.ts"
import type { Entry, LeftOutReason, Message, MessageRole } from "./entry.ts"
import { readExtras } from "./extras.ts"
import { toIsoTime } from "./time.ts"

/** One entry of a transcript as its format's reader understood it. */
export interface RawEntry extends Pick<Message, "joinKey" | "key" | "seed" | "model"> {
  line: number
  role: MessageRole
  /** The role as the entry has it, where that is none of ours. */
  unknownRole?: string
  texts: readonly string[]
  timestamp?: unknown
  leftOut?: readonly LeftOutReason[]
  /** Where context, code changes and client_id may stand. */
  source?: JsonObject
}

const longestRole = 50
/** One for all entries of which nothing was left out: there may be millions. */
const nothing: readonly LeftOutReason[] = []

/** Turns what a reader understood into what the library can hold, and tells what became of the rest. */
export function toEntry(raw: RawEntry): Entry {
  const { line, role, unknownRole, timestamp, source, joinKey, key, seed, model } = raw
  const leftOut: LeftOutReason[] = [...(raw.leftOut ?? [])]
  const warnings: Warning[] = []
  const warn = (code: WarningCode, message: string) => warnings.push({ code, message: `Entry ${line}: ${message}` })

  const texts: string[] = []
  for (const text of raw.texts) {
    const { text: plain, count } = withoutTerminalCodes(text)
    for (let index = 0; index < count; index++) leftOut.push("terminal-code")
    if (plain.trim() !== "") texts.push(plain)
  }
  const extras = source && readExtras(source, warn)
  const saysMore = extras?.context !== undefined || extras?.code_changes !== undefined
  if (texts.length === 0 && !saysMore) {
    if (leftOut.length === 0) leftOut.push("empty")
    return { line, leftOut, ...(warnings.length > 0 ? { warnings } : {}) }
  }
  if (unknownRole !== undefined) {
    warn("role-unknown", `The role "${unknownRole.slice(0, longestRole)}" is unknown; kept as a note`)
  }
  if (texts.some(hasUnstorable)) warn("value-replaced", "Characters that can't be stored became U+FFFD")
  const said: Message = { role, texts: texts.map(storableCharacters) }
  if (timestamp !== undefined && timestamp !== null) {
    const time = toIsoTime(timestamp)
    if (time === undefined) warn("timestamp-invalid", "The timestamp can't be read; left out")
    else said.time = time
  }
  if (joinKey !== undefined) said.joinKey = joinKey
  if (key !== undefined) said.key = key
  if (seed !== undefined) said.seed = seed
  if (model !== undefined) said.model = model
  if (extras) said.extras = extras
  return { line, leftOut: leftOut.length > 0 ? leftOut : nothing, said, ...(warnings.length > 0 ? { warnings } : {}) }
}

/** An entry that says nothing. */
export const leftOutEntry = (line: number, ...leftOut: LeftOutReason[]): Entry => ({ line, leftOut })
