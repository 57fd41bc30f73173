import type { ObjectNode } from "@humanwhocodes/momoa"
import { parseObjectNode } from "./json/json-edit.ts"
import { maxJsonDepth } from "./json/json-value.ts"
import { byteOrderMarkOf } from "./storable-text.ts"

/** Where the parts of a clip file lie: `before` + `json` + `gap` + `code` is the whole file. */
export type ClipParts = {
  /** Byte order mark, blank lines and the comment sign. */
  before: string
  json: string
  node: ObjectNode
  /** What stands between the metadata and the code: a line ending, or spaces where code follows on the same line. */
  gap: string
  code: string
}

/** Characters of the metadata that are read: twice what the library keeps of them. */
const longestMetadata = 128 * 1024

/** Offset after the brace that closes the object which opens at `start`; undefined where none does on this line, or too far on. */
function endOfObject(line: string, start: number): number | undefined {
  let depth = 0
  let inString = false
  const last = Math.min(line.length, start + longestMetadata)
  for (let index = start; index < last; index++) {
    const character = line[index]
    if (inString) {
      if (character === "\\") index++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === "{" || character === "[") {
      if (++depth > maxJsonDepth) return undefined
    } else if ((character === "}" || character === "]") && --depth === 0) return index + 1
  }
  return undefined
}

/** Finds the metadata of a clip file; "unreadable" where the first line looks like metadata that no parser takes. */
export function findClipParts(text: string): ClipParts | "unreadable" | undefined {
  const mark = byteOrderMarkOf(text).length
  const blank = text.slice(mark).search(/[^ \t\r\n]/)
  const lineStart = mark + blank
  if (blank < 0 || !text.startsWith("//", lineStart)) return undefined
  const lineLength = text.slice(lineStart).search(/[\r\n]/)
  const lineEnd = lineLength < 0 ? text.length : lineStart + lineLength
  const line = text.slice(0, lineEnd)
  const opening = /^\/\/[ \t]*(?=\{)/.exec(line.slice(lineStart))?.[0]
  if (opening === undefined) return undefined
  const start = lineStart + opening.length
  const end = endOfObject(line, start)
  const json = end === undefined ? undefined : text.slice(start, end)
  const node = json === undefined ? undefined : parseObjectNode(json)
  if (end === undefined || json === undefined || node === undefined) {
    return /^\{\s*["']/.test(line.slice(start)) ? "unreadable" : undefined
  }
  const gap = /^[ \t]*(?:\r\n|\r|\n)?/.exec(text.slice(end))?.[0] ?? ""
  return { before: text.slice(0, start), json, node, gap, code: text.slice(end + gap.length) }
}
