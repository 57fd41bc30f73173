import { type ClipParts, findClipParts } from "./clip-header.ts"
import { nameFromFile, usableName } from "./display-name.ts"
import { editObject, findLosses, nodeToObject } from "./json/json-edit.ts"
import { type Json, type JsonObject, printJson, sameJson } from "./json/json-value.ts"
import { joinLines, mergeLines } from "./line-merge.ts"
import { byteOrderMarkOf, hasUnstorable, lineEndingOf, storableObject, storableText } from "./storable-text.ts"
import type { Warning } from "./warning.ts"

export type ParsedClip = { name: string; code: string; metadata: JsonObject; warnings: Warning[] }

type ClipFile = { fileName: string; text: string }
type ClipEdit = Pick<ParsedClip, "name" | "code" | "metadata"> & { fileName: string; original: string | undefined }

/** Finds the parts of a file; the header is undefined where everything but the byte order mark is code. */
function splitClip(text: string) {
  const found = findClipParts(text)
  const mark = byteOrderMarkOf(text)
  const header: ClipParts | undefined = typeof found === "object" ? found : undefined
  return { header, mark, code: header ? header.code : text.slice(mark.length), unreadable: found === "unreadable" }
}

const isText = (value: Json): boolean => typeof value === "string"
const isTempo = (value: Json): boolean => typeof value === "number" || value === null
const isTags = (value: Json): boolean => Array.isArray(value) && value.every(isText)
const expectedTypes: [key: string, words: string, test: (value: Json) => boolean][] = [
  ["tempo", "a number", isTempo],
  ["bpm", "a number", isTempo],
  ["tags", "a list of texts", isTags],
  ["description", "a text", isText],
]

/** Characters of a number that are shown. */
const longestToken = 40

/** Repeated keys, and numbers, of which each has a warning; the rest are counted. */
const mostWarnings = 20

