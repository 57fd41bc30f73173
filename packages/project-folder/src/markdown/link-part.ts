import { isBlankCode, unescaped } from "./character.ts"

/** A part of a link's source: what it says, and the offset behind it. */
export type Part = { value: string; end: number }

/** Most characters of a label. */
const longestLabel = 999
const labelHere = /\[((?:[^\\[\]]|\\[\s\S]){1,1000})\]/y

/** Labels are the same where they differ in case or blanks only. */
export const sameForm = (label: string): string =>
  label
    .replace(/[\t\n\r ]+/g, " ")
    .replace(/^ | $/g, "")
    .toLowerCase()
    .toUpperCase()

/** The label that stands between brackets, in the form that is compared; undefined where it is too long or blank. */
export function labelOf(inside: string): string | undefined {
  if (inside.length > longestLabel || inside.trim() === "") return undefined
  return sameForm(inside)
}

/** The label in brackets that begins here, at most 1,001 characters on. */
export function labelAt(text: string, at: number): Part | undefined {
  labelHere.lastIndex = at
  const found = labelHere.exec(text)
  const value = labelOf(found?.[1] ?? "")
  return found && value !== undefined ? { value, end: labelHere.lastIndex } : undefined
}

/** Offset behind the spaces, tabs and line feeds that begin here. */
export function skipSpace(text: string, at: number): number {
  while (at < text.length && (isBlankCode(text.charCodeAt(at)) || text.charCodeAt(at) === 10)) at++
  return at
}

function bracketedDestination(text: string, at: number): Part | undefined {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 62) return { value: unescaped(text.slice(at + 1, end)), end: end + 1 }
    if (code === 60 || code === 10) return undefined
    if (code === 92 && "<>\\".includes(text.charAt(end + 1) || " ")) end++
  }
  return undefined
}

/**
 * The address of a link or definition that begins here. A bare one holds brackets in pairs, at most so many within one
 * another: that bound keeps many openings `](` in a row from each reading up to the end.
 */
export function destinationAt(text: string, at: number, deepest: number): Part | undefined {
  if (text.startsWith("<", at)) return bracketedDestination(text, at)
  let depth = 0
  let end = at
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === 41 && depth === 0) break
    if (code === 41) depth--
    else if (code === 40 && ++depth > deepest) return undefined
    else if (code <= 32 || code === 127) break
    else if (code === 92 && "()\\".includes(text.charAt(end + 1) || " ")) end++
  }
  if (end === at || depth > 0) return undefined
  const code = text.charCodeAt(end)
  if (end < text.length && code !== 41 && !isBlankCode(code) && code !== 10) return undefined
  return { value: unescaped(text.slice(at, end)), end: Math.min(end, text.length) }
}

const titleClosings: Record<string, string> = { '"': '"', "'": "'", "(": ")" }

/** Finds the ends of titles in a text. Where a sign to close one is missing once, it is not looked for again. */
export class TitleReader {
  readonly #text: string
  readonly #missing = new Set<string>()

  constructor(text: string) {
    this.#text = text
  }

  /** Offset behind the title that begins here. */
  titleEnd(at: number): number | undefined {
    const closing = titleClosings[this.#text.charAt(at)]
    if (closing === undefined || this.#missing.has(closing)) return undefined
    for (let end = at + 1; end < this.#text.length; end++) {
      const character = this.#text.charAt(end)
      if (character === closing) return end + 1
      if (character === "\\") end++
    }
    this.#missing.add(closing)
    return undefined
  }
}
