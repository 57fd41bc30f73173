import type { SearchPart } from "@strudel-agent/contract/search"
import { markHits } from "@strudel-agent/contract/search/highlight"
import type { Excerpt } from "@strudel-agent/database/queries/search/excerpt"
import { plainExcerpt } from "./plain-excerpt.ts"

/** Characters of a snippet, and how many of them may stand before its first hit. */
const longest = 200
const before = 60

/** Cuts a text to a snippet's length around a place, between words where that is near. */
function cut(text: string, place: number): string {
  if (text.length <= longest) return text
  const from = Math.max(0, Math.min(place - before, text.length - longest))
  const start = from === 0 ? 0 : Math.min(text.indexOf(" ", from) + 1 || from, Math.max(place, from))
  const end = start + longest
  return `${start > 0 ? "…" : ""}${text.slice(start, end).toWellFormed()}${end < text.length ? "…" : ""}`
}

/** A snippet of prose on one line, without the signs of markdown unless they were looked for. */
export function textSnippet({ excerpt, hitAt }: Excerpt, pattern: RegExp | undefined): SearchPart[] {
  const place = Math.max(0, hitAt)
  const plain = plainExcerpt({ text: excerpt, place })
  const marked = markHits(cut(plain.text, plain.place), pattern)
  if (hitAt < 0 || marked.some(({ hit }) => hit)) return marked
  const before = excerpt.slice(0, place).replace(/\s+/g, " ").trimStart().length
  return markHits(cut(excerpt.replace(/\s+/g, " ").trim(), before), pattern)
}

/** The line of code that was hit, else the first. */
export function codeSnippet({ excerpt, hitAt }: Excerpt, pattern: RegExp | undefined): SearchPart[] {
  const place = Math.max(0, hitAt)
  const start = place === 0 ? 0 : excerpt.lastIndexOf("\n", place - 1) + 1
  const end = excerpt.indexOf("\n", place)
  const line = excerpt.slice(start, end < 0 ? undefined : end)
  const indent = line.length - line.trimStart().length
  return markHits(cut(line.trim(), Math.max(0, place - start - indent)), pattern)
}
