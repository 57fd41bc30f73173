import type { SearchPart } from "./search.ts"
import { type SearchWord, wordsOf } from "./search-text.ts"

const literally = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`)
const letter = String.raw`[\p{L}\p{N}_]`

/** A word is marked where a word begins, the last one also as the beginning of a longer one. */
function patternOf({ text, quoted }: SearchWord, last: boolean): string {
  if (quoted) return literally(text)
  const starts = new RegExp(`^${letter}`, "u").test(text) ? `(?<!${letter})` : ""
  const ends = !last && new RegExp(`${letter}$`, "u").test(text) ? `(?!${letter})` : ""
  return `${starts}${literally(text)}${ends}`
}

/**
 * An expression that finds what a search's text looks for: its words, and with `anywhere` before them the whole text,
 * also inside of words, as names and code are searched. Undefined for no text.
 */
export function searchPattern(text: string, anywhere = false): RegExp | undefined {
  const words = wordsOf(text)
  const [only, ...more] = words
  if (!only) return undefined
  const whole = only.quoted && more.length === 0 ? only.text : text.trim()
  const each = words.map((word, index) => patternOf(word, index === words.length - 1))
  return new RegExp((anywhere ? [literally(whole), ...each] : each).join("|"), "giu")
}

/** Cuts a text into what a search's text looks for and what stands between. */
export function markHits(text: string, pattern: RegExp | undefined): SearchPart[] {
  const parts: SearchPart[] = []
  let end = 0
  for (const { index, 0: found } of pattern ? text.matchAll(pattern) : []) {
    if (found === "") continue
    if (index > end) parts.push({ text: text.slice(end, index), hit: false })
    parts.push({ text: found, hit: true })
    end = index + found.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), hit: false })
  return parts
}
