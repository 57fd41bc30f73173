import { v5 } from "uuid"
import { isJsonObject, isTooDeep, type Json, type JsonObject } from "./json-value.ts"
import type { TranscriptMessage } from "./parsed-transcript.ts"
import { hasUnstorable, storableCharacters, storableJson } from "./storable-text.ts"
import type { ReducedEntry } from "./transcript-entry.ts"
import { toIsoTime } from "./transcript-time.ts"
import type { Warning } from "./warning.ts"

export type MessageDraft = Omit<TranscriptMessage, "client_id"> & { givenId?: string }

type Warn = (code: Warning["code"], message: string) => void

const isTextOrNull = (value: Json | undefined): boolean =>
  value === undefined || value === null || typeof value === "string"
const itemKeys = ["item_type", "item_id", "project_id"]

/** A JSON object whose known keys have the types that the library wants. */
const isAbout = (value: Json, keys: readonly string[]): value is JsonObject =>
  isJsonObject(value) && [...itemKeys, ...keys].every((key) => isTextOrNull(value[key]))

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a message keeps beside role and content; warns of what it can't keep. */
function readExtras(
  source: ReducedEntry["source"],
  warn: Warn,
): Pick<MessageDraft, "context" | "code_changes" | "givenId"> {
  const extras: Pick<MessageDraft, "context" | "code_changes" | "givenId"> = {}
  const read = (name: string, ...keys: string[]): Json | undefined => {
    const value = keys.map((key) => source[key]).find((each) => each !== undefined && each !== null)
    if (value === undefined) return undefined
    if (!isTooDeep(value)) return storableJson(value)
    warn("field-dropped", `${name} is nested too deep to be kept`)
    return undefined
  }
  const context = read("The context", "context")
  if (context !== undefined) {
    if (isAbout(context, ["code"])) extras.context = context
    else warn("field-dropped", "The context is not of the form that the library keeps")
  }
  const changes = read("The code changes", "code_changes", "codeChanges")
  if (changes !== undefined) {
    const isChange = (value: Json): value is JsonObject => isAbout(value, ["before", "after"])
    if (Array.isArray(changes) && changes.every(isChange)) extras.code_changes = changes
    else if (isChange(changes)) extras.code_changes = changes
    else warn("field-dropped", "The code changes are not of the form that the library keeps")
  }
  const id = source.client_id ?? source.clientId
  if (typeof id === "string" && guid.test(id)) extras.givenId = id.toLowerCase()
  else if (id !== undefined && id !== null)
    warn("client-id-replaced", "The client_id is not a UUID; another takes its place")
  return extras
}

/** The content of a message as the library can hold it. */
export function toContent(text: string, warn: Warn): string {
  if (hasUnstorable(text)) warn("value-replaced", "Characters that can't be stored became U+FFFD")
  return storableCharacters(text)
}

/** Turns an entry that has something to show into a message without its client_id. */
export function toDraft(entry: ReducedEntry, content: string, warn: Warn): MessageDraft {
  if (entry.unknownRole !== undefined)
    warn("role-unknown", `The role "${entry.unknownRole}" is unknown; kept as a note`)
  const draft: MessageDraft = { role: entry.role, content: toContent(content, warn) }
  const { timestamp } = entry
  if (timestamp !== undefined && timestamp !== null) {
    const time = toIsoTime(timestamp)
    if (time === undefined) warn("timestamp-invalid", "The timestamp can't be read; left out")
    else draft.timestamp = time
  }
  return { ...draft, ...readExtras(entry.source, warn) }
}

const namespace = "7b0f6f5e-6d5a-4c39-9d0e-3f1c1c1b8a52"

/** The client_id of a message that brings none: the same for the same place, role, time and content. */
export const deriveClientId = (index: number, { role, timestamp = "", content }: MessageDraft): string =>
  v5(`${index}\n${role}\n${timestamp}\n${content}`, namespace)
