import type { SearchPart } from "../search.ts"
import { foldText, foldWithPlaces } from "./fold.ts"
import { type SearchWord, wordsOf } from "./text.ts"

const literally = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replace(/\s+/g, String.raw`\s+`)
const letter = String.raw`[\p{L}\p{N}_]`
/** Letters of scripts without spaces, in which a word may stand anywhere. */
const unspaced = String.raw`[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]`
const begins = new RegExp(`^(?!${unspaced})${letter}`, "u")
const ends = new RegExp(`(?!${unspaced})${letter}$`, "u")

/** A word is marked where a word begins, the last one also as the beginning of a longer one. */
function patternOf({ text, quoted }: SearchWord, last: boolean): string {
  if (quoted) return literally(text)
  const before = begins.test(text) ? `(?<!${letter})` : ""
  const behind = !last && ends.test(text) ? `(?!${letter})` : ""
  return `${before}${literally(text)}${behind}`
}

/**
 * An expression that finds in a folded text what a search's text looks for: its words, and with `anywhere` before them
 * the whole text, also inside of words, as names and code are searched. Undefined for no text.
 */
export function searchPattern(text: string, anywhere = false): RegExp | undefined {
  const words = wordsOf(text).flatMap((word) => {
    const folded = foldText(word.text)
    return folded === "" ? [] : [{ ...word, text: folded }]
  })
  const [only, ...more] = words
  if (!only) return undefined
  const whole = only.quoted && more.length === 0 ? only.text : foldText(text.trim())
  const each = words.map((word, index) => patternOf(word, index === words.length - 1))
  return new RegExp((anywhere ? [literally(whole), ...each] : each).join("|"), "gu")
}

/** Cuts a text into what a search's text looks for and what stands between. */
export function markHits(text: string, pattern: RegExp | undefined): SearchPart[] {
  const parts: SearchPart[] = []
  let end = 0
  const { folded, spanOf } = foldWithPlaces(text)
  for (const { index, 0: found } of pattern ? folded.matchAll(pattern) : []) {
    if (found === "") continue
    const [from, to] = spanOf(index, index + found.length)
    const start = Math.max(from, end)
    if (to <= start) continue
    if (start > end) parts.push({ text: text.slice(end, start), hit: false })
    parts.push({ text: text.slice(start, to), hit: true })
    end = to
  }
  if (end < text.length) parts.push({ text: text.slice(end), hit: false })
  return parts
}
