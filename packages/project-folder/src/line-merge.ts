import { lineEndingOf, storableText } from "./storable-text.ts"

const linesOf = (text: string, pattern: RegExp): string[] => text.match(pattern) ?? []
const rawLine = /[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g
const storedLine = /[^\n]*\n|[^\n]+$/g

type Merge = { original: string; edited: string; lineEnding?: string }

/**
 * Brings edited library text back into the file's form: lines that did not change keep their bytes, the others get the
 * given line ending, or that of the original text.
 */
export function mergeLines({ original, edited, lineEnding = lineEndingOf(original) }: Merge): string {
  const raw = linesOf(original, rawLine)
  const before = raw.map(storableText)
  const after = linesOf(storableText(edited), storedLine)
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const middle = after
    .slice(head, after.length - tail)
    .join("")
    .replaceAll("\n", lineEnding)
  return joinLines(joinLines(raw.slice(0, head).join(""), middle), raw.slice(raw.length - tail).join(""))
}

/** Joins two texts of whole lines; a CR before an LF becomes a line ending of its own, or the two would make one. */
export const joinLines = (first: string, second: string): string =>
  first.endsWith("\r") && second.startsWith("\n") ? `${first}\n${second}` : first + second
