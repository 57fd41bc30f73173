import { isJsonObject, type Json, type JsonObject } from "./json/json-value.ts"

const halfOfPair = /\p{Surrogate}/gu

/** Puts U+FFFD where PostgreSQL could not store a character: NUL and halves of surrogate pairs. */
export const storableCharacters = (text: string): string =>
  text.replaceAll("\0", "\ufffd").replace(halfOfPair, "\ufffd")

/** Whether PostgreSQL could not store a text as it is. */
export const hasUnstorable = (text: string): boolean => /[\0\p{Surrogate}]/u.test(text)

/** The form in which the library holds a file's text: every line ends in LF, and PostgreSQL can store every character. */
export const storableText = (text: string): string => storableCharacters(text).replace(/\r\n?/g, "\n")

/** A JSON value that PostgreSQL can store and no reader trips over: `__proto__` keys and endless numbers are left out. */
export function storableJson(value: Json): Json {
  if (typeof value === "string") return storableCharacters(value)
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(storableJson)
  return isJsonObject(value) ? storableObject(value) : value
}

/** As storableJson, for an object. */
export function storableObject(value: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const [key, member] of Object.entries(value)) {
    if (key !== "__proto__") result[storableCharacters(key)] = storableJson(member)
  }
  return result
}

/** The first line ending of a file, which added lines follow; LF where it has none. */
export const lineEndingOf = (text: string): string => /\r\n|\r|\n/.exec(text)?.[0] ?? "\n"

/** A byte order mark at the start of a file, or nothing. */
export const byteOrderMarkOf = (text: string): string => (text.startsWith("\ufeff") ? "\ufeff" : "")

/** Decodes a file without losing its byte order mark; undefined where it is not UTF-8, and so can't be given back from text. */
export function decodeFile(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