function headerWarnings({ json, node, gap, code }: ClipParts, object: JsonObject): Warning[] {
  const warnings: Warning[] = []
  const warn = (code: Warning["code"], message: string) => warnings.push({ code, message })
  const { repeated, ignored, replaced, inexact } = findLosses(json, node)
  const keys = [...new Set(repeated)]
  for (const key of keys.slice(0, mostWarnings))
    warn("metadata-key-repeated", `Metadata has "${key}" more than once; the last one counts`)
  if (keys.length > mostWarnings)
    warn("metadata-key-repeated", `Metadata has ${keys.length - mostWarnings} more keys more than once`)
  if (ignored) warn("metadata-key-ignored", `The metadata key "__proto__" stays in the file but is not read`)
  if (replaced) warn("value-replaced", "Metadata has characters that can't be stored; the file keeps them")
  for (const token of inexact.slice(0, mostWarnings)) {
    const shown = token.length > longestToken ? `${token.slice(0, longestToken)}…` : token
    warn("number-kept", `The metadata's ${shown} has more digits than a number can; it was kept as text`)
  }
  if (inexact.length > mostWarnings)
    warn("number-kept", `The metadata has ${inexact.length - mostWarnings} more such numbers`)
  if (!isStrictJson(json)) warn("metadata-not-strict-json", "Metadata is not valid JSON, but could be read")
  if (Object.hasOwn(object, "tempo") && Object.hasOwn(object, "bpm")) {
    warn("metadata-tempo-and-bpm", `Metadata has both "tempo" and "bpm"; "bpm" counts`)
  }
  if (object.name !== undefined && usableName(object.name) === undefined) {
    warn(
      "name-unusable",
      "The name in the metadata is not a text of 1 to 200 characters; the file name takes its place",
    )
  }
  for (const [key, words, test] of expectedTypes) {
    const value = object[key]
    if (value !== undefined && !test(value)) warn("metadata-type-unexpected", `"${key}" is not ${words}; kept as it is`)
  }
  if (code !== "" && !/[\r\n]/.test(gap)) {
    warn("code-on-metadata-line", "Code follows on the line of the metadata, where players take it for a comment")
  }
  return warnings
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What a file calls tempo the library calls bpm; a file that has both keeps both. */
const toMetadata = ({ name, ...rest }: JsonObject): JsonObject => {
  const metadata: JsonObject = name === undefined || usableName(name) !== undefined ? {} : { name }
  for (const [key, value] of Object.entries(rest)) {
    metadata[key === "tempo" && !Object.hasOwn(rest, "bpm") ? "bpm" : key] = value
  }
  return metadata
}

/**
 * Reads a clip file; never fails. Code has LF line endings and only characters that PostgreSQL can store.
 * `text` must keep its byte order mark (see decodeFile).
 */
export function parseClip({ fileName, text }: ClipFile): ParsedClip {
  const { header, code: rawCode, unreadable } = splitClip(text)
  const object = header ? nodeToObject(header.json, header.node) : {}
  const code = storableText(rawCode)
  const warnings = header ? headerWarnings(header, object) : []
  if (unreadable) {
    warnings.push({
      code: "metadata-unreadable",
      message: "The first line looks like metadata but can't be read as JSON",
    })
  }
  if (hasUnstorable(rawCode)) {
    warnings.push({
      code: "value-replaced",
      message: "The code has characters that can't be stored; the file keeps them",
    })
  }
  return { name: usableName(object.name) ?? nameFromFile(fileName), code, metadata: toMetadata(object), warnings }
}

type Before = { object: JsonObject; name: string }

/** The JSON object of a file: unedited values as `before` has them. */
function toFileObject({ name, metadata }: Pick<ClipEdit, "name" | "metadata">, before?: Before): JsonObject {
  const { name: unusableName, ...rest } = storableObject(metadata)
  const result: JsonObject = {}
  const oldName = before?.object.name
  if (name !== before?.name) result.name = name
  else if (oldName !== undefined && usableName(oldName) !== undefined) result.name = oldName
  else if (unusableName !== undefined && usableName(unusableName) === undefined) result.name = unusableName
  const saysBpm = Object.hasOwn(rest, "tempo") || (before !== undefined && Object.hasOwn(before.object, "bpm"))
  for (const [key, value] of Object.entries(rest)) result[key === "bpm" && !saysBpm ? "tempo" : key] = value
  return result
}

/** Code without a header that a reader would take for a file with one, or with a byte order mark. */
const needsHeader = (code: string): boolean => code.startsWith("\ufeff") || typeof findClipParts(code) === "object"

/**
 * Prints a clip file. What equals the parsed `original` (undefined for a clip made in the app) keeps its bytes. Two
 * things a file can't say: a metadata `name` beside the clip's name is left out, a `tempo` without `bpm` is read as bpm.
 */
export function printClip({ fileName, original, name, code, metadata }: ClipEdit): string {
  if (original === undefined) return `// ${printJson(toFileObject({ name, metadata }))}\n${storableText(code)}`
  const parsed = parseClip({ fileName, text: original })
  const { header, mark, code: rawCode } = splitClip(original)
  const lineEnding = lineEndingOf(original)
  const sameCode = storableText(code) === parsed.code
  const newCode = sameCode ? rawCode : mergeLines({ original: rawCode, edited: code, lineEnding })
  const sameMetadata = name === parsed.name && sameJson(storableObject(metadata), parsed.metadata)
  if (sameCode && sameMetadata) return original
  const object = header ? nodeToObject(header.json, header.node) : {}
  const json = () => toFileObject({ name, metadata }, { object, name: parsed.name })

  if (!header) {
    if (sameMetadata && !needsHeader(newCode)) return mark + newCode
    return joinLines(`${mark}// ${printJson(json())}${lineEnding}`, newCode)
  }
  const newJson = sameMetadata ? header.json : editObject(header.json, header.node, json())
  const glued = !sameCode && newCode !== "" && !/[\r\n]/.test(header.gap)
  const gap = glued ? (header.code === "" ? header.gap : "") + lineEnding : header.gap
  return joinLines(header.before + newJson + gap, newCode)
}
